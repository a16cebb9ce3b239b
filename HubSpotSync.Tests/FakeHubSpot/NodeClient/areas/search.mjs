import assert from 'node:assert/strict';
import { afterTheLag, check, client, email, refusal, unique } from '../harness.mjs';
import { contact } from './contacts.mjs';

const { searchApi } = client.crm.contacts;

function search(request) {
  return searchApi.doSearch({ filterGroups: [], sorts: [], properties: ['email'], limit: 10, after: '0', ...request });
}

function filter(propertyName, operator, rest) {
  return { filters: [{ propertyName, operator, ...rest }] };
}

check('search', 'search sees a contact after a while, and never an archived one', async () => {
  const name = unique('Sought');
  const made = await contact({ lastname: name });
  const request = { filterGroups: [filter('lastname', 'EQ', { value: name })] };
  assert.equal((await search(request)).total, 0);
  await afterTheLag();
  assert.deepEqual((await search(request)).results.map((one) => one.id), [made.id]);

  await client.crm.contacts.basicApi.archive(made.id);
  await afterTheLag();
  assert.equal((await search(request)).total, 0);
});

check('search', 'every operator picks what it says', async () => {
  const mark = unique('operators');
  for (const points of ['10', '20', '30']) {
    await contact({ company: mark, loyalty_points: points, email: `${points}.${mark}@contract.example` });
  }
  await contact({ company: mark });
  await afterTheLag();

  const property = 'loyalty_points';
  for (const [operator, rest, expected] of [
    ['EQ', { value: '20' }, 1], ['NEQ', { value: '20' }, 3], ['LT', { value: '20' }, 1], ['LTE', { value: '20' }, 2],
    ['GT', { value: '20' }, 1], ['GTE', { value: '20' }, 2], ['BETWEEN', { value: '15', highValue: '30' }, 2],
    ['IN', { values: ['10', '30'] }, 2], ['NOT_IN', { values: ['10', '30'] }, 2], ['HAS_PROPERTY', {}, 3],
    ['NOT_HAS_PROPERTY', {}, 1],
  ]) {
    const group = filter(property, operator, rest);
    group.filters.push({ propertyName: 'company', operator: 'EQ', value: mark });
    assert.equal((await search({ filterGroups: [group] })).total, expected, operator);
  }

  assert.equal((await search({ filterGroups: [filter('email', 'CONTAINS_TOKEN', { value: `*${mark}*` })] })).total, 3);
});

check('search', 'pages are cut by an offset and sorted as asked', async () => {
  const mark = unique('pages');
  for (const _ of [1, 2, 3]) {
    await contact({ company: mark, email: email() });
  }
  await afterTheLag();
  const request = {
    filterGroups: [filter('company', 'EQ', { value: mark })],
    sorts: [{ propertyName: 'hs_object_id', direction: 'DESCENDING' }],
    limit: 2,
  };
  const first = await search(request);
  const second = await search({ ...request, after: first.paging.next.after });

  assert.deepEqual([first.total, first.results.length, second.results.length], [3, 2, 1]);
  const ids = [...first.results, ...second.results].map((one) => Number(one.id));
  assert.deepEqual(ids, ids.toSorted((left, right) => right - left));
  assert.equal(second.paging, undefined);
});

check('search', 'what goes beyond the limits is refused', async () => {
  const one = filter('email', 'HAS_PROPERTY', {});
  for (const request of [
    { limit: 201 },
    { after: '10000' },
    { filterGroups: Array(6).fill(one) },
    { filterGroups: [{ filters: Array(7).fill(one.filters[0]) }] },
    { filterGroups: Array(5).fill({ filters: Array(4).fill(one.filters[0]) }) },
    { sorts: ['email', 'lastname'] },
    { filterGroups: [filter('lastname', 'EQ', { value: 'x'.repeat(3000) })] },
    { filterGroups: [filter('no_such_property', 'EQ', { value: 'x' })] },
    { filterGroups: [filter('lastname', 'LIKE', { value: 'x' })] },
  ]) {
    const error = await refusal(search(request));
    assert.equal(error.code, 400);
    assert.equal(error.body.category, 'VALIDATION_ERROR');
  }
});
