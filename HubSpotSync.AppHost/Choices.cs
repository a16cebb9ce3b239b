using Microsoft.Extensions.Configuration;

namespace HubSpotSync.AppHost;

/// <summary>
/// What configuration and the command line choose; read once, so that AppHost.cs shows only the model.
/// </summary>
internal sealed record Choices
{
    public required bool IsReal { get; init; }

    public required bool IsDemo { get; init; }

    public required int WorkerReplicas { get; init; }

    public required string PublishTarget { get; init; }

    /// <summary>pgAdmin and RedisInsight beside the servers; run mode only.</summary>
    public required bool WithTools { get; init; }

    /// <summary>The owner's connection string, where the database is given from outside.</summary>
    public string? GivenCrm { get; init; }

    public bool HasGivenRedis { get; init; }

    /// <summary>Null with the real HubSpot: there the parameter has to be set.</summary>
    public string? FakeClientId { get; init; }

    public string? FakeClientSecret { get; init; }

    public static Choices Read(IDistributedApplicationBuilder builder, string[] args)
    {
        var settings = builder.Configuration;
        var isReal = Mode(settings["HubSpot:Mode"]) == "real";
        return new Choices
        {
            IsReal = isReal,
            IsDemo = args.Contains("--demo") && builder.ExecutionContext.IsRunMode,
            WorkerReplicas = settings.GetValue("Worker:Replicas", 1),
            PublishTarget = settings["Publish:Target"] ?? "compose",
            WithTools = settings.GetValue("Tools:Enabled", false),
            GivenCrm = settings.GetConnectionString("crm"),
            HasGivenRedis = settings.GetConnectionString("redis") is not null,
            FakeClientId = isReal ? null : settings["HubSpot:FakeClientId"],
            FakeClientSecret = isReal ? null : settings["HubSpot:FakeClientSecret"],
        };
    }

    private static string Mode(string? value) => value?.ToLowerInvariant() switch
    {
        null or "" or "fake" => "fake",
        "real" => "real",
        _ => throw new DistributedApplicationException($"HubSpot:Mode is '{value}'; it has to be fake or real."),
    };
}
