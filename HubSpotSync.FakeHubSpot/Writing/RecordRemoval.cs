using HubSpotSync.FakeHubSpot.Changes;
using HubSpotSync.FakeHubSpot.Store;

namespace HubSpotSync.FakeHubSpot.Writing;

/// <summary>How a record leaves and comes back. Use it under the account's gate.</summary>
internal static class RecordRemoval
{
    /// <summary>Archiving what is archived or was never there is no error.</summary>
    public static void Archive(FakeAccount account, CrmRecord? record, WriteContext context)
    {
        if (record is { Archived: false })
        {
            record.Archive(context.Now);
            new AssociationWriter(account, context).UnlinkAll(record.Type, record.Id);
            account.Lists.Forget(record.Type, record.Id);
            account.Store(record.Type).Unique.Forget(record.Id);
            account.Changes.Publish(
                new RecordChange.Archived(record.Type, record.Id, context.Now, context.Source));
        }
    }

    public static void Restore(FakeAccount account, CrmRecord record, WriteContext context)
    {
        record.Restore();
        RecordWriter.Index(account.Store(record.Type), account.Schema(record.Type), record);
        account.Changes.Publish(new RecordChange.Restored(record.Type, record.Id, context.Now, context.Source));
    }

    /// <summary>The address may not come back.</summary>
    public static void Erase(FakeAccount account, CrmRecord record, WriteContext context)
    {
        if (record.Value("email") is { Length: > 0 } email)
        {
            account.BlockedEmails.Add(email);
        }

        new AssociationWriter(account, context).UnlinkAll(record.Type, record.Id);
        account.Lists.Forget(record.Type, record.Id);
        account.Store(record.Type).Remove(record, mergedInto: null);
        account.Changes.Publish(new RecordChange.Erased(record.Type, record.Id, context.Now, context.Source));
    }
}
