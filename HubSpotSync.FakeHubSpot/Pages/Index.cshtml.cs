using HubSpotSync.FakeHubSpot.Api;
using HubSpotSync.FakeHubSpot.Control;
using HubSpotSync.FakeHubSpot.Faults;
using HubSpotSync.FakeHubSpot.Limits;
using HubSpotSync.FakeHubSpot.Store;
using Microsoft.AspNetCore.Mvc;

namespace HubSpotSync.FakeHubSpot.Pages;

/// <summary>Accounts, what was asked of the fake, and the levers to make it misbehave.</summary>
internal sealed class IndexModel(
    FakeAccounts accounts, RequestLog log, FakeSettings settings, FaultScript faults, FakeClock clock) : FakePage
{
    private const int Shown = 25;

    /// <summary>What one press sets off, for calls of the API only.</summary>
    public static readonly IReadOnlyList<QuickFault> Faults =
    [
        new("429", "Limit reached, five times", new FaultBody("status", Status: 429, RetryAfter: 2, Times: 5)),
        new("503", "Unavailable, five times", new FaultBody("status", Status: 503, Times: 5)),
        new("423", "Locked, once", new FaultBody("status", Status: 423)),
        new("html", "A proxy's page, once", new FaultBody("html")),
        new("drop", "Answer lost after the work, once", new FaultBody("drop", Method: "POST", AfterCommit: true)),
        new("truncate", "Answer cut in half, once", new FaultBody("truncate")),
        new("share", "One call in ten fails until cleared", new FaultBody("status", Status: 502, Share: 0.1)),
    ];

    public IReadOnlyList<FakeAccount> Accounts => accounts.All;
    public FakeSettings Settings => settings;
    public IReadOnlyList<PlannedFault> Planned => [.. faults.All.Where(fault => fault.Left != 0).Take(Shown)];
    public bool Unreachable => faults.Unreachable;
    public string Now => WireTime.Format(clock.Now);
    public RequestLog Log => log;
    public IEnumerable<LoggedRequest> Recent => log.Recent.Take(Shown);

    public string Tier =>
        LimitTier.All.FirstOrDefault(
            tier => (tier.PerTenSeconds, tier.PerDay) == (settings.BurstLimit, settings.DailyLimit))?.Name ?? "";

    public IActionResult OnPostFault(string name)
    {
        var quick = Faults.FirstOrDefault(fault => fault.Name == name)
            ?? throw Refuse.Validation($"There is no fault called '{name}'.");
        faults.Plan(quick.Fault.Plan());
        return Done($"Planned: {quick.Label}.");
    }

    public IActionResult OnPostClear()
    {
        faults.Clear();
        return Done("No fault is planned any more.");
    }

    public IActionResult OnPostUnreachable(bool on)
    {
        faults.Unreachable = on;
        return Done(on ? "Every API call is dropped now." : "API calls are answered again.");
    }

    public IActionResult OnPostClock(int seconds)
    {
        if (seconds is < 1 or > 366 * 86_400)
        {
            throw Refuse.Validation("seconds must be from 1 to a year's.");
        }

        clock.Advance(TimeSpan.FromSeconds(seconds));
        return Done($"It is now {Now}.");
    }

    public IActionResult OnPostSettings(int? latencyMs, int? searchLagMs, string? limits, string? tier)
    {
        var body = new SettingsBody(latencyMs, searchLagMs, limits, null, null)
        {
            Tier = string.IsNullOrEmpty(tier) ? null : tier,
        };
        if (!ModelState.IsValid || body.Problem() is not null)
        {
            throw Refuse.Validation(body.Problem() ?? "Latency and search lag must be whole numbers.");
        }

        body.ApplyTo(settings);
        return Done("Settings saved.");
    }

    public IActionResult OnPostReset()
    {
        SteeringEndpoints.Reset(HttpContext);
        return Done("Everything is as it was at the start.");
    }

    public sealed record QuickFault(string Name, string Label, FaultBody Fault);
}
