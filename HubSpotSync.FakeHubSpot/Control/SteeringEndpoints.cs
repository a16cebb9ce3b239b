using HubSpotSync.FakeHubSpot.Api;
using HubSpotSync.FakeHubSpot.Faults;
using HubSpotSync.FakeHubSpot.Limits;
using HubSpotSync.FakeHubSpot.OAuth;
using HubSpotSync.FakeHubSpot.Store;
using HubSpotSync.FakeHubSpot.Webhooks;

namespace HubSpotSync.FakeHubSpot.Control;

internal static class SteeringEndpoints
{
    public static IResult Reset(HttpContext http)
    {
        var services = http.RequestServices;
        services.GetRequiredService<FakeAccounts>().Reset();
        services.GetRequiredService<Installations>().Reset();
        services.GetRequiredService<FaultScript>().Clear();
        services.GetRequiredService<FakeSettings>().Reset();
        services.GetRequiredService<AccountLimits>().Reset();
        services.GetRequiredService<FakeClock>().Reset();
        services.GetRequiredService<RequestLog>().Reset();
        services.GetRequiredService<UnexpectedErrors>().Reset();
        services.ResetWebhooks();
        return FakeJson.NoContent;
    }

    public static IResult ShowClock(FakeClock clock) =>
        FakeJson.Ok(new { now = WireTime.Format(clock.Now), offsetSeconds = clock.Offset.TotalSeconds });

    public static IResult Advance(ClockBody body, FakeClock clock)
    {
        if (body.AdvanceSeconds < 0)
        {
            throw Refuse.Validation("advanceSeconds must not be negative: time never goes back.");
        }

        clock.Advance(TimeSpan.FromSeconds(body.AdvanceSeconds));
        return FakeJson.Ok(new { now = WireTime.Format(clock.Now) });
    }

    public static IResult Require(RequiredBody body, FakeAccounts accounts, int portalId, string type)
    {
        var (account, objectType) = PersonEndpoints.Find(accounts, portalId, type);
        lock (account.Gate)
        {
            account.RequiredByForms[objectType] = body.Properties ?? [];
            return FakeJson.NoContent;
        }
    }

    public static IResult RequireIf(
        IReadOnlyList<ConditionBody?> body, FakeAccounts accounts, int portalId, string type)
    {
        var (account, objectType) = PersonEndpoints.Find(accounts, portalId, type);
        var rules = body.Select(rule => rule is { Property: { } property, Values: { } values, Required: { } required }
            ? new ConditionalRule(objectType, property, values, required)
            : throw Refuse.Validation("Each rule has property, values and required.")).ToList();
        lock (account.Gate)
        {
            account.ConditionalRules.RemoveAll(rule => rule.Type == objectType);
            account.ConditionalRules.AddRange(rules);
            return FakeJson.NoContent;
        }
    }

    public static IResult ChangeSettings(SettingsBody body, FakeSettings settings)
    {
        if (body.Problem() is { } problem)
        {
            throw Refuse.Validation(problem);
        }

        body.ApplyTo(settings);
        return FakeJson.Ok(SettingsBody.Of(settings));
    }
}
