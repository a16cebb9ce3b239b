import assert from 'node:assert/strict';
import { check, client, refusal, unique } from '../harness.mjs';
import { deal } from './companies-deals.mjs';
import { contact } from './contacts.mjs';

const { coreApi, batchApi, groupsApi } = client.crm.properties;
const { pipelinesApi, pipelineStagesApi, pipelineAuditsApi } = client.crm.pipelines;
const { ownersApi } = client.crm.owners;

function definition(name, rest) {
  return { name, label: `Label ${name}`, type: 'string', fieldType: 'text', groupName: 'contactinformation', ...rest };
}

check('properties', 'a property is made, changed, archived and revived', async () => {
  const name = unique('node_field_');
  await coreApi.create('contacts', definition(name));
  await coreApi.update('contacts', name, { label: 'Changed' });
  assert.equal((await coreApi.getByName('contacts', name)).label, 'Changed');
  const person = await contact({ [name]: 'value' });

  await coreApi.archive('contacts', name);
  assert.equal((await refusal(coreApi.getByName('contacts', name))).code, 404);
  assert.ok((await coreApi.getAll('contacts', true)).results.some((one) => one.name === name));
  assert.ok(!(name in (await client.crm.contacts.basicApi.getById(person.id, [name])).properties));
  assert.equal((await refusal(contact({ [name]: 'again' }))).code, 400);

  await coreApi.create('contacts', definition(name));
  assert.equal((await coreApi.getByName('contacts', name)).archived, false);
});

check('properties', 'a taken name is a conflict', async () => {
  const error = await refusal(coreApi.create('contacts', definition('jobtitle')));
  assert.equal(error.code, 409);
  assert.equal(error.body.subCategory, 'Properties.PROPERTY_WITH_NAME_EXISTS');
});

check('properties', 'choices are replaced as a whole and bind values', async () => {
  const name = unique('node_choice_');
  const options = ['a', 'b'].map((value, displayOrder) => ({ label: value, value, displayOrder, hidden: false }));
  await coreApi.create('contacts', definition(name, { type: 'enumeration', fieldType: 'select', options }));
  await contact({ [name]: 'b' });
  await coreApi.update('contacts', name, { options: options.slice(0, 1) });

  assert.equal((await coreApi.getByName('contacts', name)).options.length, 1);
  assert.equal((await refusal(contact({ [name]: 'b' }))).code, 400);
});

check('properties', 'properties are made, read and archived in batches', async () => {
  const names = [unique('node_batch_'), unique('node_batch_')];
  const made = await batchApi.create('contacts', { inputs: names.map((name) => definition(name)) });
  assert.equal(made.results.length, 2);
  const inputs = names.map((name) => ({ name }));
  assert.equal((await batchApi.read('contacts', { inputs, archived: false })).results.length, 2);
  await batchApi.archive('contacts', { inputs });
  assert.equal((await batchApi.read('contacts', { inputs, archived: true })).results.length, 2);
});

check('properties', 'what can be written is told', async () => {
  const all = (await coreApi.getAll('contacts')).results;
  const find = (name) => all.find((one) => one.name === name);

  assert.equal(find('hs_object_id').modificationMetadata.readOnlyValue, true);
  assert.equal(find('firstname').modificationMetadata.readOnlyValue, false);
  assert.equal(find('hubspot_owner_id').referencedObjectType, 'OWNER');
});

check('properties', 'groups are made, changed and archived', async () => {
  const name = unique('node_group_');
  await groupsApi.create('contacts', { name, label: 'Group', displayOrder: 5 });
  await groupsApi.update('contacts', name, { label: 'Changed' });
  assert.equal((await groupsApi.getByName('contacts', name)).label, 'Changed');
  assert.ok((await groupsApi.getAll('contacts')).results.some((one) => one.name === name));
  await groupsApi.archive('contacts', name);
  assert.equal((await refusal(groupsApi.getByName('contacts', name))).code, 404);
});

check('pipelines', 'the pipelines of deals and their stages are told with text metadata', async () => {
  const all = (await pipelinesApi.getAll('deals')).results;
  const stages = all.find((one) => one.id === 'default').stages;
  const won = stages.find((one) => one.id === 'closedwon');

  assert.deepEqual([won.metadata.isClosed, won.metadata.probability], ['true', '1.0']);
  assert.equal((await pipelineStagesApi.getAll('deals', 'default')).results.length, stages.length);
  assert.equal((await refusal(pipelinesApi.getById('deals', 'no-such'))).code, 404);
});

check('pipelines', 'a pipeline is made, used, changed and deleted', async () => {
  const label = unique('Node pipeline ');
  const stage = (name, probability, displayOrder) => ({ label: name, displayOrder, metadata: { probability } });
  const made = await pipelinesApi.create(
    'deals', { label, displayOrder: 9, stages: [stage('Open', '0.5', 0), stage('Won', '1.0', 1)] });
  const extra = await pipelineStagesApi.create('deals', made.id, stage('Late', '0.2', 2));
  await pipelineStagesApi.update('deals', made.id, extra.id, { label: 'Later', metadata: { probability: '0.3' } });
  await pipelinesApi.update('deals', made.id, { label: `${label} changed` });
  const sale = await deal({ pipeline: made.id, dealstage: extra.id });

  const read = await pipelinesApi.getById('deals', made.id);
  assert.equal(read.label, `${label} changed`);
  assert.deepEqual(read.stages.map((one) => one.label), ['Open', 'Won', 'Later']);
  assert.ok((await pipelineAuditsApi.getAudit('deals', made.id)).results.length >= 2);

  const error = await refusal(pipelinesApi.archive('deals', made.id, true, true));
  assert.equal(error.code, 400);
  await client.crm.deals.basicApi.archive(sale.id);
  await pipelineStagesApi.archive('deals', made.id, extra.id);
  await pipelinesApi.archive('deals', made.id, true, true);
  assert.equal((await refusal(pipelinesApi.getById('deals', made.id))).code, 404);
});

check('pipelines', 'a stage of deals needs a probability', async () => {
  const error = await refusal(pipelineStagesApi.create(
    'deals', 'default', { label: unique('No chance '), displayOrder: 1, metadata: {} }));
  assert.equal(error.code, 400);
});

check('owners', 'owners are listed, the ones who left apart', async () => {
  const active = (await ownersApi.getPage(undefined, undefined, 100, false)).results;
  const left = (await ownersApi.getPage(undefined, undefined, 100, true)).results;
  assert.ok(active.length > 0 && left.length > 0);
  assert.ok(active.every((one) => one.userId && !one.archived));
  assert.ok(left.every((one) => !one.userId && one.userIdIncludingInactive && one.archived));

  const [first] = active;
  assert.equal((await ownersApi.getById(Number(first.id))).email, first.email);
  assert.equal((await ownersApi.getById(first.userId, 'userId')).id, first.id);
  assert.equal((await ownersApi.getPage(first.email)).results.length, 1);
  assert.equal((await refusal(ownersApi.getById(1))).code, 404);
});
