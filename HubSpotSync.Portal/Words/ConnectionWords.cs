using HubSpotSync.Core.Planning;
using HubSpotSync.Data.Connections;

namespace HubSpotSync.Portal.Words;

internal static class ConnectionWords
{
    public static string State(ConnectionState? state) => state switch
    {
        ConnectionState.Connected => "Connected",
        ConnectionState.NeedsReconnection => "Needs reconnection",
        ConnectionState.Paused => "Paused",
        ConnectionState.Disconnecting => "Disconnecting",
        _ => "Not connected",
    };

    public static string Color(ConnectionState? state) => state switch
    {
        ConnectionState.Connected => "green",
        ConnectionState.NeedsReconnection => "orange",
        ConnectionState.Paused => "blue",
        _ => "secondary",
    };

    public static string Icon(ConnectionState? state) => state switch
    {
        ConnectionState.Connected => "circle-check",
        ConnectionState.NeedsReconnection => "alert-triangle",
        ConnectionState.Paused => "player-pause",
        _ => "circle-dashed",
    };

    public static string Mode(SyncMode mode) => mode switch
    {
        SyncMode.TwoWay => "Two-way",
        SyncMode.HubSpotIsSource => "HubSpot is the source of truth",
        _ => "Your CRM is the source of truth",
    };

    public static string ModeLong(SyncMode mode) => mode switch
    {
        SyncMode.TwoWay => "The newest edit wins, field by field; the value that lost is kept.",
        SyncMode.HubSpotIsSource => "HubSpot's fields are read-only here, and nothing is written to HubSpot.",
        _ => "What is said here is written to HubSpot; what is edited there is put right.",
    };

    /// <summary>What a mode means for the people who edit, for those who choose one.</summary>
    public static string ModeChoice(SyncMode mode) => mode switch
    {
        SyncMode.TwoWay => "Newest edit wins per field. Edit a customer here or in HubSpot, whichever is at hand; "
            + "customers you add here are created there.",
        SyncMode.HubSpotIsSource => "HubSpot's fields are read-only here. We read from HubSpot and never write to it.",
        _ => "Customers are edited here. HubSpot gets every change, and an edit there is put right. "
            + "Contacts that only HubSpot has stay there.",
    };

    /// <summary>Where to connect it again, the way it was connected.</summary>
    public static string ReconnectHref(HubSpotConnection? connection) =>
        $"/settings/integrations/hubspot/{(connection?.Access == ConnectionAccess.Token ? "token" : "connect")}";

    /// <summary>How changes in HubSpot come to be known here.</summary>
    public static string Access(HubSpotConnection connection) => connection.Access == ConnectionAccess.OAuth
        ? "By your consent in HubSpot, which tells us of changes as they happen."
        : $"By a pasted token. HubSpot tells us of nothing: we ask {RuleWords.Schedule(connection.Schedule)}.";

    /// <summary>"190 requests in 10 seconds, 625,000 a day"; <c>null</c> where HubSpot did not say.</summary>
    public static string? Limits(HubSpotConnection connection) => connection.BurstLimit is not { } burst
        ? null
        : $"{Numbers.Of(burst, "request")} in 10 seconds"
            + (connection.DailyLimit is { } day ? $", {Numbers.Count(day)} a day for all private apps" : "");

    /// <summary>The cause of a lost connection as a whole sentence.</summary>
    public static string Cause(string? reason) =>
        string.IsNullOrWhiteSpace(reason) ? "HubSpot no longer accepts our connection." : reason.TrimEnd('.') + ".";
}
