namespace HubSpotSync.Data.Protection;

/// <summary>One element of the key ring.</summary>
public sealed class DataProtectionKey
{
    public long Id { get; init; }
    public required string FriendlyName { get; init; }
    public required string Xml { get; init; }
}
