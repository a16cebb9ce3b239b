using HubSpotSync.FakeHubSpot.Api;
using HubSpotSync.FakeHubSpot.Wire;

namespace HubSpotSync.FakeHubSpot.Routes;

internal static class BatchReads
{
    public const int MostInputs = 100;
    private const int MostWithHistory = 50;

    public static async Task<IResult> ReadAsync(ApiCall call)
    {
        var body = await call.ReadBodyAsync();
        var history = body.Texts("propertiesWithHistory");
        var ids = body.Inputs(history.Count > 0 ? MostWithHistory : MostInputs)
            .Select(input => input.Text("id") ?? "")
            .Distinct()
            .ToList();
        var view = new RecordView(call.Account, call.Type, body.Texts("properties")) { HistoryOf = history };
        var idProperty = body.Text("idProperty");
        var archived = call.Flag("archived");
        lock (call.Account.Gate)
        {
            // Old ids of merged records are followed by single reads only: it is not confirmed for batches,
            // so this is the stricter way.
            var found = ids.Select(
                id => (Id: id, Record: RecordLookup.Find(call.Account, call.Type, idProperty, id, followMerges: false)))
                .ToLookup(pair => pair.Record is { } record && record.Archived == archived);
            var missing = found[false].Select(pair => pair.Id).ToList();
            return BatchBody<RecordBody>.Answer(
                call.Clock.Now,
                [.. found[true].Select(pair => view.Body(pair.Record!))], // the lookup's key says it is there
                missing.Count == 0 ? [] : [Refuse.NotFound(missing)]);
        }
    }
}
