using System.Text.Json;
using HubSpotSync.FakeHubSpot.Api;
using HubSpotSync.FakeHubSpot.OAuth;
using HubSpotSync.FakeHubSpot.Seeding;
using HubSpotSync.FakeHubSpot.Store;

namespace HubSpotSync.FakeHubSpot.Control;

/// <summary>Accounts that come and go while the fake runs, and what one of them was like at a moment.</summary>
internal static class AccountEndpoints
{
    private const int FirstUnasked = 200_001;

    public static IResult List(FakeAccounts accounts, Installations installations) => FakeJson.Ok(new
    {
        results = accounts.All.Select(
            account => AccountSummary.Of(account, installations.ActiveIn(account.PortalId))),
    });

    public static async Task<IResult> AddAsync(
        HttpRequest request, FakeAccounts accounts, Installations installations)
    {
        var body = (await JsonBody.ReadAsync(request)).Root;
        var portalId = body.Whole("portalId") ?? Free(accounts);
        var contacts = Count(body, "contacts") ?? 0;
        var account = new FakeAccount(portalId, body.Text("name") ?? $"Account {portalId}")
        {
            Currency = body.Text("currency") ?? "EUR",
            TimeZone = Zone(body.Text("timeZone") ?? "Europe/Berlin"),
        };
        var usual = SeedSize.InProportion(contacts);
        var size = new SeedSize(
            contacts, Count(body, "companies") ?? usual.Companies, Count(body, "deals") ?? usual.Deals);
        if (portalId < 1)
        {
            throw Refuse.Validation("portalId must be at least 1.");
        }

        return accounts.TryAdd(account, size, body.Whole("seed") ?? portalId)
            ? FakeJson.Answer(201, AccountSummary.Of(account, installations.ActiveIn(portalId)))
            : throw Taken($"Account {portalId} is there already.");
    }

    public static IResult Remove(int portalId, FakeAccounts accounts, Installations installations)
    {
        PersonEndpoints.Account(accounts, portalId);
        if (!accounts.TryRemove(portalId))
        {
            throw Refuse.Validation("The last account cannot be removed.");
        }

        installations.Uninstall(portalId);
        return FakeJson.NoContent;
    }

    public static IResult Snapshots(int portalId, FakeAccounts accounts) => FakeJson.Ok(new
    {
        results = accounts.SnapshotsOf(PersonEndpoints.Account(accounts, portalId).PortalId),
    });

    public static IResult Keep(int portalId, string name, FakeAccounts accounts)
    {
        accounts.Keep(PersonEndpoints.Account(accounts, portalId), name);
        return FakeJson.NoContent;
    }

    public static IResult Restore(int portalId, string name, FakeAccounts accounts) =>
        accounts.TryRestore(portalId, name) ? FakeJson.NoContent : throw Unknown(name);

    public static IResult Forget(int portalId, string name, FakeAccounts accounts) =>
        accounts.Forget(portalId, name) ? FakeJson.NoContent : throw Unknown(name);

    private static int Free(FakeAccounts accounts) =>
        Enumerable.Range(FirstUnasked, int.MaxValue - FirstUnasked).First(id => accounts.Find(id) is null);

    private static int? Count(JsonElement body, string name) => body.Whole(name) switch
    {
        < 0 or > FakeOptionsValidation.MostRecords =>
            throw Refuse.Validation($"{name} must be from 0 to {FakeOptionsValidation.MostRecords}."),
        var count => count,
    };

    private static string Zone(string name) => TimeZoneInfo.TryFindSystemTimeZoneById(name, out _)
        ? name
        : throw Refuse.Validation($"timeZone '{name}' is unknown; an IANA name such as Europe/Berlin is expected.");

    private static RefusalException Taken(string message) => new(409, new ErrorBody(message, "CONFLICT"));

    private static RefusalException Unknown(string name) => Refuse.ResourceNotFound($"Snapshot {name}");
}
