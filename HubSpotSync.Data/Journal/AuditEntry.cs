using System.Text.Json;
using HubSpotSync.Data.Connections;

namespace HubSpotSync.Data.Journal;

/// <summary>Something a person did to the workspace: who, when, what, before and after. Written once.</summary>
public sealed class AuditEntry : IWorkspaceOwned
{
    public long Id { get; init; }
    public Guid WorkspaceId { get; init; }
    public Guid? UserId { get; init; }

    /// <summary>The API key by which a program did it.</summary>
    public Guid? KeyId { get; init; }

    /// <summary>A dotted name such as <c>hubspot.connected</c>.</summary>
    public required string Action { get; init; }
    public string? Subject { get; init; }

    /// <summary>JSON.</summary>
    public string? Before { get; init; }

    /// <summary>JSON.</summary>
    public string? After { get; init; }
    public DateTimeOffset At { get; init; }

    /// <summary>The engine switched mappings off or on, because HubSpot's properties have changed.</summary>
    public static AuditEntry OfFields(
        Guid workspaceId, long hubId, IEnumerable<DisabledField> before, IEnumerable<DisabledField> after) => new()
    {
        WorkspaceId = workspaceId,
        Action = "hubspot.fields_disabled",
        Subject = $"hub {hubId}",
        Before = Names(before),
        After = Names(after),
    };

    private static string Names(IEnumerable<DisabledField> fields) =>
        JsonSerializer.Serialize(fields.Select(field => $"{field.Kind} {field.Field}: {field.Reason}"));
}
