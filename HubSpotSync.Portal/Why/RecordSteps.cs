using HubSpotSync.Core.Records;
using HubSpotSync.Data;
using HubSpotSync.Data.Billing;
using HubSpotSync.Data.Links;
using HubSpotSync.Data.Requests;
using HubSpotSync.Portal.Access;

namespace HubSpotSync.Portal.Why;

/// <summary>What a person does with one record of the sync.</summary>
internal sealed class RecordSteps(
    CrmDbContext db, RecordRequests requests, LinkDecisions links, AuditLog audit, TimeProvider clock)
{
    public Task SyncAsync(Standing standing, Guid? userId, CancellationToken cancellationToken) => requests.AskAsync(
        standing.Connection.Id, standing.Kind, new RecordKey(standing.HubSpotId, standing.Local?.Id), userId,
        cancellationToken);

    /// <returns>Whether anything changed.</returns>
    public Task<bool> SetApartAsync(Standing standing, Guid? userId, CancellationToken cancellationToken) =>
        MoveAsync(standing, userId, apart: true, cancellationToken);

    /// <returns>Whether anything changed.</returns>
    public Task<bool> TakeBackAsync(Standing standing, Guid? userId, CancellationToken cancellationToken) =>
        MoveAsync(standing, userId, apart: false, cancellationToken);

    private async Task<bool> MoveAsync(
        Standing standing, Guid? userId, bool apart, CancellationToken cancellationToken)
    {
        if (standing.Link is not { } link)
        {
            return false;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var isDone = apart
            ? await links.SetApartAsync(link.ConnectionId, link.Kind, link.HubspotId, userId, cancellationToken)
            : await links.TakeBackAsync(link.ConnectionId, link.Kind, link.HubspotId, cancellationToken);
        if (isDone)
        {
            audit.Add(
                userId, apart ? "record.set_apart" : "record.taken_back", $"{standing.Kind} {link.LocalId}",
                after: new { hubSpotId = link.HubspotId });
            Note(standing, userId, apart ? "set_apart" : "taken_back");
            await db.SaveChangesAsync(cancellationToken);

            // The look writes down what it is from now on.
            await SyncAsync(standing, userId, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return isDone;
    }

    /// <summary>On the timelines of what has one.</summary>
    private void Note(Standing standing, Guid? userId, string what)
    {
        if (standing is { Kind: RecordKind.Contact or RecordKind.Company, Local.Id: var id })
        {
            var isCustomer = standing.Kind == RecordKind.Contact;
            db.Activities.Add(new Activity
            {
                WorkspaceId = db.WorkspaceId,
                CustomerId = isCustomer ? id : null,
                CompanyId = isCustomer ? null : id,
                Kind = $"{(isCustomer ? "customer" : "company")}.{what}",
                By = userId,
                At = clock.GetUtcNow(),
            });
        }
    }
}
