using System.ComponentModel.DataAnnotations;

namespace HubSpotSync.Data.Protection;

/// <summary>Where the key of the key ring comes from.</summary>
public sealed class KeyRingOptions
{
    public const string SectionName = "KeyRing";

    /// <summary>
    /// Encrypts the key ring that lies in Postgres, so that a copy of the database alone can't read the tokens. The
    /// same for every service; losing it means to connect HubSpot again.
    /// </summary>
    [Required]
    [MinLength(32)]
    public string Secret { get; set; } = "";
}
