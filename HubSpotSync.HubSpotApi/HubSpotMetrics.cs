using System.Diagnostics.Metrics;
using HubSpotSync.HubSpotApi.Limits;

namespace HubSpotSync.HubSpotApi;

/// <summary>What is counted of the traffic to HubSpot.</summary>
public sealed class HubSpotMetrics
{
    public const string MeterName = "HubSpotSync";

    private readonly Counter<long> _requests;
    private readonly Counter<long> _rateLimited;
    private readonly Histogram<double> _budgetWait;

    public HubSpotMetrics(IMeterFactory meters)
    {
        ArgumentNullException.ThrowIfNull(meters);
        var meter = meters.Create(MeterName);
        _requests = meter.CreateCounter<long>("hubspotsync.hubspot.requests", "{request}", "Requests sent to HubSpot");
        _rateLimited = meter.CreateCounter<long>("hubspotsync.hubspot.rate_limited", "{request}", "Answers 429");
        _budgetWait = meter.CreateHistogram<double>(
            "hubspotsync.hubspot.budget_wait", "s", "Waits for room in the budget");
    }

    internal void Requested(BudgetLane lane, int? status) =>
        _requests.Add(1, new("lane", lane.ToString()), new("status", status ?? 0));

    internal void RateLimited(string policy) =>
        _rateLimited.Add(1, new KeyValuePair<string, object?>("policy", policy));

    internal void Waited(RateLimit limit, TimeSpan time) =>
        _budgetWait.Record(time.TotalSeconds, new KeyValuePair<string, object?>("limit", limit.Name));
}
