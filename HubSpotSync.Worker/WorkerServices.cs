using HubSpotSync.Data;
using HubSpotSync.Data.Bulk;
using HubSpotSync.Data.Crm;
using HubSpotSync.Data.Lists;
using HubSpotSync.HubSpotApi;
using HubSpotSync.ServiceDefaults;
using HubSpotSync.Worker.Disconnect;
using HubSpotSync.Worker.Health;
using HubSpotSync.Worker.Locks;
using HubSpotSync.Worker.Requests;
using HubSpotSync.Worker.Reconcile;
using HubSpotSync.Worker.Runs;
using HubSpotSync.Worker.Schedules;
using HubSpotSync.Worker.StageCounts;
using HubSpotSync.Worker.Structure;
using HubSpotSync.Worker.Syncing;
using HubSpotSync.Worker.Tokens;

namespace HubSpotSync.Worker;

internal static class WorkerServices
{
    public static void AddWorker(this IHostApplicationBuilder builder)
    {
        builder.AddHubSpotAccess();

        builder.Services.AddSingleton<WorkerIdentity>();
        builder.Services.AddSingleton<SyncMetrics>();
        builder.Services.AddSingleton<ConnectionLock>();
        builder.Services.AddScoped<RunClaims>();
        builder.Services.AddScoped<RunExecution>();
        builder.Services.AddSingleton<RunEndings>();
        builder.Services.AddScoped<ReconcileJob>();
        builder.Services.AddScoped<OwnersAndPipelines>();
        builder.Services.AddScoped<StructureSync>();
        builder.Services.AddSingleton<OpenLines>();
        builder.Services.AddScoped<ReconcileReads>();
        builder.Services.AddScoped<ChosenLists>();
        builder.Services.AddScoped<ListSync>();
        builder.Services.AddScoped<LetIn>();
        builder.Services.AddScoped<DecidedSweep>();
        builder.Services.AddScoped<SetAside>();
        builder.Services.AddScoped<PageSyncer>();
        builder.Services.AddScoped<InwardPairing>();
        builder.Services.AddScoped<InwardLook>();
        builder.Services.AddScoped<HubSpotUpdates>();
        builder.Services.AddScoped<OutwardLook>();
        builder.Services.AddScoped<AbsentLook>();
        builder.Services.AddScoped<LostCreations>();
        builder.Services.AddScoped<MappedFields>();
        builder.Services.AddScoped<ArrivingContacts>();
        builder.Services.AddScoped<RequestedLook>();
        builder.Services.AddScoped<LocalRecords>();
        builder.Services.AddScoped<PageWriter>();
        builder.Services.AddScoped<SentWrites>();
        builder.Services.AddScoped<OverwrittenLook>();
        builder.Services.AddScoped<SafetyGuard>();
        builder.Services.AddScoped<OverwrittenEdits>();
        builder.Services.AddScoped<StageCounter>();
        builder.Services.AddScoped<StructureReader>();
        builder.Services.AddScoped<RequestClaims>();
        builder.Services.AddScoped<RequestJob>();
        builder.Services.AddSingleton<RequestSignals>();
        builder.Services.AddScoped<FullSweep>();
        builder.Services.AddScoped<ChangesSweep>();
        builder.Services.AddScoped<CustomerPush>();
        builder.Services.AddScoped<Retries>();
        builder.Services.AddScoped<DueSchedule>();
        builder.Services.AddScoped<DisconnectJob>();

        builder.Services.AddHostedService<RunLoop>();
        builder.Services.AddHostedService(services => services.GetRequiredService<RequestSignals>());
        builder.Services.AddHostedService<RequestLoop>();
        builder.Services.AddHostedService<ScheduleLoop>();
        builder.Services.AddHostedService<DisconnectLoop>();
        builder.Services.AddHostedService<StageCountLoop>();
        builder.Services.AddHostedService<BacklogSampler>();
        builder.Services.AddHostedService<UsageLoop>();
        builder.Services.AddHostedService<HousekeepingLoop>();
        builder.Services.AddHealthChecks().AddCheck<SyncHealthCheck>("hubspot-sync");
    }

    /// <summary>The database, Redis and HubSpot: what the demo command needs as well.</summary>
    public static void AddHubSpotAccess(this IHostApplicationBuilder builder)
    {
        builder.AddPostgres<CrmDbContext>("crm");
        builder.AddRedisClient("redis", settings => settings.DisableHealthChecks = true);
        builder.AddRedisHealthCheck();
        builder.Services.AddCrmData(builder.Configuration);
        builder.Services.AddHubSpotOAuth(builder.Configuration);
        builder.Services.AddHubSpotCrm();
        builder.Services.AddSingleton<UsageBook>();
        builder.Services.AddSingleton<ConnectionSessions>();
    }
}
