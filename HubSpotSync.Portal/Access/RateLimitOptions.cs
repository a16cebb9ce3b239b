using System.ComponentModel.DataAnnotations;

namespace HubSpotSync.Portal.Access;

/// <summary>How often somebody may try.</summary>
internal sealed class RateLimitOptions
{
    public const string SectionName = "RateLimits";

    /// <summary>Sign-ins, set-ups, sign-in links and password changes a minute from one address.</summary>
    [Range(1, 100_000)]
    public int AttemptsPerAddress { get; set; } = 60;

    /// <summary>The same from one address for one account.</summary>
    [Range(1, 100_000)]
    public int AttemptsPerAccount { get; set; } = 10;

    /// <summary>Looks at papers behind a code, and answers to them, a minute from one address.</summary>
    [Range(1, 100_000)]
    public int PublicPagesPerAddress { get; set; } = 60;

    /// <summary>Other requests of one user, or of one address where nobody is signed in.</summary>
    [Range(1, 1_000_000)]
    public int RequestsPerMinute { get; set; } = 1200;

    /// <summary>Requests of one API key.</summary>
    [Range(1, 1_000_000)]
    public int RequestsPerKey { get; set; } = 600;
}
