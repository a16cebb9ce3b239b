namespace HubSpotSync.HubSpotApi;

/// <summary>
/// HubSpot's dated versions, one constant per family. GA since September 2026, supported for about 18 months.
/// </summary>
internal static class ApiVersion
{
    public const string OAuth = "2026-09";
    public const string Account = "2026-09";
    public const string Associations = "2026-09";
    public const string Lists = "2026-09";
    public const string Objects = "2026-09";
    public const string Owners = "2026-09";
    public const string Pipelines = "2026-09";
    public const string Properties = "2026-09";
}
