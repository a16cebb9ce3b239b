using System.Globalization;
using HubSpotSync.FakeHubSpot.Api;
using HubSpotSync.FakeHubSpot.Store;

namespace HubSpotSync.FakeHubSpot.Routes;

/// <summary>Finding a record by id or by a unique property, archived or not.</summary>
internal static class RecordLookup
{
    public static CrmRecord? Find(
        FakeAccount account, ObjectType type, string? idProperty, string id, bool followMerges)
    {
        var store = account.Store(type);
        if (idProperty is null or "hs_object_id")
        {
            return long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? followMerges ? store.Resolve(number) : store.Find(number)
                : null;
        }

        RequireUnique(account, type, idProperty);
        var found = store.Unique.HolderOf(idProperty, id) is { } holder ? store.Find(holder) : null;

        // A secondary address is taken but does not name the contact here: not confirmed, so the stricter way.
        return idProperty == "email" && !string.Equals(found?.Value("email"), id, StringComparison.OrdinalIgnoreCase)
            ? null
            : found;
    }

    public static void RequireUnique(FakeAccount account, ObjectType type, string idProperty)
    {
        if (account.Schema(type).Find(idProperty) is not { HasUniqueValue: true })
        {
            throw Refuse.Validation(
                $"Property '{idProperty}' is not a unique property and cannot be used as idProperty.");
        }
    }
}
