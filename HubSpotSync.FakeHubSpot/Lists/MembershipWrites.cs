using System.Globalization;
using System.Text.Json;
using HubSpotSync.FakeHubSpot.Api;

namespace HubSpotSync.FakeHubSpot.Lists;

/// <summary>Only manual and snapshot lists take members from outside.</summary>
internal static class MembershipWrites
{
    private const int MostRecords = 100_000;

    public static async Task<IResult> AddAsync(ApiCall call, string listId) =>
        Change(call, listId, Ids(await call.ReadBodyAsync()), []);

    public static async Task<IResult> RemoveAsync(ApiCall call, string listId) =>
        Change(call, listId, [], Ids(await call.ReadBodyAsync()));

    public static async Task<IResult> ChangeAsync(ApiCall call, string listId)
    {
        var body = await call.ReadBodyAsync();
        var (add, remove) = (body.Child("recordIdsToAdd"), body.Child("recordIdsToRemove"));
        if (call.IsNewest && (add is null || remove is null))
        {
            throw JsonFields.Missing(add is null ? "recordIdsToAdd" : "recordIdsToRemove");
        }

        return Change(call, listId, add is { } adding ? Ids(adding) : [], remove is { } removing ? Ids(removing) : []);
    }

    public static IResult AddFrom(ApiCall call, string listId, string sourceListId)
    {
        lock (call.Account.Gate)
        {
            var (list, source) = (Writable(call, listId), call.FindList(sourceListId));
            if (list.Id == source.Id || list.Type != source.Type)
            {
                throw Refuse.Validation("The source must be another list of the same type of records.");
            }

            var members = Membership.Of(call.Account, source, call.Clock.Now);
            RefuseTooMany(members.Count);
            foreach (var id in members.Keys)
            {
                Add(call, list, id);
            }

            return FakeJson.NoContent;
        }
    }

    public static IResult Clear(ApiCall call, string listId)
    {
        lock (call.Account.Gate)
        {
            var members = call.Account.Lists.Members(Writable(call, listId).Id);
            RefuseTooMany(members.Count);
            members.Clear();
            return FakeJson.NoContent;
        }
    }

    private static IResult Change(
        ApiCall call, string listId, IReadOnlyList<string> add, IReadOnlyList<string> remove)
    {
        lock (call.Account.Gate)
        {
            var list = Writable(call, listId);
            var (toAdd, toRemove) = (Known(call, list, add), Known(call, list, remove));
            var members = call.Account.Lists.Members(list.Id);
            var added = toAdd.Where(pair => pair.Id is { } id && Add(call, list, id)).ToList();
            var removed = toRemove.Where(pair => pair.Id is { } id && members.Remove(id)).ToList();
            return FakeJson.Ok(new
            {
                recordsIdsAdded = added.Select(pair => pair.Text).ToList(),
                recordIdsRemoved = removed.Select(pair => pair.Text).ToList(),
                recordIdsMissing = toAdd.Concat(toRemove).Where(pair => pair.Id is null)
                    .Select(pair => pair.Text).Distinct().ToList(),
            });
        }
    }

    private static bool Add(ApiCall call, CrmList list, long id) =>
        call.Account.Lists.Members(list.Id).TryAdd(id, new ListMember(id, call.Clock.Now, call.Clock.Now));

    private static CrmList Writable(ApiCall call, string listId)
    {
        var list = call.FindListToChange(listId);
        return list.IsDynamic
            ? throw Refuse.Validation(
                $"List {listId} is DYNAMIC: only the members of MANUAL and SNAPSHOT lists can be changed.",
                "ILS.INVALID_PROCESSING_TYPE")
            : list;
    }

    /// <summary>
    /// The id of a merged record leads to what it became; what is archived or was never there leads nowhere.
    /// </summary>
    private static List<(string Text, long? Id)> Known(ApiCall call, CrmList list, IReadOnlyList<string> texts) =>
    [
        .. texts.Distinct().Select(text => (
            text,
            long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                && call.Account.Store(list.Type).Resolve(id) is { Archived: false } record
                ? record.Id
                : (long?)null)),
    ];

    private static IReadOnlyList<string> Ids(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Array)
        {
            throw Refuse.Validation("Invalid input JSON on line 1, column 1: an array of record ids is expected.");
        }

        RefuseTooMany(body.GetArrayLength());
        return [.. body.EnumerateArray().Select(item => item.AsText()).OfType<string>()];
    }

    private static void RefuseTooMany(int count)
    {
        if (count >= MostRecords)
        {
            throw Refuse.Validation($"This works for fewer than {MostRecords} records.");
        }
    }
}
