import assert from 'node:assert/strict';
import { app, basePath, check, client, clientWith, control, portal, refusal } from '../harness.mjs';

const { tokensApi, accessTokensApi, refreshTokensApi } = client.oauth;
const redirectUri = 'http://localhost:3000/callback';

/** Agrees on the consent page as a person does. */
async function code(scope) {
  const url = new URL(client.oauth.getAuthorizationUrl(app.clientId, redirectUri, scope, undefined, 'some-state'));
  const form = new URLSearchParams(url.searchParams);
  form.set('account', portal);
  form.set('decision', 'approve');
  const answer = await fetch(`${basePath}/oauth/authorize`, { method: 'POST', body: form, redirect: 'manual' });
  const back = new URL(answer.headers.get('location'));
  assert.equal(back.searchParams.get('state'), 'some-state');
  return back.searchParams.get('code');
}

async function connect(scope = 'oauth crm.objects.contacts.read') {
  return tokensApi.create(
    'authorization_code', await code(scope), redirectUri, app.clientId, app.clientSecret);
}

check('connecting', 'a code becomes tokens, once', async () => {
  const used = await code('oauth');
  const exchange = () => tokensApi.create(
    'authorization_code', used, redirectUri, app.clientId, app.clientSecret);
  const tokens = await exchange();
  assert.equal(tokens.tokenType, 'bearer');
  assert.equal(tokens.expiresIn, 1800);

  const error = await refusal(exchange());
  assert.equal(error.code, 400);
  assert.equal(error.body.status, 'BAD_AUTH_CODE');
});

check('connecting', 'a refresh gives a new access token; a wrong one is refused by name', async () => {
  const tokens = await connect();
  const fresh = await tokensApi.create(
    'refresh_token', undefined, undefined, app.clientId, app.clientSecret, tokens.refreshToken);
  assert.notEqual(fresh.accessToken, tokens.accessToken);

  const error = await refusal(tokensApi.create(
    'refresh_token', undefined, undefined, app.clientId, app.clientSecret, 'no-such-token'));
  assert.equal(error.body.status, 'BAD_REFRESH_TOKEN');
});

check('connecting', 'a token tells what it is for, and a deleted refresh token serves no more', async () => {
  const tokens = await connect();
  const access = await accessTokensApi.get(tokens.accessToken);
  assert.equal(`${access.hubId}`, portal);
  assert.deepEqual(access.scopes.toSorted(), ['crm.objects.contacts.read', 'oauth']);
  assert.equal((await refreshTokensApi.get(tokens.refreshToken)).clientId, app.clientId);

  await refreshTokensApi.archive(tokens.refreshToken);
  const own = clientWith({ accessToken: tokens.accessToken });
  assert.equal((await own.crm.contacts.basicApi.getPage(1)).results.length, 1);
  const error = await refusal(tokensApi.create(
    'refresh_token', undefined, undefined, app.clientId, app.clientSecret, tokens.refreshToken));
  assert.equal(error.body.status, 'BAD_REFRESH_TOKEN');
});

check('connecting', 'a missing scope is named', async () => {
  const tokens = await connect();
  const error = await refusal(
    clientWith({ accessToken: tokens.accessToken }).crm.companies.basicApi.getPage(1));

  assert.equal(error.code, 403);
  assert.equal(error.body.category, 'MISSING_SCOPES');
  assert.deepEqual(error.body.errors[0].context.requiredGranularScopes, ['crm.objects.companies.read']);
});

check('connecting', 'an expired token and an unknown one are told apart', async () => {
  const tokens = await connect();
  await control('POST', '/clock', { advanceSeconds: 1801 });
  const expired = await refusal(clientWith({ accessToken: tokens.accessToken }).crm.contacts.basicApi.getPage(1));
  assert.deepEqual([expired.code, expired.body.category], [401, 'EXPIRED_AUTHENTICATION']);
  const unknown = await refusal(clientWith({ accessToken: 'nonsense' }).crm.contacts.basicApi.getPage(1));
  assert.deepEqual([unknown.code, unknown.body.category], [401, 'INVALID_AUTHENTICATION']);
});

check('connecting', 'the account tells about itself', async () => {
  const answer = await client.apiRequest({ path: '/account-info/v3/details' });
  const details = await answer.json();
  assert.equal(`${details.portalId}`, portal);
  for (const field of ['accountType', 'timeZone', 'companyCurrency', 'additionalCurrencies', 'utcOffset',
    'utcOffsetMilliseconds', 'uiDomain', 'dataHostingLocation']) {
    assert.ok(field in details, field);
  }
});
