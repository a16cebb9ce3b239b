namespace HubSpotSync.Data.Connections;

/// <summary>
/// A lifecycle stage of the account and how many contacts are in it. An empty value: those without a stage.
/// </summary>
public sealed record StageOption(string Value, string Label, int Contacts);
