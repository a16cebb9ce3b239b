using System.Globalization;
using HubSpotSync.FakeHubSpot.Api;
using HubSpotSync.FakeHubSpot.Wire;

namespace HubSpotSync.FakeHubSpot.Search;

internal static class SearchEndpoint
{
    public static async Task<IResult> SearchAsync(ApiCall call)
    {
        var query = SearchQuery.Read(await call.ReadWholeBodyAsync());
        var asOf = call.Clock.Now.AddMilliseconds(-call.Settings.SearchLagMs);
        lock (call.Account.Gate)
        {
            var found = new SearchIndex(call.Account, call.Type, asOf).Find(query);
            var view = new RecordView(call.Account, call.Type, query.Properties);
            var page = found.Skip(query.Offset)
                .Take(query.Limit)
                .Select(record => view.BodyAsOf(record, asOf))
                .ToList();
            var next = query.Offset + page.Count;
            var paging = next < found.Count ? Paging.To(next.ToString(CultureInfo.InvariantCulture)) : null;
            return FakeJson.Ok(new PageBody<RecordBody>(page, paging, found.Count));
        }
    }
}
