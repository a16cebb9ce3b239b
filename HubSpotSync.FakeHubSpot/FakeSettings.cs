using HubSpotSync.FakeHubSpot.Limits;
using Microsoft.Extensions.Options;

namespace HubSpotSync.FakeHubSpot;

/// <summary>What may be turned while the fake runs. Starts as the options say; a reset goes back to them.</summary>
public sealed class FakeSettings
{
    private readonly FakeOptions _options;

    public FakeSettings(IOptions<FakeOptions> options)
    {
        _options = options.Value;
        Reset();
    }

    public int LatencyMs { get; set; }
    public int SearchLagMs { get; set; }
    public bool LimitsOn { get; set; }
    public int BurstLimit { get; set; }
    public int SearchLimit { get; set; }

    /// <summary>Null for no end to the day.</summary>
    public int? DailyLimit { get; set; }

    /// <summary>Whether contacts are linked to the company of their address's domain.</summary>
    public bool AutoAssociate { get; set; }

    public void TakeLimitsOf(LimitTier tier) => (BurstLimit, DailyLimit) = (tier.PerTenSeconds, tier.PerDay);

    public void Reset()
    {
        LatencyMs = _options.LatencyMs;
        SearchLagMs = _options.SearchLagMs;
        LimitsOn = _options.Limits == FakeOptions.LimitsLikeHubSpot;
        TakeLimitsOf(LimitTier.Find(_options.Tier) ?? LimitTier.OAuth);
        SearchLimit = 5;
        AutoAssociate = _options.AutoAssociate;
    }
}
