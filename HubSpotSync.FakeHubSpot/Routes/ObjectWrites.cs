using HubSpotSync.FakeHubSpot.Api;
using HubSpotSync.FakeHubSpot.Store;
using HubSpotSync.FakeHubSpot.Wire;
using HubSpotSync.FakeHubSpot.Writing;

namespace HubSpotSync.FakeHubSpot.Routes;

internal static class ObjectWrites
{
    public static async Task<IResult> CreateAsync(ApiCall call)
    {
        var input = RecordInputReader.Read(await call.ReadBodyAsync());
        lock (call.Account.Gate)
        {
            var writer = call.Writer();
            var record = writer.Commit(writer.PlanCreate(input));
            call.Location(call.Address($"{call.Path}/{record.Id}"));
            return FakeJson.Answer(201, Written(call, record, input));
        }
    }

    public static async Task<IResult> UpdateAsync(ApiCall call, string id)
    {
        var input = RecordInputReader.Read(await call.ReadBodyAsync());
        lock (call.Account.Gate)
        {
            var record = RecordLookup.Find(call.Account, call.Type, call.Query("idProperty"), id, followMerges: true);
            if (record is null or { Archived: true })
            {
                throw Refuse.ObjectNotFound(id);
            }

            var writer = call.Writer();
            return FakeJson.Ok(Written(call, writer.Commit(writer.PlanUpdate(record, input)), input));
        }
    }

    public static IResult Archive(ApiCall call, string id)
    {
        lock (call.Account.Gate)
        {
            RecordRemoval.Archive(
                call.Account,
                RecordLookup.Find(call.Account, call.Type, null, id, followMerges: true),
                call.WriteContext());
            return FakeJson.NoContent;
        }
    }

    public static async Task<IResult> MergeAsync(ApiCall call)
    {
        var body = await call.ReadBodyAsync();
        lock (call.Account.Gate)
        {
            var merged = RecordMerge.Merge(
                call.Account, Live("primaryObjectId"), Live("objectIdToMerge"), call.WriteContext());
            return FakeJson.Ok(new RecordView(call.Account, call.Type, []).Body(merged));
        }

        CrmRecord Live(string field)
        {
            var id = body.Text(field) ?? throw Refuse.Validation($"Invalid input JSON: {field} is missing.");
            return RecordLookup.Find(
                call.Account, call.Type, null, id, followMerges: true) is { Archived: false } record
                ? record
                : throw Refuse.ObjectNotFound(id);
        }
    }

    public static async Task<IResult> DeleteForPrivacyAsync(ApiCall call)
    {
        var body = await call.ReadBodyAsync();
        var id = body.Text("objectId") ?? throw Refuse.Validation("Invalid input JSON: objectId is missing.");
        lock (call.Account.Gate)
        {
            var idProperty = body.Text("idProperty");
            var record = RecordLookup.Find(call.Account, call.Type, idProperty, id, followMerges: true);
            if (record is not null)
            {
                RecordRemoval.Erase(call.Account, record, call.WriteContext());
            }
            else if (idProperty == "email")
            {
                call.Account.BlockedEmails.Add(id);
            }

            return FakeJson.NoContent;
        }
    }

    public static RecordBody Written(ApiCall call, CrmRecord record, RecordInput input) =>
        new RecordView(call.Account, call.Type, [.. DefaultNames(call), .. input.Properties.Keys]).Body(record) with
        {
            ObjectWriteTraceId = input.TraceId,
        };

    public static AssociationWriter Links(this ApiCall call) => new(call.Account, call.WriteContext());

    public static RecordWriter Writer(this ApiCall call) => new(call.Account, call.Type, call.WriteContext());

    public static WriteContext WriteContext(this ApiCall call) =>
        new(call.Clock.Now, call.Source, call.Options.EmailEndings)
        {
            HeldToForms = call.IsNewest,
            AutoAssociate = call.Settings.AutoAssociate,
        };

    private static IReadOnlyList<string> DefaultNames(ApiCall call) => Schema.DefaultProperties.SentUnasked(call.Type);
}
