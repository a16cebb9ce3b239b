using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Data.Structure;

/// <summary>What the portal asks the worker about an account. Asking twice is asking once.</summary>
public sealed class StructureQuestions(CrmDbContext db, TimeProvider clock)
{
    public Task<KnownStructure?> FindAsync(Guid connectionId, CancellationToken cancellationToken) =>
        db.Structures.AsNoTracking().FirstOrDefaultAsync(
            structure => structure.ConnectionId == connectionId, cancellationToken);

    public Task AskForDefinitionsAsync(Guid connectionId, CancellationToken cancellationToken) =>
        AskAsync(connectionId, structure => structure.WantsDefinitions = true, cancellationToken);

    public Task AskForCountAsync(Guid connectionId, ScopeQuestion question, CancellationToken cancellationToken) =>
        AskAsync(connectionId, structure => structure.WantsCount = question, cancellationToken);

    public Task AskForSampleAsync(Guid connectionId, long contactId, CancellationToken cancellationToken) =>
        AskAsync(connectionId, structure => structure.WantsSample = contactId, cancellationToken);

    public Task AskForContactAsync(Guid connectionId, string email, CancellationToken cancellationToken) =>
        AskAsync(
            connectionId,
            structure => (structure.WantsContact, structure.FoundContact) = (email, null),
            cancellationToken);

    private async Task AskAsync(
        Guid connectionId, Action<KnownStructure> want, CancellationToken cancellationToken)
    {
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into hubspot_structure (connection_id, workspace_id) values ({connectionId}, {db.WorkspaceId})
              on conflict do nothing
            """,
            cancellationToken);
        var structure = await db.Structures.SingleAsync(one => one.ConnectionId == connectionId, cancellationToken);
        want(structure);
        structure.AskedAt = clock.GetUtcNow();
        await db.SaveChangesAsync(cancellationToken);
    }
}
