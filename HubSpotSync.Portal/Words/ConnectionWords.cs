using HubSpotSync.Core.Planning;
using HubSpotSync.Data.Connections;

namespace HubSpotSync.Portal.Words;

internal static class ConnectionWords
{
    public static string State(ConnectionState? state) => state switch
    {
        ConnectionState.Connected => "Connected",
        ConnectionState.NeedsReconnection => "Needs reconnection",
        ConnectionState.Disconnecting => "Disconnecting",
        _ => "Not connected",
    };

    public static string Color(ConnectionState? state) => state switch
    {
        ConnectionState.Connected => "green",
        ConnectionState.NeedsReconnection => "orange",
        _ => "secondary",
    };

    public static string Icon(ConnectionState? state) => state switch
    {
        ConnectionState.Connected => "circle-check",
        ConnectionState.NeedsReconnection => "alert-triangle",
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

    /// <summary>The cause of a lost connection as a whole sentence.</summary>
    public static string Cause(string? reason) =>
        string.IsNullOrWhiteSpace(reason) ? "HubSpot no longer accepts our connection." : reason.TrimEnd('.') + ".";
}
