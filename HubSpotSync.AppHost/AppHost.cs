using HubSpotSync.AppHost;

var builder = DistributedApplication.CreateBuilder(args);
var choices = Choices.Read(builder, args);
builder.AddPublishTarget(choices);

// What is made up on the first start and kept: persisted by Aspire in user secrets, by the local engine in its
// data folder.
var appPassword = builder.AddGeneratedSecret("app-db-password", 32);
var keyRing = builder.AddGeneratedSecret("key-ring-secret", 48);
var setupCode = builder.AddGeneratedSecret("setup-code", 24);
var operatorKey = builder.AddGeneratedSecret("operator-key", 32);
var clientId = builder.AddHubSpotParameter("hubspot-client-id", choices.FakeClientId);
var clientSecret = builder.AddHubSpotParameter("hubspot-client-secret", choices.FakeClientSecret, secret: true);

// Servers: ours, or the ones a connection string from outside points to. Only the migration sees the owner's string.
var crm = choices.GivenCrm is { } given
    ? CrmDatabase.Given(builder.AddConnectionString("crm"), given, appPassword)
    : CrmDatabase.Own(builder.AddPostgres("postgres").ForThisRun(choices), appPassword);
IResourceBuilder<IResourceWithConnectionString> redis = choices.HasGivenRedis
    ? builder.AddConnectionString("redis")
    : builder.AddRedis("redis").ForThisRun(choices);

// The third party, faked over HTTP unless HubSpot:Mode is real.
var fake = choices.IsReal
    ? null
    : builder.AddProject<Projects.HubSpotSync_FakeHubSpot>("hubspot")
        .WithHttpHealthCheck("/health")
        .WithSection(builder.Configuration.GetSection("Fake"))
        .WithUrlForEndpoint("http", url => url.DisplayText = "Fake HubSpot");
var hubSpot = new HubSpotAccess(fake?.GetEndpoint("http"), clientId, clientSecret);

var migrate = builder.AddProject<Projects.HubSpotSync_Worker>("migrate", launchProfileName: null)
    .WithArgs("migrate")
    .WithOwnerOf(crm)
    .WithEnvironment("Database__AppPassword", appPassword);

var worker = builder.AddProject<Projects.HubSpotSync_Worker>("worker")
    .WithReplicas(choices.WorkerReplicas)
    .WithHttpHealthCheck("/health")
    .WithAppRoleOf(crm)
    .WithReference(redis)
    .WithHubSpot(hubSpot)
    .WithEnvironment("KeyRing__Secret", keyRing)
    .WaitForServer(redis)
    .WaitForCompletion(migrate);

var portal = builder.AddProject<Projects.HubSpotSync_Portal>("portal")
    .WithExternalHttpEndpoints()
    .WithHttpHealthCheck("/health")
    .WithUrlForEndpoint("http", url => url.DisplayText = "Portal")
    .WithAppRoleOf(crm)
    .WithReference(redis)
    .WithHubSpot(hubSpot)
    .WithEnvironment("KeyRing__Secret", keyRing)
    .WithEnvironment("Setup__Code", setupCode)
    .WithEnvironment("Operator__Key", operatorKey)
    .WithSection(builder.Configuration.GetSection("Mail"))
    .WithSyncNowCommand(operatorKey)
    .WaitForServer(redis)
    .WaitForCompletion(migrate);
fake?.WithWebhooksTo(portal.GetEndpoint("http"));

// --demo: a finished example run on data that is thrown away, and a link to sign in with.
if (choices.IsDemo)
{
    portal.WithEnvironment("SignIn__AllowLinks", "true");
    builder.AddProject<Projects.HubSpotSync_Worker>("demo", launchProfileName: null)
        .WithArgs("demo")
        .WithAppRoleOf(crm)
        .WithReference(redis)
        .WithHubSpot(hubSpot)
        .WithEnvironment("KeyRing__Secret", keyRing)
        .WithEnvironment("SignIn__AllowLinks", "true")
        .WithEnvironment("Demo__PortalUrl", portal.GetEndpoint("http"))
        .WaitFor(portal)
        .WaitFor(worker);
}

builder.Build().Run();
