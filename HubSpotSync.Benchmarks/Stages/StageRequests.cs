namespace HubSpotSync.Benchmarks.Stages;

/// <summary>What was asked of the fake since its log was cleared.</summary>
/// <param name="RateLimited">How many of them were answered by 429.</param>
internal sealed record StageRequests(IReadOnlyList<StageRoute> Routes, int RateLimited)
{
    public int Total => Routes.Sum(route => route.Count);

    /// <summary>Those that change records.</summary>
    public int Writes => CountOf(route => route.Route.EndsWith("/batch/upsert", StringComparison.Ordinal)
        || route.Route.EndsWith("/batch/update", StringComparison.Ordinal)
        || route.Route.EndsWith("/batch/create", StringComparison.Ordinal)
        || route.Route.EndsWith("/batch/archive", StringComparison.Ordinal)
        || route.Method is "PATCH" or "PUT" or "DELETE");

    public int CountOf(Func<StageRoute, bool> condition) => Routes.Where(condition).Sum(route => route.Count);
}

/// <param name="Route">A template, never an address.</param>
internal sealed record StageRoute(string Method, string Route, int Count);
