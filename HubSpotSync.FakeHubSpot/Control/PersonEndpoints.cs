using System.Text.Json;
using HubSpotSync.FakeHubSpot.Api;
using HubSpotSync.FakeHubSpot.Store;
using HubSpotSync.FakeHubSpot.Wire;
using HubSpotSync.FakeHubSpot.Writing;

namespace HubSpotSync.FakeHubSpot.Control;

internal static class PersonEndpoints
{
    public static async Task<IResult> CreateAsync(
        HttpRequest request, FakeAccounts accounts, Person person, int portalId, string type)
    {
        var (account, objectType) = Find(accounts, portalId, type);
        var body = (await JsonBody.ReadAsync(request)).Root;
        return FakeJson.Answer(
            201, Body(account, person.Create(account, objectType, RecordInputReader.Read(body), At(body))));
    }

    public static async Task<IResult> EditAsync(
        HttpRequest request, FakeAccounts accounts, Person person, int portalId, string type, string id)
    {
        var (account, objectType) = Find(accounts, portalId, type);
        var body = (await JsonBody.ReadAsync(request)).Root;
        return FakeJson.Ok(
            Body(account, person.Edit(account, objectType, id, RecordInputReader.Read(body), At(body))));
    }

    public static IResult Archive(FakeAccounts accounts, Person person, int portalId, string type, string id)
    {
        var (account, objectType) = Find(accounts, portalId, type);
        person.Archive(account, objectType, id);
        return FakeJson.NoContent;
    }

    public static IResult Restore(FakeAccounts accounts, Person person, int portalId, string type, string id)
    {
        var (account, objectType) = Find(accounts, portalId, type);
        return FakeJson.Ok(Body(account, person.Restore(account, objectType, id)));
    }

    public static IResult Erase(FakeAccounts accounts, Person person, int portalId, string type, string id)
    {
        var (account, objectType) = Find(accounts, portalId, type);
        person.Erase(account, objectType, id);
        return FakeJson.NoContent;
    }

    public static async Task<IResult> MergeAsync(
        HttpRequest request, FakeAccounts accounts, Person person, int portalId, string type)
    {
        var (account, objectType) = Find(accounts, portalId, type);
        var body = (await JsonBody.ReadAsync(request)).Root;
        var merged = person.Merge(
            account, objectType, body.Required("primaryObjectId"), body.Required("objectIdToMerge"));
        return FakeJson.Ok(Body(account, merged));
    }

    public static IResult Link(
        FakeAccounts accounts, Person person, int portalId, string type, string id, string toType, string toId)
    {
        var (account, objectType) = Find(accounts, portalId, type);
        person.Link(account, objectType, id, Find(accounts, portalId, toType).Type, toId);
        return FakeJson.NoContent;
    }

    public static IResult Unlink(
        FakeAccounts accounts, Person person, int portalId, string type, string id, string toType, string toId)
    {
        var (account, objectType) = Find(accounts, portalId, type);
        person.Unlink(account, objectType, id, Find(accounts, portalId, toType).Type, toId);
        return FakeJson.NoContent;
    }

    public static (FakeAccount Account, ObjectType Type) Find(FakeAccounts accounts, int portalId, string type)
    {
        var account = Account(accounts, portalId);
        return ObjectTypes.TryParse(type, out var objectType)
            ? (account, objectType)
            : throw Refuse.ResourceNotFound($"Object type {type}");
    }

    public static FakeAccount Account(FakeAccounts accounts, int portalId) =>
        accounts.Find(portalId) ?? throw Refuse.ResourceNotFound($"Account {portalId}");

    public static DateTimeOffset? Moment(string? text) => string.IsNullOrWhiteSpace(text)
        ? null
        : WireTime.Parse(text) ?? throw Refuse.Validation(
            $"at is '{text}'; a moment such as 2026-11-22T09:00:00.000Z is expected, or milliseconds since 1970.");

    private static DateTimeOffset? At(JsonElement body) => Moment(body.Text("at"));

    private static RecordBody Body(FakeAccount account, CrmRecord record)
    {
        lock (account.Gate)
        {
            return new RecordView(account, record.Type, record.Names).Body(record);
        }
    }
}
