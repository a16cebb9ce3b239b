using HubSpotSync.FakeHubSpot.Limits;

namespace HubSpotSync.FakeHubSpot.Control;

internal sealed record SettingsBody(int? LatencyMs, int? SearchLagMs, string? Limits, int? BurstLimit, int? SearchLimit)
{
    public bool? AutoAssociate { get; init; }

    /// <summary>Sets burst and daily limit as that kind of app has them; what is named beside it wins.</summary>
    public string? Tier { get; init; }

    /// <summary>0 for no end to the day.</summary>
    public int? DailyLimit { get; init; }

    public static SettingsBody Of(FakeSettings settings) => new(
        settings.LatencyMs,
        settings.SearchLagMs,
        settings.LimitsOn ? FakeOptions.LimitsLikeHubSpot : FakeOptions.LimitsOff,
        settings.BurstLimit, settings.SearchLimit)
    {
        AutoAssociate = settings.AutoAssociate,
        DailyLimit = settings.DailyLimit ?? 0,
    };

    public string? Problem()
    {
        int?[] delays = [LatencyMs, SearchLagMs];
        if (delays.Any(delay => delay is < 0 or > FakeOptionsValidation.LongestDelayMs))
        {
            return $"latencyMs and searchLagMs must be from 0 to {FakeOptionsValidation.LongestDelayMs}.";
        }

        if (BurstLimit < 0 || SearchLimit < 0 || DailyLimit < 0)
        {
            return "burstLimit, searchLimit and dailyLimit must not be negative.";
        }

        if (Tier is not null && LimitTier.Find(Tier) is null)
        {
            return $"tier must be one of {LimitTier.Names}.";
        }

        return Limits is null || FakeOptionsValidation.IsLimitsWord(Limits)
            ? null
            : "limits must be 'hubspot' or 'off'.";
    }

    public void ApplyTo(FakeSettings settings)
    {
        settings.LatencyMs = LatencyMs ?? settings.LatencyMs;
        settings.SearchLagMs = SearchLagMs ?? settings.SearchLagMs;
        settings.LimitsOn = Limits is null ? settings.LimitsOn : Limits == FakeOptions.LimitsLikeHubSpot;
        if (LimitTier.Find(Tier) is { } tier)
        {
            settings.TakeLimitsOf(tier);
        }

        settings.DailyLimit = DailyLimit switch { null => settings.DailyLimit, 0 => null, var limit => limit };
        settings.BurstLimit = BurstLimit ?? settings.BurstLimit;
        settings.SearchLimit = SearchLimit ?? settings.SearchLimit;
        settings.AutoAssociate = AutoAssociate ?? settings.AutoAssociate;
    }
}
