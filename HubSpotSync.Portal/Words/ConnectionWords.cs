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

    public static string Mode(SyncMode mode) => mode == SyncMode.TwoWay ? "Two-way" : "HubSpot is the source of truth";

    public static string ModeLong(SyncMode mode) => mode == SyncMode.TwoWay
        ? "The newest edit wins, field by field; the value that lost is kept."
        : "HubSpot's fields are read-only here, and nothing is written to HubSpot.";

    /// <summary>The cause of a lost connection as a whole sentence.</summary>
    public static string Cause(string? reason) =>
        string.IsNullOrWhiteSpace(reason) ? "HubSpot no longer accepts our connection." : reason.TrimEnd('.') + ".";
}
