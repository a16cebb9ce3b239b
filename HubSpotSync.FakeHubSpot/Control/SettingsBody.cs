namespace HubSpotSync.FakeHubSpot.Control;

internal sealed record SettingsBody(int? LatencyMs, int? SearchLagMs, string? Limits, int? BurstLimit, int? SearchLimit)
{
    public bool? AutoAssociate { get; init; }

    public static SettingsBody Of(FakeSettings settings) => new(
        settings.LatencyMs,
        settings.SearchLagMs,
        settings.LimitsOn ? FakeOptions.LimitsLikeHubSpot : FakeOptions.LimitsOff,
        settings.BurstLimit, settings.SearchLimit)
    {
        AutoAssociate = settings.AutoAssociate,
    };

    public string? Problem()
    {
        int?[] delays = [LatencyMs, SearchLagMs];
        if (delays.Any(delay => delay is < 0 or > FakeOptionsValidation.LongestDelayMs))
        {
            return $"latencyMs and searchLagMs must be from 0 to {FakeOptionsValidation.LongestDelayMs}.";
        }

        if (BurstLimit < 0 || SearchLimit < 0)
        {
            return "burstLimit and searchLimit must not be negative.";
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
        settings.BurstLimit = BurstLimit ?? settings.BurstLimit;
        settings.SearchLimit = SearchLimit ?? settings.SearchLimit;
        settings.AutoAssociate = AutoAssociate ?? settings.AutoAssociate;
    }
}
