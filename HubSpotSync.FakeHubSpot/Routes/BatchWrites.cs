using HubSpotSync.FakeHubSpot.Api;
using HubSpotSync.FakeHubSpot.Store;
using HubSpotSync.FakeHubSpot.Writing;

namespace HubSpotSync.FakeHubSpot.Routes;

internal static class BatchWrites
{
    public static async Task<IResult> CreateAsync(ApiCall call)
    {
        var inputs = await ReadAsync(call);
        lock (call.Account.Gate)
        {
            return new WriteBatch(call, inputs).Run(201, (writer, input) => writer.PlanCreate(input));
        }
    }

    public static async Task<IResult> UpdateAsync(ApiCall call)
    {
        var inputs = await ReadAsync(call);
        RefuseRepeatedIds(inputs);
        lock (call.Account.Gate)
        {
            return new WriteBatch(call, inputs).Run(200, (writer, input) => PlanUpdate(call, writer, input));
        }
    }

    public static async Task<IResult> UpsertAsync(ApiCall call)
    {
        var inputs = await ReadAsync(call);
        RefuseRepeatedIds(inputs);
        lock (call.Account.Gate)
        {
            return new WriteBatch(call, inputs)
            {
                SaysNew = true,
                NeverPartial = inputs.Any(input => input.IdProperty == "email"),
            }.Run(200, (writer, input) => Upserts.Plan(call, writer, input));
        }
    }

    public static async Task<IResult> ArchiveAsync(ApiCall call)
    {
        var body = await call.ReadBodyAsync();
        var ids = body.Inputs(BatchReads.MostInputs).Select(input => input.Text("id") ?? "").ToList();
        lock (call.Account.Gate)
        {
            foreach (var id in ids)
            {
                RecordRemoval.Archive(
                    call.Account,
                    RecordLookup.Find(call.Account, call.Type, null, id, followMerges: false),
                    call.WriteContext());
            }

            return FakeJson.NoContent;
        }
    }

    private static PlannedWrite? PlanUpdate(ApiCall call, RecordWriter writer, RecordInput input)
    {
        var id = input.Id ?? throw Refuse.Validation("Invalid input JSON: id is missing.");
        var record = RecordLookup.Find(call.Account, call.Type, input.IdProperty, id, followMerges: false);
        if (record is { Archived: false })
        {
            return writer.PlanUpdate(record, input);
        }

        // Seen by others: the old id of a merged record is left out of the answer without an error.
        var merged = record is null
            ? RecordLookup.Find(call.Account, call.Type, input.IdProperty, id, followMerges: true)
            : null;
        return merged is { Archived: false } ? null : throw Refuse.ObjectNotFound(id);
    }

    private static async Task<IReadOnlyList<RecordInput>> ReadAsync(ApiCall call) =>
        [.. (await call.ReadBodyAsync()).Inputs(BatchReads.MostInputs).Select(RecordInputReader.Read)];

    private static void RefuseRepeatedIds(IReadOnlyList<RecordInput> inputs)
    {
        var repeated = inputs.GroupBy(input => (input.IdProperty, input.Id))
            .Where(group => group.Count() > 1)
            .Select(group => group.Key.Id ?? "")
            .ToList();
        if (repeated.Count > 0)
        {
            throw Refuse.DuplicateIds(repeated);
        }
    }
}
