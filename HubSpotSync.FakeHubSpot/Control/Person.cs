using HubSpotSync.FakeHubSpot.Api;
using HubSpotSync.FakeHubSpot.Routes;
using HubSpotSync.FakeHubSpot.Store;
using HubSpotSync.FakeHubSpot.Writing;
using Microsoft.Extensions.Options;

namespace HubSpotSync.FakeHubSpot.Control;

/// <summary>
/// What a person does in HubSpot's own pages: the history says CRM_UI, and stages may go back. Refuses as the API
/// does, with a <see cref="RefusalException"/>.
/// </summary>
internal sealed class Person(FakeClock clock, FakeSettings settings, IOptions<FakeOptions> options)
{
    public CrmRecord Create(FakeAccount account, ObjectType type, RecordInput input, DateTimeOffset? at = null)
    {
        lock (account.Gate)
        {
            var writer = new RecordWriter(account, type, Context(at));
            return writer.Commit(writer.PlanCreate(input));
        }
    }

    /// <param name="at">When it is done, not before the record's last change; null for now.</param>
    public CrmRecord Edit(
        FakeAccount account, ObjectType type, string id, RecordInput input, DateTimeOffset? at = null)
    {
        lock (account.Gate)
        {
            var record = LiveRecord.Require(account, type, id);
            if (at < record.UpdatedAt)
            {
                throw Refuse.Validation(
                    $"at is before the record's last change, {WireTime.Format(record.UpdatedAt)}: "
                    + "histories only grow.");
            }

            var writer = new RecordWriter(account, type, Context(at));
            return writer.Commit(writer.PlanUpdate(record, input));
        }
    }

    public void Archive(FakeAccount account, ObjectType type, string id)
    {
        lock (account.Gate)
        {
            RecordRemoval.Archive(account, LiveRecord.Require(account, type, id), Context());
        }
    }

    /// <summary>Restoring exists only in HubSpot's pages; the record comes back under the same id.</summary>
    public CrmRecord Restore(FakeAccount account, ObjectType type, string id)
    {
        lock (account.Gate)
        {
            if (RecordLookup.Find(account, type, null, id, followMerges: false) is not { Archived: true } record)
            {
                throw Refuse.ObjectNotFound(id);
            }

            RefuseTaken(account, record);
            RecordRemoval.Restore(account, record, Context());
            return record;
        }
    }

    public CrmRecord Merge(FakeAccount account, ObjectType type, string primaryId, string otherId)
    {
        lock (account.Gate)
        {
            var primary = LiveRecord.Require(account, type, primaryId);
            return RecordMerge.Merge(account, primary, LiveRecord.Require(account, type, otherId), Context());
        }
    }

    /// <summary>The values are gone, and the address may not come back.</summary>
    public void Erase(FakeAccount account, ObjectType type, string id)
    {
        lock (account.Gate)
        {
            var record = RecordLookup.Find(account, type, null, id, followMerges: true)
                ?? throw Refuse.ObjectNotFound(id);
            RecordRemoval.Erase(account, record, Context());
        }
    }

    public void Link(FakeAccount account, ObjectType type, string id, ObjectType toType, string toId)
    {
        lock (account.Gate)
        {
            var (from, to) = (LiveRecord.Require(account, type, id), LiveRecord.Require(account, toType, toId));
            new AssociationWriter(account, Context()).Link(AssociationKind.Default(type, toType), from.Id, to.Id);
        }
    }

    public void Unlink(FakeAccount account, ObjectType type, string id, ObjectType toType, string toId)
    {
        lock (account.Gate)
        {
            var (from, to) = (LiveRecord.Require(account, type, id), LiveRecord.Require(account, toType, toId));
            new AssociationWriter(account, Context()).Unlink(type, from.Id, toType, to.Id);
        }
    }

    /// <param name="at">Null for now; never later.</param>
    private WriteContext Context(DateTimeOffset? at = null)
    {
        var now = clock.Now;
        return at > now
            ? throw Refuse.Validation($"at is in the future: it is {WireTime.Format(now)} here.")
            : new WriteContext(at ?? now, ChangeSource.Person(FakeAccount.AdminUserId), options.Value.EmailEndings)
            {
                AutoAssociate = settings.AutoAssociate,
            };
    }

    /// <summary>What was free while the record was away may have been taken meanwhile.</summary>
    private static void RefuseTaken(FakeAccount account, CrmRecord record)
    {
        foreach (var property in account.Schema(record.Type).Unique)
        {
            if (record.Value(property.Name) is { Length: > 0 } value
                && account.Store(record.Type).Unique.HolderOf(property.Name, value) is { } holder)
            {
                throw new RefusalException(
                    409, new ErrorBody($"{property.Name} is now that of record {holder}.", "CONFLICT"));
            }
        }
    }
}
