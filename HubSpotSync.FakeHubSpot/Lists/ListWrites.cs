using System.Globalization;
using System.Text.Json;
using HubSpotSync.FakeHubSpot.Api;

namespace HubSpotSync.FakeHubSpot.Lists;

internal static class ListWrites
{
    private const int LongestName = 200;
    private const int DaysToRestore = 90;

    public static async Task<IResult> CreateAsync(ApiCall call)
    {
        var body = await call.ReadBodyAsync();
        var kind = body.Required("processingType");
        body.OneOf("processingType", CrmList.ProcessingTypes);
        var type = ListCalls.ParseType(body.Required("objectTypeId"));
        var branch = ReadBranch(body, kind);
        call.RequireRecords(type);
        lock (call.Account.Gate)
        {
            var name = FreeName(call, body.Required("name"), null);
            var list = new CrmList(call.Account.Lists.NextId(), name, type, kind, call.Clock.Now)
            {
                FilterBranch = branch,
            };
            new ListFilter(call.Account, call.Clock.Now).Compile(list);
            call.Account.Lists.Put(list);
            if (kind == CrmList.Snapshot)
            {
                Membership.Fill(call.Account, list, call.Account.Lists.Members(list.Id), call.Clock.Now);
            }

            return FakeJson.Ok(new { list = ListBody.Of(call, list, filters: true) });
        }
    }

    public static IResult Delete(ApiCall call, string listId)
    {
        lock (call.Account.Gate)
        {
            var list = call.FindListToChange(listId);
            if (call.Account.Lists.Active.Any(
                other => other is { FilterBranch: { } branch } && FilterProperties.ListsIn(branch).Contains(listId)))
            {
                throw Refuse.Validation($"List {listId} is used by the filters of another list.", "ILS.LIST_IN_USE");
            }

            call.Account.Lists.Put(list with { DeletedAt = call.Clock.Now });
            return FakeJson.NoContent;
        }
    }

    public static IResult Restore(ApiCall call, string listId)
    {
        lock (call.Account.Gate)
        {
            var list = call.FindListToChange(listId, deleted: true);
            if (list.DeletedAt < call.Clock.Now.AddDays(-DaysToRestore))
            {
                throw Refuse.Validation($"Lists can be restored for {DaysToRestore} days.");
            }

            FreeName(call, list.Name, list.Id);
            call.Account.Lists.Put(list with { DeletedAt = null, UpdatedAt = call.Clock.Now });
            return FakeJson.NoContent;
        }
    }

    public static IResult Rename(ApiCall call, string listId)
    {
        var filters = call.ReadFlag("includeFilters") == true;
        lock (call.Account.Gate)
        {
            var list = call.FindListToChange(listId);
            var name = FreeName(call, call.Query("listName") ?? "", list.Id);
            return Updated(call, list with { Name = name }, filters);
        }
    }

    public static async Task<IResult> ChangeFiltersAsync(ApiCall call, string listId)
    {
        var body = await call.ReadBodyAsync();
        lock (call.Account.Gate)
        {
            var list = call.FindListToChange(listId);
            if (!list.IsDynamic)
            {
                throw Refuse.Validation(
                    $"The filters of a {list.ProcessingType} list cannot be changed.", "ILS.INVALID_PROCESSING_TYPE");
            }

            var changed = list with
            {
                FilterBranch = ReadBranch(body, list.ProcessingType),
                FiltersUpdatedAt = call.Clock.Now,
            };
            new ListFilter(call.Account, call.Clock.Now).Compile(changed);
            return Updated(call, changed, filters: true);
        }
    }

    private static IResult Updated(ApiCall call, CrmList list, bool filters)
    {
        var updated = list with { Version = list.Version + 1, UpdatedAt = call.Clock.Now };
        call.Account.Lists.Put(updated);
        return FakeJson.Ok(new { updatedList = ListBody.Of(call, updated, filters) });
    }

    private static JsonElement? ReadBranch(JsonElement body, string kind)
    {
        var branch = body.Child("filterBranch");
        if (branch is { } root)
        {
            ListFilter.CheckShape(root);
        }

        return (kind, branch) switch
        {
            (CrmList.Manual, not null) => throw Refuse.Validation(
                "A MANUAL list takes no filterBranch.", "ILS.INVALID_PROCESSING_TYPE"),
            (CrmList.Manual, null) => null,
            (_, null) => throw JsonFields.Missing("filterBranch"),
            _ => branch,
        };
    }

    /// <summary>Names are unique in an account, whatever the lists hold.</summary>
    private static string FreeName(ApiCall call, string name, long? self)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Length > LongestName)
        {
            throw Refuse.Validation($"A list needs a name of at most {LongestName} characters.");
        }

        var taken = call.Account.Lists.Active.FirstOrDefault(
            list => list.Id != self && list.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        return taken is null
            ? name
            : throw Refuse.Validation(
                string.Create(CultureInfo.InvariantCulture, $"List {taken.Id} has the name {name} already."),
                "ILS.DUPLICATE_LIST_NAMES");
    }
}
