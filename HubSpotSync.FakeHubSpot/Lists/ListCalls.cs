using System.Globalization;
using HubSpotSync.FakeHubSpot.Api;
using HubSpotSync.FakeHubSpot.Store;

namespace HubSpotSync.FakeHubSpot.Lists;

/// <summary>What every call about one list begins with.</summary>
internal static class ListCalls
{
    public const string Read = "crm.lists.read";
    public const string Write = "crm.lists.write";

    public static bool MayRead(this ApiCall call, ObjectType type) => call.Caller.Scopes.Contains(ScopeOf(type));

    /// <summary>A list shows who is in it: whoever may not read the records may not read their lists.</summary>
    public static void RequireRecords(this ApiCall call, ObjectType type) => call.Require(ScopeOf(type));

    public static CrmList FindList(this ApiCall call, string listId, bool deleted = false)
    {
        var found = long.TryParse(listId, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? call.Account.Lists.Find(id)
            : null;
        if (found is null || found.DeletedAt is not null != deleted)
        {
            throw new RefusalException(
                404, new ErrorBody($"List does not exist with ID {listId}.", "OBJECT_NOT_FOUND")
                {
                    SubCategory = "ILS.LIST_NOT_FOUND",
                    Context = Refuse.Context("listId", listId),
                });
        }

        call.RequireRecords(found.Type);
        return found;
    }

    /// <summary>For changes: HubSpot asks for the scope to read lists besides the one to write them.</summary>
    public static CrmList FindListToChange(this ApiCall call, string listId, bool deleted = false)
    {
        call.Require(Read);
        return call.FindList(listId, deleted);
    }

    public static ObjectType ParseType(string? text) => ObjectTypes.TryParse(text, out var type)
        ? type
        : throw Refuse.Validation($"Unable to infer object type from: {text}");

    private static string ScopeOf(ObjectType type) => $"crm.objects.{type.Plural()}.read";
}
