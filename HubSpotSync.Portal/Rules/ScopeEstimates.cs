using HubSpotSync.Core.Records;
using HubSpotSync.Data;
using HubSpotSync.Data.Connections;
using HubSpotSync.Data.Structure;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Rules;

/// <summary>Says what rules would take, and asks the worker where only HubSpot can tell.</summary>
internal sealed class ScopeEstimates(CrmDbContext db, StructureQuestions questions, TimeProvider clock)
{
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromMinutes(5);

    public async Task<ScopeEstimate> OfAsync(
        HubSpotConnection connection, KnownStructure? structure, SyncRules rules, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var estimate = new ScopeEstimate(connection, structure, rules)
        {
            Now = now,
            Stopping = await CountStoppingAsync(connection.Id, rules.Stages, cancellationToken),
        };
        if (estimate.IsCounting
            && (structure?.WantsCount != estimate.Question || now - structure.AskedAt > AskAgainAfter))
        {
            await questions.AskForCountAsync(connection.Id, estimate.Question, cancellationToken);
        }

        return estimate;
    }

    private async Task<int> CountStoppingAsync(
        Guid connectionId, IReadOnlyList<string> stages, CancellationToken cancellationToken)
    {
        if (stages.Count == 0)
        {
            return 0;
        }

        var linked = db.Links
            .Where(link => link.ConnectionId == connectionId && link.Kind == RecordKind.Contact
                && link.DetachedAt == null)
            .Select(link => link.LocalId);
        return await db.Customers.CountAsync(
            customer => customer.ArchivedAt == null && linked.Contains(customer.Id)
                && (customer.LifecycleStage == null || !stages.Contains(customer.LifecycleStage)),
            cancellationToken);
    }
}
