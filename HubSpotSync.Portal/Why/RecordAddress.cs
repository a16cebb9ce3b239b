using System.Globalization;
using HubSpotSync.Core.Records;

namespace HubSpotSync.Portal.Why;

/// <summary>
/// Where a record's own page of the sync is: by HubSpot's id where it has one (<c>h501</c>), else by ours.
/// </summary>
internal sealed record RecordAddress(RecordKind Kind, RecordKey Key)
{
    private const string Folder = "/settings/integrations/hubspot/records";

    public string Href => $"{Folder}/{Kind.ToString().ToLowerInvariant()}/{Key}";

    public static RecordAddress Of(RecordKind kind, long? hubSpotId, Guid? localId) =>
        new(kind, new RecordKey(hubSpotId, localId));

    /// <returns><c>null</c>: it is no such address.</returns>
    public static RecordAddress? Read(string? kind, string? key) =>
        Enum.TryParse<RecordKind>(kind, ignoreCase: true, out var known) && Enum.IsDefined(known)
            && KeyOf(key) is { } found
                ? new RecordAddress(known, found)
                : null;

    private static RecordKey? KeyOf(string? key) => key switch
    {
        ['h', .. var id] when long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) =>
            new RecordKey(number, null),
        ['l', .. var id] when Guid.TryParseExact(id, "D", out var local) => new RecordKey(null, local),
        _ => null,
    };
}
