using System.Text.Json;
using HubSpotSync.Data;
using HubSpotSync.Data.Journal;

namespace HubSpotSync.Portal.Access;

/// <summary>Notes what a person did. Saved with the change itself, so neither is there without the other.</summary>
internal sealed class AuditLog(CrmDbContext db, TimeProvider clock)
{
    public void Add(Guid? userId, string action, string? subject = null, object? before = null, object? after = null) =>
        db.Audit.Add(new AuditEntry
        {
            WorkspaceId = db.WorkspaceId,
            UserId = userId,
            KeyId = db.ActingKey,
            Action = action,
            Subject = subject,
            Before = Json(before),
            After = Json(after),
            At = clock.GetUtcNow(),
        });

    private static string? Json(object? value) =>
        value is null ? null : JsonSerializer.Serialize(value, JsonSerializerOptions.Web);
}
