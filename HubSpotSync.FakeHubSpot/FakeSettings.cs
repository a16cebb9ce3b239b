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

    /// <summary>Whether contacts are linked to the company of their address's domain.</summary>
    public bool AutoAssociate { get; set; }

    /// <summary>What account information tells about private apps, which the fake has none of.</summary>
    public int PrivateAppCallsToday { get; set; }

    public void Reset()
    {
        LatencyMs = _options.LatencyMs;
        SearchLagMs = _options.SearchLagMs;
        LimitsOn = _options.Limits == FakeOptions.LimitsLikeHubSpot;
        BurstLimit = 110;
        SearchLimit = 5;
        AutoAssociate = _options.AutoAssociate;
        PrivateAppCallsToday = 0;
    }
}
