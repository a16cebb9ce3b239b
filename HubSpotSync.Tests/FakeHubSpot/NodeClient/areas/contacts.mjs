import assert from 'node:assert/strict';
import { app, check, client, control, email, portal, refusal, unique } from '../harness.mjs';

const { basicApi, batchApi } = client.crm.contacts;

export async function contact(properties = {}) {
  return basicApi.create({ properties: { email: email(), firstname: 'Node', ...properties }, associations: [] });
}

check('contacts', 'a contact is made and read back with text values and times', async () => {
  const address = email();
  const made = await contact({ email: address.toUpperCase(), loyalty_points: '12' });
  const read = await basicApi.getById(made.id, ['email', 'loyalty_points', 'fax', 'no_such_property']);

  assert.equal(read.properties.email, address);
  assert.equal(read.properties.loyalty_points, '12');
  assert.equal(read.properties.fax, null);
  assert.ok(!('no_such_property' in read.properties));
  assert.equal(read.properties.hs_object_id, made.id);
  assert.ok(read.createdAt instanceof Date && !Number.isNaN(read.createdAt.getTime()));
  assert.equal(read.archived, false);
});

check('contacts', 'without a wish the default properties come', async () => {
  const read = await basicApi.getById((await contact()).id);

  assert.deepEqual(
    Object.keys(read.properties).sort(),
    ['createdate', 'email', 'firstname', 'hs_object_id', 'lastmodifieddate', 'lastname']);
});

check('contacts', 'a contact is found by its address', async () => {
  const made = await contact();
  const read = await basicApi.getById(made.properties.email, undefined, undefined, undefined, false, 'email');

  assert.equal(read.id, made.id);
});

check('contacts', 'an update changes what it names and an empty text clears', async () => {
  const made = await contact({ lastname: 'Before', city: 'Graz' });
  await basicApi.update(made.id, { properties: { lastname: 'After', city: '' } });
  const read = await basicApi.getById(made.id, ['firstname', 'lastname', 'city']);

  assert.equal(read.properties.firstname, 'Node');
  assert.equal(read.properties.lastname, 'After');
  assert.ok(!read.properties.city);
});

check('contacts', 'a taken address is a conflict that names the contact', async () => {
  const made = await contact();
  const error = await refusal(contact({ email: made.properties.email }));

  assert.equal(error.code, 409);
  assert.equal(error.body.category, 'CONFLICT');
  assert.match(error.body.message, new RegExp(`Existing ID: ${made.id}$`));
});

check('contacts', 'what is wrong with a value is in the error', async () => {
  for (const [properties, code] of [
    [{ email: 'nobody@' }, 'INVALID_EMAIL'],
    [{ loyalty_points: '1,000' }, 'INVALID_NUMBER'],
    [{ lifecyclestage: 'Customer' }, 'INVALID_OPTION'],
    [{ no_such_property: 'x' }, 'PROPERTY_DOESNT_EXIST'],
    [{ hs_object_id: '1' }, 'READ_ONLY_VALUE'],
  ]) {
    const error = await refusal(contact(properties));
    assert.equal(error.code, 400);
    assert.equal(error.body.category, 'VALIDATION_ERROR');
    assert.ok(error.body.correlationId);
    assert.match(error.body.message, new RegExp(code));
  }
});

check('contacts', 'an unknown id is not found', async () => {
  const error = await refusal(basicApi.getById('999999999999'));

  assert.equal(error.code, 404);
  assert.equal(error.body.status, 'error');
});

check('contacts', 'an archived contact shows only among the archived', async () => {
  const made = await contact();
  await basicApi.archive(made.id);
  await basicApi.archive(made.id);

  assert.equal((await refusal(basicApi.getById(made.id))).code, 404);
  const read = await basicApi.getById(made.id, undefined, undefined, undefined, true);
  assert.equal(read.archived, true);
  assert.ok(read.archivedAt instanceof Date);
});

check('contacts', 'history tells values with sources, newest first', async () => {
  const made = await contact({ jobtitle: 'Buyer' });
  await control('POST', '/clock', { advanceSeconds: 1 });
  await control('PATCH', `/accounts/${portal}/objects/contacts/${made.id}`, { properties: { jobtitle: 'Chief' } });
  const read = await basicApi.getById(made.id, [], ['jobtitle']);
  const [newest, oldest] = read.propertiesWithHistory.jobtitle;

  assert.deepEqual([newest.value, newest.sourceType], ['Chief', 'CRM_UI']);
  assert.deepEqual([oldest.value, oldest.sourceType, oldest.sourceId], ['Buyer', 'INTEGRATION', `${app.id}`]);
  assert.ok(newest.timestamp > oldest.timestamp);
});

check('contacts', 'pages hold a hundred, and fifty with history', async () => {
  const page = await basicApi.getPage(100);
  assert.equal(page.results.length, 100);
  assert.ok(page.paging.next.after);

  assert.equal((await refusal(basicApi.getPage(101))).code, 400);
  assert.equal((await refusal(basicApi.getPage(51, undefined, undefined, ['email']))).code, 400);
});

