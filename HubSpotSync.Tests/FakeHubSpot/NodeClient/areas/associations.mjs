import assert from 'node:assert/strict';
import { check, client, refusal, unique } from '../harness.mjs';
import { company, deal } from './companies-deals.mjs';
import { contact } from './contacts.mjs';

const { basicApi, batchApi } = client.crm.associations.v4;
const { definitionsApi } = client.crm.associations.v4.schema;

function typeIds(link) {
  return link.associationTypes.map((type) => type.typeId).sort((left, right) => left - right);
}

check('associations', 'a default link shows from both sides', async () => {
  const [person, firm] = [await contact(), await company()];
  await basicApi.createDefault('contacts', person.id, 'companies', firm.id);

  const out = await basicApi.getPage('contacts', person.id, 'companies');
  const back = await basicApi.getPage('companies', firm.id, 'contacts');
  assert.equal(`${out.results[0].toObjectId}`, firm.id);
  assert.ok(typeIds(out.results[0]).includes(279));
  assert.ok(typeIds(back.results[0]).includes(280));
});

check('associations', 'a contact has one primary company', async () => {
  const [person, first, second] = [await contact(), await company(), await company()];
  const primary = [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 1 }];
  await basicApi.create('contacts', person.id, 'companies', first.id, primary);
  await basicApi.create('contacts', person.id, 'companies', second.id, primary);

  const links = (await basicApi.getPage('contacts', person.id, 'companies')).results;
  const primaries = links.filter((link) => typeIds(link).includes(1)).map((link) => `${link.toObjectId}`);
  assert.equal(links.length, 2);
  assert.deepEqual(primaries, [second.id]);
  const read = await client.crm.contacts.basicApi.getById(person.id, ['associatedcompanyid']);
  assert.equal(read.properties.associatedcompanyid, second.id);
});

check('associations', 'a link is taken away, and a link to nothing is refused', async () => {
  const [person, firm] = [await contact(), await company()];
  await basicApi.createDefault('contacts', person.id, 'companies', firm.id);
  await basicApi.archive('contacts', person.id, 'companies', firm.id);
  assert.equal((await basicApi.getPage('contacts', person.id, 'companies')).results.length, 0);

  const error = await refusal(basicApi.createDefault('contacts', person.id, 'companies', '999999999999'));
  assert.ok([400, 404].includes(error.code));
});

check('associations', 'links are made, read and removed in batches', async () => {
  const [sale, first, second] = [await deal(), await contact(), await contact()];
  const types = [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 3 }];
  const inputs = [first, second].map((person) => ({ _from: { id: sale.id }, to: { id: person.id }, types }));
  const made = await batchApi.create('deals', 'contacts', { inputs });
  assert.equal(made.status, 'COMPLETE');

  const read = await batchApi.getPage('deals', 'contacts', { inputs: [{ id: sale.id }] });
  assert.deepEqual(
    read.results[0].to.map((link) => `${link.toObjectId}`).sort(), [first.id, second.id].sort());

  await batchApi.archive('deals', 'contacts', { inputs: [{ _from: { id: sale.id }, to: [{ id: first.id }] }] });
  assert.equal((await basicApi.getPage('deals', sale.id, 'contacts')).results.length, 1);
});

check('associations', 'default links are made in a batch', async () => {
  const [person, firm] = [await contact(), await company()];
  await batchApi.createDefault(
    'contacts', 'companies', { inputs: [{ _from: { id: person.id }, to: { id: firm.id } }] });

  assert.equal((await basicApi.getPage('contacts', person.id, 'companies')).results.length, 1);
});

check('labels', "an account's own label is made, used, renamed and removed", async () => {
  const name = unique('node_label_');
  const made = await definitionsApi.create('contacts', 'companies', { name, label: `Label ${name}` });
  const { typeId } = made.results.find((one) => one.label === `Label ${name}`);
  const [person, firm] = [await contact(), await company()];
  const own = [{ associationCategory: 'USER_DEFINED', associationTypeId: typeId }];
  await basicApi.create('contacts', person.id, 'companies', firm.id, own);

  const link = (await basicApi.getPage('contacts', person.id, 'companies')).results[0];
  assert.ok(link.associationTypes.some((type) => type.typeId === typeId && type.category === 'USER_DEFINED'));
  assert.ok(typeIds(link).includes(279));

  await definitionsApi.update('contacts', 'companies', { associationTypeId: typeId, label: 'Renamed' });
  const all = await definitionsApi.getAll('contacts', 'companies');
  assert.equal(all.results.find((one) => one.typeId === typeId).label, 'Renamed');

  await batchApi.archiveLabels(
    'contacts', 'companies', { inputs: [{ _from: { id: person.id }, to: { id: firm.id }, types: own }] });
  const left = (await basicApi.getPage('contacts', person.id, 'companies')).results[0];
  assert.ok(!typeIds(left).includes(typeId));

  await definitionsApi.remove('contacts', 'companies', typeId);
  assert.ok(!(await definitionsApi.getAll('contacts', 'companies')).results.some((one) => one.typeId === typeId));
});

check('labels', "HubSpot's own types are listed with their numbers", async () => {
  const all = await definitionsApi.getAll('contacts', 'companies');
  assert.deepEqual(
    all.results.filter((one) => one.category === 'HUBSPOT_DEFINED' && [1, 279].includes(one.typeId))
      .map((one) => [one.typeId, one.label ?? null]).sort(([left], [right]) => left - right),
    [[1, 'Primary'], [279, null]]);
});
