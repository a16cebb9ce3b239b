using HubSpotSync.FakeHubSpot.Api;
using HubSpotSync.FakeHubSpot.Routes;
using HubSpotSync.FakeHubSpot.Store;
using HubSpotSync.FakeHubSpot.Wire;
using HubSpotSync.FakeHubSpot.Writing;
using Microsoft.Extensions.Options;

namespace HubSpotSync.FakeHubSpot.Control;

/// <summary>What a person does in HubSpot's own pages: the history says CRM_UI, and stages may go back.</summary>
internal static class PersonEndpoints
{
    public static async Task<IResult> CreateAsync(HttpContext http, FakeAccounts accounts, int portalId, string type)
    {
        var (account, objectType) = Find(accounts, portalId, type);
        var input = RecordInputReader.Read((await JsonBody.ReadAsync(http.Request)).Root);
        lock (account.Gate)
        {
            var writer = new RecordWriter(account, objectType, Context(http));
            return FakeJson.Answer(201, Body(account, writer.Commit(writer.PlanCreate(input))));
        }
    }

    public static async Task<IResult> EditAsync(
        HttpContext http, FakeAccounts accounts, int portalId, string type, string id)
    {
        var (account, objectType) = Find(accounts, portalId, type);
        var input = RecordInputReader.Read((await JsonBody.ReadAsync(http.Request)).Root);
        lock (account.Gate)
        {
            var writer = new RecordWriter(account, objectType, Context(http));
            return FakeJson.Ok(
                Body(account, writer.Commit(writer.PlanUpdate(LiveRecord.Require(account, objectType, id), input))));
        }
    }

    public static IResult Archive(HttpContext http, FakeAccounts accounts, int portalId, string type, string id)
    {
        var (account, objectType) = Find(accounts, portalId, type);
        lock (account.Gate)
        {
            RecordRemoval.Archive(account, LiveRecord.Require(account, objectType, id), Context(http));
            return FakeJson.NoContent;
        }
    }

    /// <summary>Restoring exists only in HubSpot's pages; the record comes back under the same id.</summary>
    public static IResult Restore(HttpContext http, FakeAccounts accounts, int portalId, string type, string id)
    {
        var (account, objectType) = Find(accounts, portalId, type);
        lock (account.Gate)
        {
            if (RecordLookup.Find(account, objectType, null, id, followMerges: false) is not { Archived: true } record)
            {
                throw Refuse.ObjectNotFound(id);
            }

            RecordRemoval.Restore(account, record, Context(http));
            return FakeJson.Ok(Body(account, record));
        }
    }

    public static async Task<IResult> MergeAsync(HttpContext http, FakeAccounts accounts, int portalId, string type)
    {
        var (account, objectType) = Find(accounts, portalId, type);
        var body = (await JsonBody.ReadAsync(http.Request)).Root;
        lock (account.Gate)
        {
            var primary = LiveRecord.Require(account, objectType, body.Text("primaryObjectId") ?? "");
            var loser = LiveRecord.Require(account, objectType, body.Text("objectIdToMerge") ?? "");
            return FakeJson.Ok(Body(account, RecordMerge.Merge(account, primary, loser, Context(http))));
        }
    }

    public static (FakeAccount Account, ObjectType Type) Find(FakeAccounts accounts, int portalId, string type)
    {
        var account = accounts.Find(portalId) ?? throw Refuse.ResourceNotFound($"Account {portalId}");
        return ObjectTypes.TryParse(type, out var objectType)
            ? (account, objectType)
            : throw Refuse.ResourceNotFound($"Object type {type}");
    }

    private static RecordBody Body(FakeAccount account, CrmRecord record) =>
        new RecordView(account, record.Type, record.Names).Body(record);

    private static WriteContext Context(HttpContext http) => new(
        http.RequestServices.GetRequiredService<FakeClock>().Now,
        ChangeSource.Person(FakeAccount.AdminUserId),
        http.RequestServices.GetRequiredService<IOptions<FakeOptions>>().Value.EmailEndings)
    {
        AutoAssociate = http.RequestServices.GetRequiredService<FakeSettings>().AutoAssociate,
    };
}
