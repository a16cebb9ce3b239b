using System.Globalization;

namespace HubSpotSync.FakeHubSpot.Store;

/// <summary>Who wrote a value, as HubSpot shows it in a property's history.</summary>
public sealed record ChangeSource(string Type, string? Id, int? UserId)
{
    public static readonly ChangeSource Internal = new("CALCULATED", null, null);

    public static ChangeSource Person(int userId) =>
        new("CRM_UI", string.Create(CultureInfo.InvariantCulture, $"userId:{userId}"), userId);

    public static ChangeSource Integration(int appId) =>
        new("INTEGRATION", appId.ToString(CultureInfo.InvariantCulture), null);

    public static ChangeSource Import(int importId) =>
        new("IMPORT", importId.ToString(CultureInfo.InvariantCulture), null);

    public bool IsPerson => Type == "CRM_UI";
}
