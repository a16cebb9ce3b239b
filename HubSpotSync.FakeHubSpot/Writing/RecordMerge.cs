using System.Globalization;
using HubSpotSync.FakeHubSpot.Api;
using HubSpotSync.FakeHubSpot.Changes;
using HubSpotSync.FakeHubSpot.Store;

namespace HubSpotSync.FakeHubSpot.Writing;

/// <summary>
/// Since January 2025 a merge makes a new record with a new id; both old ids lead to it on a single read. The
/// primary's values win.
/// </summary>
internal static class RecordMerge
{
    public static CrmRecord Merge(FakeAccount account, CrmRecord primary, CrmRecord loser, WriteContext context)
    {
        if (primary == loser)
        {
            throw Refuse.Validation("A record cannot be merged with itself.");
        }

        var store = account.Store(primary.Type);
        var schema = account.Schema(primary.Type);
        var merged = store.Add(context.Now, context.Source);
        foreach (var property in schema.Active.Where(property => !property.ReadOnlyValue))
        {
            if (First(primary, loser, property.Name) is { } value)
            {
                merged.Write(property.Name, value, context.Now, context.Source);
            }
        }

        merged.Write("hs_merged_object_ids", MergedIds(primary, loser), context.Now, context.Source);
        merged.Write("hs_additional_emails", MergedAddresses(merged, primary, loser), context.Now, context.Source);
        Tell(account, primary, loser, merged, context);
        var links = new AssociationWriter(account, context);
        links.Move(primary.Type, primary.Id, merged.Id);
        links.Move(loser.Type, loser.Id, merged.Id);
        account.Lists.Move(primary.Type, primary.Id, merged.Id);
        account.Lists.Move(loser.Type, loser.Id, merged.Id);
        store.Remove(primary, merged.Id);
        store.Remove(loser, merged.Id);
        merged.Touch(context.Now);
        RecordWriter.Index(store, schema, merged);
        return merged;
    }

    /// <summary>Against the primary: what its record says now that it did not say before.</summary>
    private static void Tell(
        FakeAccount account, CrmRecord primary, CrmRecord loser, CrmRecord merged, WriteContext context)
    {
        var moved = account.Schema(primary.Type).Active
            .Where(property => !property.ReadOnlyValue && !property.Calculated)
            .Select(property => property.Name)
            .Where(name => string.IsNullOrEmpty(primary.Value(name)) && !string.IsNullOrEmpty(loser.Value(name)))
            .ToList();
        account.Changes.Publish(
            new RecordChange.Merged(
                merged.Type, merged.Id, context.Now, context.Source, primary.Id, [loser.Id], moved.Count));
        foreach (var name in moved.Union(["hs_merged_object_ids", "hs_additional_emails"]))
        {
            RecordWriter.Tell(account, merged, name, primary.Value(name), context);
        }
    }

    private static string? First(CrmRecord primary, CrmRecord loser, string property) =>
        string.IsNullOrEmpty(primary.Value(property)) ? loser.Value(property) : primary.Value(property);

    private static string MergedIds(CrmRecord primary, CrmRecord loser)
    {
        string?[] ids =
        [
            primary.Value("hs_merged_object_ids"), loser.Value("hs_merged_object_ids"),
            primary.Id.ToString(CultureInfo.InvariantCulture), loser.Id.ToString(CultureInfo.InvariantCulture),
        ];
        return string.Join(';', ids.Where(id => !string.IsNullOrEmpty(id)));
    }

    private static string MergedAddresses(CrmRecord merged, CrmRecord primary, CrmRecord loser)
    {
        string?[] addresses =
            [primary.Value("hs_additional_emails"), loser.Value("hs_additional_emails"), loser.Value("email")];
        return string.Join(
            ';',
            addresses.SelectMany(address => (address ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries))
                .Distinct()
                .Where(address => address != merged.Value("email")));
    }
}
