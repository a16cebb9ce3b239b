using System.ComponentModel.DataAnnotations;

namespace HubSpotSync.HubSpotApi;

/// <summary>Which HubSpot, and as which app.</summary>
public sealed class HubSpotOptions
{
    public const string SectionName = "HubSpot";

    /// <summary>Where programs call: <c>https://api.hubapi.com</c>, or a fake.</summary>
    [Required]
    public Uri ApiUrl { get; set; } = new("https://api.hubapi.com");

    /// <summary>Where people consent: <c>https://app.hubspot.com</c>, or a fake.</summary>
    [Required]
    public Uri AppUrl { get; set; } = new("https://app.hubspot.com");

    /// <summary>Empty: this installation has no HubSpot app yet, and the pages say how to get one.</summary>
    public string ClientId { get; set; } = "";

    public string ClientSecret { get; set; } = "";

    public bool HasApp => ClientId.Length > 0 && ClientSecret.Length > 0;
}
