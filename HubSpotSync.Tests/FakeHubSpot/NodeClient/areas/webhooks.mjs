import assert from 'node:assert/strict';
import { app, check, clientWith, refusal } from '../harness.mjs';

const developer = clientWith({ developerApiKey: 'fake-developer-key' });
const { settingsApi, subscriptionsApi } = developer.webhooks;

check('webhooks', 'where events go is set, read and cleared', async () => {
  await settingsApi.configure(
    app.id, { targetUrl: 'https://example.com/hubspot', throttling: { maxConcurrentRequests: 10 } });
  assert.equal((await settingsApi.getAll(app.id)).targetUrl, 'https://example.com/hubspot');
  await settingsApi.clear(app.id);
});

check('webhooks', 'a subscription is made, paused and removed', async () => {
  await settingsApi.configure(
    app.id, { targetUrl: 'https://example.com/hubspot', throttling: { maxConcurrentRequests: 10 } });
  const made = await subscriptionsApi.create(
    app.id, { eventType: 'contact.propertyChange', propertyName: 'fax', active: true });
  await subscriptionsApi.update(Number(made.id), app.id, { active: false });
  assert.equal((await subscriptionsApi.getById(Number(made.id), app.id)).active, false);
  await subscriptionsApi.updateBatch(app.id, { inputs: [{ id: Number(made.id), active: true }] });
  assert.ok((await subscriptionsApi.getAll(app.id)).results.some((one) => one.id === made.id && one.active));
  await subscriptionsApi.archive(Number(made.id), app.id);
  assert.equal((await refusal(subscriptionsApi.getById(Number(made.id), app.id))).code, 404);
  await settingsApi.clear(app.id);
});
