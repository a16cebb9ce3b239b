using HubSpotSync.FakeHubSpot.Api;

namespace HubSpotSync.FakeHubSpot.Lists;

internal static class ListReads
{
    /// <summary>Ids that lead nowhere are left out.</summary>
    public static IResult Many(ApiCall call)
    {
        var (ids, filters) = (call.Names("listIds"), call.ReadFlag("includeFilters") == true);
        lock (call.Account.Gate)
        {
            var found = call.Account.Lists.Active.Where(list => call.MayRead(list.Type))
                .Select(list => ListBody.Of(call, list, filters)).Where(body => ids.Contains(body.ListId));
            return FakeJson.Ok(new { lists = found.ToList() });
        }
    }

    public static IResult One(ApiCall call, string listId)
    {
        var filters = call.ReadFlag("includeFilters") == true;
        lock (call.Account.Gate)
        {
            return FakeJson.Ok(new { list = ListBody.Of(call, call.FindList(listId), filters) });
        }
    }

    public static IResult Named(ApiCall call, string name)
    {
        var filters = call.ReadFlag("includeFilters") == true;
        call.RequireRecords(call.Type);
        lock (call.Account.Gate)
        {
            var found = call.Account.Lists.Active.FirstOrDefault(list => list.Type == call.Type && list.Name == name);
            return found is { } list
                ? FakeJson.Ok(new { list = ListBody.Of(call, list, filters) })
                : throw Refuse.ResourceNotFound($"List with name {name}");
        }
    }
}