check('contacts', "the client's own helper reads every page once", async () => {
  const all = await client.crm.contacts.getAll(100, undefined, ['email'], undefined, ['companies']);
  const ids = new Set(all.map((one) => one.id));
  const state = await (await control('GET', '/state')).json();
  const account = state.accounts.find((one) => `${one.portalId}` === portal);

  assert.equal(ids.size, all.length);
  assert.equal(all.length, account.objects.contacts.live);
  assert.ok(all.some((one) => one.associations?.companies?.results.length > 0));
});

check('contacts', 'a merge makes a new contact to which both old ids lead', async () => {
  const [primary, loser] = [await contact({ lastname: 'Kept' }), await contact({ lastname: 'Lost', city: 'Linz' })];
  const merged = await basicApi.merge({ primaryObjectId: primary.id, objectIdToMerge: loser.id });

  assert.ok(![primary.id, loser.id].includes(merged.id));
  for (const id of [primary.id, loser.id]) {
    const read = await basicApi.getById(id, ['lastname', 'city', 'hs_merged_object_ids']);
    assert.equal(read.id, merged.id);
    assert.equal(read.properties.lastname, 'Kept');
    assert.equal(read.properties.city, 'Linz');
    assert.deepEqual(read.properties.hs_merged_object_ids.split(';').sort(), [primary.id, loser.id].sort());
  }
});

check('contacts', 'an erased contact is gone and its address is blocked', async () => {
  const made = await contact();
  await basicApi.purge({ objectId: made.properties.email, idProperty: 'email' });

  assert.equal((await refusal(basicApi.getById(made.id, undefined, undefined, undefined, true))).code, 404);
  assert.equal((await refusal(contact({ email: made.properties.email }))).code, 400);
});

check('contacts', 'a lifecycle stage never goes back', async () => {
  const made = await contact({ lifecyclestage: 'customer' });
  const written = await basicApi.update(made.id, { properties: { lifecyclestage: 'lead' } });
  assert.equal(written.properties.lifecyclestage ?? 'customer', 'customer');
  assert.equal((await basicApi.getById(made.id, ['lifecyclestage'])).properties.lifecyclestage, 'customer');
});

check('batches', 'a batch of contacts is made, read, changed and archived', async () => {
  const inputs = [1, 2, 3].map(() => ({ properties: { email: email(), lastname: unique('Batch') }, associations: [] }));
  const made = await batchApi.create({ inputs });
  assert.equal(made.status, 'COMPLETE');
  const ids = made.results.map((one) => ({ id: one.id }));

  await batchApi.update({ inputs: ids.map(({ id }) => ({ id, properties: { city: 'Wien' } })) });
  const read = await batchApi.read({ inputs: ids, properties: ['city'], propertiesWithHistory: [] });
  assert.deepEqual(read.results.map((one) => one.properties.city), ['Wien', 'Wien', 'Wien']);

  await batchApi.archive({ inputs: ids });
  const archived = await batchApi.read({ inputs: ids, properties: [], propertiesWithHistory: [] }, true);
  assert.equal(archived.results.length, 3);
});

check('batches', 'missing ids are told beside what was found', async () => {
  const made = await contact();
  const read = await batchApi.read(
    { inputs: [{ id: made.id }, { id: '999999999999' }], properties: [], propertiesWithHistory: [] });

  assert.equal(read.results.length, 1);
  assert.equal(read.numErrors, 1);
  assert.deepEqual(read.errors[0].context.ids, ['999999999999']);
});

check('batches', 'one bad input fails the batch, unless each has a trace id', async () => {
  const good = () => ({ properties: { email: email() }, associations: [] });
  const bad = () => ({ properties: { email: 'nobody@' }, associations: [] });
  const first = good();
  assert.equal((await refusal(batchApi.create({ inputs: [first, bad()] }))).code, 400);
  assert.equal((await refusal(
    basicApi.getById(first.properties.email, undefined, undefined, undefined, false, 'email'))).code, 404);

  const mixed = await batchApi.create({
    inputs: [{ ...good(), objectWriteTraceId: 'a' }, { ...bad(), objectWriteTraceId: 'b' }],
  });
  assert.equal(mixed.results.length, 1);
  assert.deepEqual(mixed.errors[0].context.objectWriteTraceId, ['b']);
});

check('batches', 'more than a hundred inputs or the same id twice are refused', async () => {
  const made = await contact();
  const many = Array.from({ length: 101 }, (_, index) => ({ id: `${index + 1}` }));
  assert.equal((await refusal(
    batchApi.read({ inputs: many, properties: [], propertiesWithHistory: [] }))).code, 400);
  const twice = [1, 2].map(() => ({ id: made.id, properties: { city: 'Wels' } }));
  assert.equal((await refusal(batchApi.update({ inputs: twice }))).code, 400);
});

check('batches', 'an upsert by a unique property of the account says what is new', async () => {
  const name = unique('node_key_');
  await client.crm.properties.coreApi.create('contacts', {
    name, label: name, type: 'string', fieldType: 'text', groupName: 'contactinformation', hasUniqueValue: true,
  });
  const inputs = [{ id: 'k1', idProperty: name, properties: { firstname: 'One' } }];
  const first = await batchApi.upsert({ inputs });
  const second = await batchApi.upsert({ inputs: [...inputs, { ...inputs[0], id: 'k2' }] });

  assert.deepEqual(first.results.map((one) => one._new), [true]);
  assert.deepEqual(second.results.map((one) => one._new).sort(), [false, true]);
  assert.ok(second.results.some((one) => one.id === first.results[0].id));
});
