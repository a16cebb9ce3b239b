using System.Globalization;
using HubSpotSync.FakeHubSpot.Api;
using HubSpotSync.FakeHubSpot.Store;
using HubSpotSync.FakeHubSpot.Wire;

namespace HubSpotSync.FakeHubSpot.Lists;

internal static class MembershipReads
{
    private const int UnaskedLimit = 100;
    private const int MostOnAPage = 250;
    private const int MostRecords = 100;

    public static IResult ById(ApiCall call, string listId) =>
        Page(call, listId, member => (member.RecordId, 0));

    public static IResult ByJoining(ApiCall call, string listId) =>
        Page(call, listId, member => (member.LastAddedAt.ToUnixTimeMilliseconds(), member.RecordId));

    public static IResult OfRecord(ApiCall call, string recordId)
    {
        call.RequireRecords(call.Type);
        lock (call.Account.Gate)
        {
            var found = Of(call, call.Type, ReadId(recordId) ?? 0);
            return FakeJson.Ok(new PageBody<object>(found, Total: found.Count));
        }
    }

    public static async Task<IResult> OfRecordsAsync(ApiCall call)
    {
        var inputs = (await call.ReadBodyAsync()).Inputs(MostRecords)
            .Select(input => (
                Type: ListCalls.ParseType(input.Required("objectTypeId")), RecordId: input.Required("recordId")))
            .ToList();
        inputs.ForEach(input => call.RequireRecords(input.Type));
        lock (call.Account.Gate)
        {
            var known = inputs.ToLookup(
                input => call.Account.Store(input.Type).Find(ReadId(input.RecordId) ?? 0) is { Archived: false });
            var missing = known[false].Select(input => input.RecordId).ToList();
            return BatchBody<object>.Answer(
                call.Clock.Now,
                [
                    .. known[true].Select(input => new
                    {
                        objectTypeId = input.Type.TypeId(),
                        recordId = input.RecordId,
                        recordListMemberships = Of(call, input.Type, ReadId(input.RecordId) ?? 0),
                    }),
                ],
                missing.Count == 0 ? [] : [Refuse.NotFound(missing)]);
        }
    }

    private static IReadOnlyList<object> Of(ApiCall call, ObjectType type, long recordId) =>
    [
        .. from list in call.Account.Lists.Active
        where list.Type == type
        let member = Membership.Of(call.Account, list, call.Clock.Now).GetValueOrDefault(recordId)
        where member is not null
        select new
        {
            listId = new ListBody(list).ListId,
            listVersion = list.Version,
            firstAddedTimestamp = WireTime.Format(member.FirstAddedAt),
            lastAddedTimestamp = WireTime.Format(member.LastAddedAt),
        },
    ];

    /// <summary>Forward after a token, or backward before one; with both, forward wins.</summary>
    private static IResult Page(ApiCall call, string listId, Func<ListMember, (long, long)> key)
    {
        var limit = call.Limit(UnaskedLimit, MostOnAPage);
        var (after, before) = (ReadToken(call, "after"), ReadToken(call, "before"));
        var backward = after is null && before is not null;
        lock (call.Account.Gate)
        {
            var members = Membership.Of(call.Account, call.FindList(listId), call.Clock.Now);
            var ordered = backward
                ? members.Values.OrderByDescending(key).SkipWhile(member => key(member).CompareTo(before!.Value) >= 0)
                : members.Values.OrderBy(key)
                    .SkipWhile(member => after is { } start && key(member).CompareTo(start) <= 0);
            var found = ordered.Take(limit + 1).ToList();
            var page = found.Take(limit).ToList();
            var more = found.Count > limit ? Token(key(page[^1])) : null;
            return FakeJson.Ok(new
            {
                results = page.Select(Body).ToList(),
                total = members.Count,
                paging = more is null ? null : Further(call, more, backward),
            });
        }
    }

    private static object Body(ListMember member) => new
    {
        recordId = member.RecordId.ToString(CultureInfo.InvariantCulture),
        membershipTimestamp = WireTime.Format(member.LastAddedAt),
    };

    private static object Further(ApiCall call, string token, bool backward) => backward
        ? new { prev = new { before = token, link = call.Address($"{call.Path}?before={token}") } }
        : Paging.To(token, call.Address($"{call.Path}?after={token}"));

    private static string Token((long, long) key) =>
        string.Create(CultureInfo.InvariantCulture, $"{key.Item1}-{key.Item2}");

    private static (long, long)? ReadToken(ApiCall call, string name)
    {
        if (call.Query(name) is not { Length: > 0 } text)
        {
            return null;
        }

        var parts = text.Split('-');
        return parts.Length == 2 && ReadId(parts[0]) is { } first && ReadId(parts[1]) is { } second
            ? (first, second)
            : throw Refuse.Validation($"Invalid {name}: {text}");
    }

    private static long? ReadId(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
}
