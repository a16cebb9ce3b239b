import assert from 'node:assert/strict';
import { accessToken, check, clientWith, control, refusal } from '../harness.mjs';

function fault(rest) {
  return control('POST', '/faults', { kind: 'status', method: 'GET', pathPrefix: '/crm/v3/objects/contacts', ...rest });
}

/** The client waits seconds between tries; here it only says how long it would. */
async function withoutWaiting(act) {
  const { setTimeout: original } = globalThis;
  const waits = [];
  globalThis.setTimeout = (then, milliseconds, ...rest) => {
    if (milliseconds >= 100) {
      waits.push(milliseconds);
      return original(then, 0, ...rest);
    }
    return original(then, milliseconds, ...rest);
  };
  try {
    return { result: await act(), waits };
  } finally {
    globalThis.setTimeout = original;
  }
}

check('limits', "the client's own retries get over a server error and a used-up limit", async () => {
  const patient = clientWith({ accessToken, numberOfApiCallRetries: 3 });
  await fault({ status: 502, times: 1 });
  const afterError = await withoutWaiting(() => patient.crm.contacts.basicApi.getPage(1));
  assert.equal(afterError.result.results.length, 1);
  assert.ok(afterError.waits.includes(200));

  await fault({ status: 429, times: 1 });
  const afterLimit = await withoutWaiting(() => patient.crm.contacts.basicApi.getPage(1));
  assert.equal(afterLimit.result.results.length, 1);
  assert.ok(afterLimit.waits.includes(10_000));
});

check('limits', 'a hundred and ten calls in ten seconds, told by headers and a body the client knows', async () => {
  await control('PUT', '/settings', { limits: 'hubspot' });
  try {
    const one = clientWith({ accessToken });
    let error = null;
    let calls = 0;
    for (; calls < 200 && error === null; calls++) {
      error = await one.crm.contacts.basicApi.getPage(1).then(() => null, (refused) => refused);
    }

    assert.equal(error.code, 429);
    assert.equal(error.body.policyName, 'TEN_SECONDLY_ROLLING');
    assert.equal(error.headers['x-hubspot-ratelimit-max'], '110');
    assert.equal(error.headers['x-hubspot-ratelimit-remaining'], '0');
    assert.equal(calls, 111);
  } finally {
    await control('PUT', '/settings', { limits: 'off' });
    await control('POST', '/clock', { advanceSeconds: 11 });
  }
});

check('limits', 'search has five calls a second', async () => {
  await control('PUT', '/settings', { limits: 'hubspot' });
  try {
    const { searchApi } = clientWith({ accessToken }).crm.contacts;
    const ask = () => searchApi.doSearch({ filterGroups: [], sorts: [], properties: [], limit: 1, after: '0' });
    for (const _ of Array(5)) {
      await ask();
    }

    const error = await refusal(ask());
    assert.equal(error.body.policyName, 'SECONDLY');
    assert.equal(error.headers['x-hubspot-ratelimit-max'], undefined);
  } finally {
    await control('PUT', '/settings', { limits: 'off' });
    await control('POST', '/clock', { advanceSeconds: 2 });
  }
});
