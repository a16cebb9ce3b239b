using System.Globalization;
using System.Text.Json;
using HubSpotSync.Core.Records;
using HubSpotSync.FakeHubSpot.Faults;
using HubSpotSync.FakeHubSpot.OAuth;
using HubSpotSync.HubSpotApi;
using HubSpotSync.HubSpotApi.Errors;
using HubSpotSync.HubSpotApi.Objects;
using HubSpotSync.Tests.FakeHubSpot;
using HubSpotSync.Tests.Infrastructure;
using static HubSpotSync.Tests.FakeHubSpot.Sample;

namespace HubSpotSync.Tests.HubSpotApi;

public sealed class ReadTests(FakeHubSpotFixture fixture) : IClassFixture<FakeHubSpotFixture>, IAsyncLifetime
{
    private const string ListRoute = "/crm/objects/2026-09/{type}";
    private static readonly ObjectQuery Query = new(RecordKind.Contact, ["email", "firstname"], []);

    private HubSpotClient _client = null!; // xunit initialises it before the test
    private HubSpotSession _session = null!; // as above

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        fixture.Host.Requests.Reset();
        fixture.Host.Faults.Clear();
        _client = await HubSpotClient.StartAsync(fixture.Host.Address);
        _session = HubSpotClient.Session(new TestTokens(NewToken()));
    }

    public ValueTask DisposeAsync() => _client.DisposeAsync();

    [Fact]
    public async Task Every_record_comes_once_in_the_order_of_ids_and_with_the_fewest_pages()
    {
        var there = await LiveContactsAsync();

        var read = await ReadAllAsync();

        Assert.Equal(there.Order(), read);
        Assert.Equal((there.Count + 99) / 100, fixture.Host.Requests.CountOf("GET", ListRoute));
    }

    [Theory]
    [InlineData(423)]
    [InlineData(477)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task A_read_is_repeated_where_HubSpot_says_later(int status)
    {
        fixture.Host.Faults.Next("GET", Contacts, Fault.With(status, retryAfterSeconds: 0), times: 2);

        Assert.Equal(100, (await _client.Reader.ListAsync(_session, Query, null, Token)).Records.Count);
        Assert.Equal(3, fixture.Host.Requests.CountOf("GET", ListRoute));
    }

    [Fact]
    public async Task A_read_is_repeated_where_the_connection_is_dropped_in_a_list_a_batch_or_a_search()
    {
        fixture.Host.Faults.Next("*", Contacts, Fault.DropBeforeWork);
        Assert.Equal(100, (await _client.Reader.ListAsync(_session, Query, null, Token)).Records.Count);
        fixture.Host.Faults.Next("*", Contacts, Fault.DropAfterCommit);
        Assert.Empty(await _client.Reader.ReadAsync(_session, Query, ["1"], Token));
        fixture.Host.Faults.Next("*", Contacts, Fault.DropAfterCommit);
        Assert.True((await _client.Search.CountAsync(_session, RecordKind.Contact, Token)).Total > 0);
    }

    [Fact]
    public async Task After_five_attempts_a_read_gives_up()
    {
        fixture.Host.Faults.Next("GET", Contacts, Fault.With(503, retryAfterSeconds: 0), times: 9);

        var error = await Assert.ThrowsAsync<HubSpotUnavailableException>(
            () => _client.Reader.ListAsync(_session, Query, null, Token));

        Assert.Equal(503, (int?)error.Status);
        Assert.Equal(5, fixture.Host.Requests.CountOf("GET", ListRoute));
    }

    [Theory]
    [InlineData(503)]
    [InlineData(429)]
    public async Task A_wait_of_more_than_half_a_minute_is_left_to_the_caller(int status)
    {
        fixture.Host.Faults.Next("GET", Contacts, Fault.With(status, retryAfterSeconds: 31));

        var error = await Assert.ThrowsAnyAsync<HubSpotException>(
            () => _client.Reader.ListAsync(_session, Query, null, Token));

        Assert.Equal(
            TimeSpan.FromSeconds(31),
            (error as HubSpotUnavailableException)?.RetryAfter ?? (error as HubSpotRateLimitedException)?.RetryAfter);
        Assert.Equal(1, fixture.Host.Requests.CountOf("GET", ListRoute));
    }

    [Fact]
    public async Task Only_records_that_are_there_are_in_the_answer_to_a_batch()
    {
        var ids = (await LiveContactsAsync()).Take(2).Select(id => id.ToString(CultureInfo.InvariantCulture));

        var read = await _client.Reader.ReadAsync(_session, Query, [.. ids, "99999999999"], Token);

        Assert.Equal(ids.Order(), read.Select(record => record.Id.ToString(CultureInfo.InvariantCulture)).Order());
    }

    [Fact]
    public async Task Edit_times_are_those_of_the_current_values_not_of_the_record()
    {
        using var caller = fixture.Host.Connect();
        var created = fixture.Host.Time.GetUtcNow();
        var id = await ContactAsync(caller, ("city", "Here"), ("email", Email()));
        fixture.Host.Time.Advance(TimeSpan.FromHours(1));
        var edited = fixture.Host.Time.GetUtcNow();
        using var person = fixture.Host.Anonymous();
        await person.PatchAsync($"/_fake/accounts/12345/objects/contacts/{id}", With(("city", "There")));
        var session = HubSpotClient.Session(new TestTokens(NewToken()));

        var read = await _client.Reader.ReadWithHistoryAsync(session, Query, [id], ["city", "email", "phone"], Token);

        var record = Assert.Single(read);
        Assert.Equal((edited, created), (record.Of("city")[0].At, record.Of("email")[0].At));
        Assert.Equal(["There", "Here"], record.Of("city").Select(version => version.Value));
        Assert.Equal([false, true], record.Of("city").Select(version => version.ByIntegration));
        Assert.Empty(record.Of("phone")); // never set
    }

    [Fact]
    public async Task An_expired_token_is_replaced_once_and_the_call_goes_on()
    {
        var old = NewToken();
        fixture.Host.Time.Advance(TimeSpan.FromMinutes(31));
        var tokens = new TestTokens(old, NewToken());

        await _client.Reader.ListAsync(HubSpotClient.Session(tokens), Query, null, Token);

        Assert.Equal([old], tokens.Replaced);
    }

    [Fact]
    public async Task A_second_401_is_final()
    {
        var tokens = new TestTokens("nonsense", "nonsense too", "never asked for");

        var denied = await Assert.ThrowsAsync<HubSpotAuthorizationException>(
            () => _client.Reader.ListAsync(HubSpotClient.Session(tokens), Query, null, Token));

        Assert.Equal((401, "INVALID_AUTHENTICATION"), ((int?)denied.Status, denied.Category));
        Assert.Equal(["nonsense"], tokens.Replaced);
        Assert.Equal(2, fixture.Host.Requests.CountOf("GET", ListRoute));
    }

    [Fact]
    public async Task A_missing_permission_is_named_and_no_new_token_is_asked_for()
    {
        var account = fixture.Host.Accounts.Main.PortalId;
        var granted = fixture.Host.Installations.Install(account, "oauth", "crm.objects.deals.read");
        var tokens = new TestTokens(granted.AccessToken);

        var denied = await Assert.ThrowsAsync<HubSpotAuthorizationException>(
            () => _client.Reader.ListAsync(HubSpotClient.Session(tokens), Query, null, Token));

        Assert.Equal(["crm.objects.contacts.read"], denied.MissingScopes);
        Assert.Empty(tokens.Replaced);
    }

    private string NewToken() =>
        fixture.Host.Installations.Install(fixture.Host.Accounts.Main.PortalId, ScopeCatalog.All).AccessToken;

    private async Task<List<long>> ReadAllAsync()
    {
        var read = new List<long>();
        string? after = null;
        do
        {
            var page = await _client.Reader.ListAsync(_session, Query, after, Token);
            read.AddRange(page.Records.Select(record => record.Id));
            after = page.Next;
        }
        while (after is not null);

        return read;
    }

    private async Task<List<long>> LiveContactsAsync()
    {
        using var control = fixture.Host.Anonymous();
        var dump = (await control.GetAsync("/_fake/accounts/12345/objects/contacts")).Text;
        return
        [
            .. dump.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => JsonSerializer.Deserialize<JsonElement>(line))
                .Where(record => !record.GetProperty("archived").GetBoolean())
                .Select(record => record.GetProperty("id").GetString()!) // always there
                .Select(id => long.Parse(id, CultureInfo.InvariantCulture)),
        ];
    }
}
