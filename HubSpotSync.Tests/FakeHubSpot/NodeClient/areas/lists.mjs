import assert from 'node:assert/strict';
import { check, client, refusal, unique } from '../harness.mjs';
import { contact } from './contacts.mjs';

const { listsApi, membershipsApi } = client.crm.lists;

async function list(processingType, rest) {
  const created = await listsApi.create({ name: unique('Node list '), objectTypeId: '0-1', processingType, ...rest });
  return created.list;
}

check('lists', 'a manual list takes and loses members', async () => {
  const made = await list('MANUAL');
  const people = [await contact(), await contact(), await contact()];
  const ids = people.map((one) => one.id);
  const added = await membershipsApi.add(made.listId, ids);
  assert.equal(added.recordsIdsAdded.length, 3);
  const changed = await membershipsApi.addAndRemove(
    made.listId, { recordIdsToAdd: [], recordIdsToRemove: [ids[0]] });
  assert.equal(changed.recordIdsRemoved.length, 1);

  const page = await membershipsApi.getPage(made.listId, undefined, undefined, 1);
  assert.equal(page.results.length, 1);
  const next = await membershipsApi.getPage(made.listId, page.paging.next.after, undefined, 1);
  assert.deepEqual([page.results[0].recordId, next.results[0].recordId].sort(), ids.slice(1).sort());
  const of = await membershipsApi.getLists('0-1', ids[1]);
  assert.ok(of.results.some((one) => one.listId === made.listId));

  await membershipsApi.removeAll(made.listId);
  assert.equal((await membershipsApi.getPage(made.listId)).results.length, 0);
});

check('lists', 'a dynamic list follows its filter and takes no members by hand', async () => {
  const mark = unique('dynamic');
  const property = {
    filterType: 'PROPERTY',
    property: 'company',
    operation: { operationType: 'MULTISTRING', operator: 'IS_EQUAL_TO', values: [mark] },
  };
  const made = await list('DYNAMIC', {
    filterBranch: {
      filterBranchType: 'OR',
      filterBranchOperator: 'OR',
      filters: [],
      filterBranches: [
        { filterBranchType: 'AND', filterBranchOperator: 'AND', filterBranches: [], filters: [property] },
      ],
    },
  });
  const person = await contact({ company: mark });

  const page = await membershipsApi.getPage(made.listId);
  assert.deepEqual(page.results.map((one) => one.recordId), [person.id]);
  assert.equal((await refusal(membershipsApi.add(made.listId, [person.id]))).code, 400);
});

check('lists', 'lists are found by id, name and search, renamed, deleted and restored', async () => {
  const made = await list('MANUAL');
  assert.equal((await listsApi.getById(made.listId)).list.name, made.name);
  assert.equal((await listsApi.getByName(made.name, '0-1')).list.listId, made.listId);
  assert.equal((await listsApi.getAll([made.listId])).lists.length, 1);
  const found = await listsApi.doSearch({
    query: made.name, offset: 0, count: 20, listIds: [], processingTypes: [], additionalProperties: [],
  });
  assert.deepEqual(found.lists.map((one) => one.listId), [made.listId]);
  assert.equal(found.hasMore, false);

  await listsApi.updateName(made.listId, `${made.name} changed`);
  await listsApi.remove(made.listId);
  assert.equal((await refusal(listsApi.getById(made.listId))).code, 404);
  await listsApi.restore(made.listId);
  assert.equal((await listsApi.getById(made.listId)).list.name, `${made.name} changed`);
});

check('lists', 'a taken name and an unknown list are refused', async () => {
  const made = await list('MANUAL');
  const error = await refusal(listsApi.create(
    { name: made.name, objectTypeId: '0-1', processingType: 'MANUAL' }));
  assert.ok([400, 409].includes(error.code));
  assert.equal((await refusal(membershipsApi.getPage('999999'))).code, 404);
});
