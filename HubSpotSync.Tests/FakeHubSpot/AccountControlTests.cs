using System.Text.Json;
using HubSpotSync.FakeHubSpot.Store;
using HubSpotSync.Tests.Infrastructure;
using static HubSpotSync.Tests.FakeHubSpot.Sample;

namespace HubSpotSync.Tests.FakeHubSpot;

/// <summary>Accounts that come and go, snapshots, bursts, and what happens to an app's access.</summary>
public sealed class AccountControlTests : IAsyncLifetime
{
    private const string Account = "/_fake/accounts/12345";
    private const string People = $"{Account}/objects/contacts";
    private FakeHubSpotHost _host = null!; // xunit initialises it before the test
    private HubSpotCaller _control = null!; // as above

    public async ValueTask InitializeAsync()
    {
        _host = await FakeHubSpotHost.StartAsync(TestContext.Current.CancellationToken);
        _control = _host.Anonymous();
    }

    public async ValueTask DisposeAsync()
    {
        _control.Dispose();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task A_restored_account_holds_exactly_what_it_held()
    {
        using var caller = _host.Connect();
        var before = await DumpAsync();
        await _control.PutAsync($"{Account}/snapshots/before", new { });

        await CreateAsync(_control, People, With(("email", Email())));
        var first = _host.Accounts.Main.Store(ObjectType.Contact).Records.First(record => !record.Archived);
        await _control.PatchAsync($"{People}/{first.Id}", With(("city", "Elsewhere")));
        await caller.PostAsync("/crm/v3/properties/contacts", new
        {
            name = "shoe_size", label = "Shoe size", type = "number", fieldType = "number",
            groupName = "contactinformation",
        });
        await _control.PostAsync($"{People}/{first.Id}/erase", new { });
        var restored = await _control.PostAsync($"{Account}/snapshots/before/restore", new { });

        Assert.Equal(204, restored.Status);
        Assert.Equal(before, await DumpAsync());
        Assert.Equal(404, (await caller.GetAsync("/crm/v3/properties/contacts/shoe_size")).Status);
        Assert.Equal(200, (await caller.GetAsync($"{Contacts}/{first.Id}")).Status);
        var again = await _control.PatchAsync($"{People}/{first.Id}", With(("email", first.Value("email")!)));
        Assert.Equal(200, again.Status);
    }

    [Fact]
    public async Task A_snapshot_is_not_touched_by_what_happens_after_a_restore()
    {
        var before = await DumpAsync();
        await _control.PutAsync($"{Account}/snapshots/s", new { });
        for (var round = 0; round < 2; round++)
        {
            await _control.PostAsync($"{People}/burst", new { count = 20, edit = true });
            await _control.PostAsync($"{Account}/snapshots/s/restore", new { });
            Assert.Equal(before, await DumpAsync());
        }

        Assert.Equal("s", (await _control.GetAsync($"{Account}/snapshots")).At("results.0"));
        Assert.Equal(204, (await _control.DeleteAsync($"{Account}/snapshots/s")).Status);
        Assert.Equal(404, (await _control.PostAsync($"{Account}/snapshots/s/restore", new { })).Status);
    }

    [Fact]
    public async Task Accounts_come_and_go()
    {
        var added = await _control.PostAsync("/_fake/accounts", new { portalId = 777, name = "Third", contacts = 40 });
        var taken = await _control.PostAsync("/_fake/accounts", new { portalId = 777 });
        var wrong = await _control.PostAsync("/_fake/accounts", new { timeZone = "Mars/Base" });
        var third = _host.Accounts.Find(777)!; // asserted below
        using var caller = _host.Connect(third);
        var page = await caller.GetAsync($"{Contacts}?limit=100");
        var removed = await _control.DeleteAsync("/_fake/accounts/777");

        Assert.Equal((201, "Third", 409, 400), (added.Status, added.At("name"), taken.Status, wrong.Status));
        Assert.InRange(page.Results.Count, 35, 40);
        Assert.Equal(204, removed.Status);
        Assert.Equal("INVALID_AUTHENTICATION", (await caller.GetAsync(Contacts)).At("category"));
    }

    [Fact]
    public async Task As_many_accounts_as_told_from_the_start()
    {
        await using var host = await FakeHubSpotHost.StartAsync(
            TestContext.Current.CancellationToken, ["--Fake:Accounts=5", "--Fake:SmallContacts=12"]);

        Assert.Equal([12345, 67890, 67891, 67892, 67893], host.Accounts.All.Select(account => account.PortalId));
        Assert.All(host.Accounts.All.Skip(1), one => Assert.Equal(12, one.Store(ObjectType.Contact).Records.Count));
    }

    [Theory]
    [InlineData("contacts")]
    [InlineData("companies")]
    [InlineData("deals")]
    public async Task A_burst_makes_or_edits_as_many_as_told(string type)
    {
        var store = _host.Accounts.Main.Store(type switch
        {
            "contacts" => ObjectType.Contact,
            "companies" => ObjectType.Company,
            _ => ObjectType.Deal,
        });
        var before = store.Records.Count;

        var made = await _control.PostAsync($"{Account}/objects/{type}/burst", new { count = 30 });
        var edited = await _control.PostAsync($"{Account}/objects/{type}/burst", new { count = 10, edit = true });
        var wrong = await _control.PostAsync($"{Account}/objects/{type}/burst", new { count = 0 });

        Assert.Equal(("30", "10", 400), (made.At("count"), edited.At("count"), wrong.Status));
        Assert.Equal(before + 30, store.Records.Count);
        Assert.Equal($"{store.Records[^1].Id}", made.At("lastId"));
        Assert.Equal(_host.Time.GetUtcNow(), store.Records.First(record => !record.Archived).UpdatedAt);
    }

    [Fact]
    public async Task A_burst_may_have_one_modified_time_as_an_import_has()
    {
        var at = _host.Time.GetUtcNow().AddMinutes(-5);

        await _control.PostAsync($"{Account}/objects/contacts/burst", new { count = 30, at });

        var records = _host.Accounts.Main.Store(ObjectType.Contact).Records;
        Assert.All(records.Skip(records.Count - 30), record => Assert.Equal(at, record.UpdatedAt));
    }

    [Fact]
    public async Task Access_ends_by_time_by_revoking_or_by_uninstalling()
    {
        var given = await _control.PostAsync($"{Account}/installations", new { });
        var (access, refresh) = (given.At("access_token")!, given.At("refresh_token")!); // a token call has both
        using var caller = new HubSpotCaller(_host.Address, access);
        Assert.Equal(200, (await caller.GetAsync(Contacts)).Status);

        await _control.PostAsync($"{Account}/installations/expire", new { });
        Assert.Equal("EXPIRED_AUTHENTICATION", (await caller.GetAsync(Contacts)).At("category"));
        var fresh = await Consent.RefreshAsync(_control, refresh);
        await _control.PostAsync($"{Account}/installations/revoke", new { });
        Assert.Equal("BAD_REFRESH_TOKEN", (await Consent.RefreshAsync(_control, refresh)).At("status"));
        using var second = new HubSpotCaller(_host.Address, fresh.At("access_token"));
        Assert.Equal(200, (await second.GetAsync(Contacts)).Status);
        await _control.PostAsync($"{Account}/installations/uninstall", new { });
        Assert.Equal("INVALID_AUTHENTICATION", (await second.GetAsync(Contacts)).At("category"));
    }

    [Fact]
    public async Task Scopes_can_be_taken_away()
    {
        using var caller = _host.Connect();

        var left = await _control.PostAsync(
            $"{Account}/installations/remove-scopes", new { remove = new[] { "crm.objects.contacts.read" } });
        var wrong = await _control.PostAsync(
            $"{Account}/installations/remove-scopes", new { remove = new[] { "no.such" } });

        Assert.DoesNotContain("crm.objects.contacts.read", left.At("results.0.scopes"), StringComparison.Ordinal);
        Assert.Equal(400, wrong.Status);
        Assert.Equal("MISSING_SCOPES", (await caller.GetAsync(Contacts)).At("category"));
        Assert.Equal(200, (await caller.GetAsync(Companies)).Status);
    }

    private async Task<string> DumpAsync()
    {
        var texts = new List<string>();
        foreach (var type in ObjectTypes.All)
        {
            texts.Add((await _control.GetAsync($"{Account}/objects/{type.Plural()}")).Text);
        }

        Assert.All(texts, text => JsonSerializer.Deserialize<JsonElement>(text.Split('\n')[0]));
        return string.Join('\n', texts);
    }
}
