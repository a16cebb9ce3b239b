// One call of this program runs every check and prints a line of JSON for each.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { takeFindings } from './shapes.mjs';

const require = createRequire(import.meta.url);
const { Client } = require('@hubspot/api-client');

export const { FAKE_URL: basePath, FAKE_TOKEN: accessToken, FAKE_PORTAL: portal } = process.env;
export const app = { id: 4455, clientId: 'fake-client-id', clientSecret: 'fake-client-secret' };

const noLimit = { minTime: 0, maxConcurrent: 10 };
const checks = [];
let last = 0;

export function clientWith(configuration) {
  return new Client({ basePath, limiterOptions: noLimit, ...configuration });
}

export const client = clientWith({ accessToken });

/** A check of one area, in a plain sentence. */
export function check(area, sentence, act) {
  checks.push({ area, sentence, act });
}

/** The refusal of a call, with its status and body. */
export async function refusal(call) {
  try {
    await call;
  } catch (error) {
    if (typeof error.code === 'number') {
      return error;
    }
    throw error;
  }
  assert.fail('the call was not refused');
}

export function unique(prefix) {
  return `${prefix}${++last}`;
}

export function email() {
  return `${unique('node.client.')}@contract.example`;
}

/** Steers the fake as a person or a test would. */
export async function control(method, path, body) {
  const answer = await fetch(`${basePath}/_fake${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  assert.ok(answer.ok, `${method} /_fake${path} answered ${answer.status}: ${await answer.clone().text()}`);
  return answer;
}

/** Search sees what was written some moments ago; the fake's clock is moved there. */
export function afterTheLag() {
  return control('POST', '/clock', { advanceSeconds: 3 });
}

export async function runAll() {
  for (const { area, sentence, act } of checks) {
    let problem = null;
    try {
      await act();
    } catch (error) {
      problem = `${error.stack ?? error}`;
    }
    const { found } = takeFindings();
    problem ??= found.length > 0 ? found.join('; ') : null;
    process.stdout.write(`${JSON.stringify({ area, sentence, problem })}\n`);
  }
}
