using HubSpotSync.Data;
using HubSpotSync.HubSpotApi;
using HubSpotSync.Portal;
using HubSpotSync.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.WebHost.UseStaticWebAssets();
builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
builder.AddServiceDefaults();
builder.AddPostgres<CrmDbContext>("crm");
builder.AddRedisClient("redis", settings => settings.DisableHealthChecks = true);
builder.AddRedisHealthCheck();
builder.Services.AddCrmData(builder.Configuration);
builder.Services.AddHubSpotOAuth(builder.Configuration);
builder.Services.AddPortal();

var app = builder.Build();
app.UsePortal();
app.MapDefaultEndpoints();
app.MapPortal();
await app.RunAsync();
