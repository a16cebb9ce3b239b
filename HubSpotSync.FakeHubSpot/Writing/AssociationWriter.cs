using HubSpotSync.FakeHubSpot.Changes;
using HubSpotSync.FakeHubSpot.Store;

namespace HubSpotSync.FakeHubSpot.Writing;

/// <summary>
/// The one way to change links after seeding: the store itself does not know who changes it, so it cannot tell the
/// account's feed. Use it under the account's gate.
/// </summary>
internal sealed class AssociationWriter(FakeAccount account, WriteContext context)
{
    public void Link(AssociationKind kind, long fromId, long toId) => Tell(store => store.Link(kind, fromId, toId));

    public void Unlink(ObjectType from, long fromId, ObjectType to, long toId) =>
        Tell(store => store.Unlink(from, fromId, to, toId));

    public void UnlinkLabel(AssociationKind kind, long fromId, long toId) =>
        Tell(store => store.UnlinkLabel(kind, fromId, toId));

    /// <summary>A label that is given up leaves the links it was on.</summary>
    public void Forget(AssociationKind kind) => Tell(store => store.Forget(kind));

    public void UnlinkAll(ObjectType type, long id) => Tell(store => store.UnlinkAll(type, id));

    public void Move(ObjectType type, long oldId, long newId) => Tell(store => store.Move(type, oldId, newId));

    private void Tell(Action<AssociationStore> change)
    {
        account.Associations.Changed = Publish;
        try
        {
            change(account.Associations);
        }
        finally
        {
            account.Associations.Changed = null;
        }
    }

    private void Publish(AssociationKind kind, long fromId, long toId, bool removed) => account.Changes.Publish(
        new RecordChange.LinkChanged(fromId, context.Now, context.Source, kind, toId, removed));
}
