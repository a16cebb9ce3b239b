import assert from 'node:assert/strict';
import { check, client, refusal, unique } from '../harness.mjs';
import { contact } from './contacts.mjs';

const { companies, deals } = client.crm;

export function company(properties = {}) {
  return companies.basicApi.create({ properties: { name: unique('Node Ltd '), ...properties }, associations: [] });
}

export function deal(properties = {}, associations = []) {
  return deals.basicApi.create({
    properties: { dealname: unique('Node deal '), pipeline: 'default', dealstage: 'qualifiedtobuy', ...properties },
    associations,
  });
}

check('companies', 'a company says hs_lastmodifieddate and the API lets the same domain in twice', async () => {
  const first = await company({ domain: 'contract.example' });
  const second = await company({ domain: 'contract.example' });
  const read = await companies.basicApi.getById(first.id);

  assert.notEqual(first.id, second.id);
  assert.deepEqual(
    Object.keys(read.properties).sort(), ['createdate', 'domain', 'hs_lastmodifieddate', 'hs_object_id', 'name']);
});

check('companies', 'a company needs a name or a domain', async () => {
  const error = await refusal(companies.basicApi.create({ properties: { city: 'Enns' }, associations: [] }));
  assert.equal(error.code, 400);
});

check('companies', 'companies merge, batch and page like contacts', async () => {
  const [first, second] = [await company(), await company()];
  const merged = await companies.basicApi.merge({ primaryObjectId: first.id, objectIdToMerge: second.id });
  assert.equal((await companies.basicApi.getById(second.id)).id, merged.id);

  const page = await companies.basicApi.getPage(2);
  assert.equal(page.results.length, 2);
  const next = await companies.basicApi.getPage(2, page.paging.next.after);
  assert.ok(!next.results.some((one) => page.results.some((other) => other.id === one.id)));
});

check('deals', 'a deal takes its closed flags from its stage', async () => {
  const made = await deal({ amount: '1200.50' });
  await deals.basicApi.update(made.id, { properties: { dealstage: 'closedwon' } });
  const read = await deals.basicApi.getById(made.id, ['amount', 'hs_is_closed', 'hs_is_closed_won']);

  assert.deepEqual(
    [read.properties.amount, read.properties.hs_is_closed, read.properties.hs_is_closed_won],
    ['1200.50', 'true', 'true']);
});

check('deals', 'a deal without a stage, or with one of another pipeline, is refused', async () => {
  for (const properties of [{ dealstage: '' }, { dealstage: 'no-such-stage' }, { pipeline: 'no-such-pipeline' }]) {
    assert.equal((await refusal(deal(properties))).code, 400);
  }
});

check('deals', 'a deal is made with its contact and shows the link when asked', async () => {
  const person = await contact();
  const made = await deal({}, [{
    to: { id: person.id },
    types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 3 }],
  }]);
  const read = await deals.basicApi.getById(made.id, ['dealname'], undefined, ['contacts']);

  assert.deepEqual(read.associations.contacts.results.map((one) => [one.id, one.type]), [
    [person.id, 'deal_to_contact'],
  ]);
});

check('objects', 'type ids and names mean the same', async () => {
  const made = await company();
  for (const type of ['0-2', 'companies', 'company']) {
    assert.equal((await client.crm.objects.basicApi.getById(type, made.id)).id, made.id);
  }

  assert.equal((await refusal(client.crm.objects.basicApi.getById('0-999', made.id))).code, 400);
});
