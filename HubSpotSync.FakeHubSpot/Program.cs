using HubSpotSync.FakeHubSpot;

await using var app = FakeHubSpotApp.Build(args);
await app.RunAsync();
