using System.Diagnostics;
using System.Text.Json;
using AngleSharp.Html.Parser;
using HubSpotSync.FakeHubSpot.Store;
using HubSpotSync.Tests.Infrastructure;
using static HubSpotSync.Tests.FakeHubSpot.Sample;

namespace HubSpotSync.Tests.FakeHubSpot;

public sealed class ControlTests : IAsyncLifetime
{
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
    public async Task The_state_counts_records_stages_and_requests()
    {
        using var caller = _host.Connect();
        await caller.GetAsync(Contacts);
        await caller.GetAsync($"{Contacts}/1?idProperty=email");
        await caller.GetAsync("/nowhere");

        var state = await _control.GetAsync("/_fake/state");

        Assert.Equal(
            ("12345", "Acme Outfitters", "1"),
            (state.At("accounts.0.portalId"), state.At("accounts.0.name"), state.At("accounts.0.installations")));
        var live = state.Json.GetProperty("accounts")[0]
            .GetProperty("objects")
            .GetProperty("contacts")
            .GetProperty("live")
            .GetInt32();
        var stages = state.Json.GetProperty("accounts")[0]
            .GetProperty("contactsByLifecycleStage")
            .EnumerateObject()
            .Sum(stage => stage.Value.GetInt32());
        Assert.Equal(live, stages);
        Assert.Equal(
            ("3", "1", "0"),
            (state.At("requests.total"), state.At("requests.unknownRoutes"), state.At("requests.rateLimited")));
        Assert.Equal(1, _host.Requests.CountOf("GET", "/crm/objects/2026-09/{type}"));
    }

    [Fact]
    public async Task All_records_of_a_type_come_one_a_line()
    {
        var dump = await _control.GetAsync("/_fake/accounts/12345/objects/contacts");

        var lines = dump.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonSerializer.Deserialize<JsonElement>(line))
            .ToList();
        Assert.Equal(_host.Accounts.Main.Store(ObjectType.Contact).Records.Count, lines.Count);
        Assert.Contains(lines, line => line.GetProperty("archived").GetBoolean());
        Assert.Contains(lines, line => line.TryGetProperty("associations", out _));
    }

    [Fact]
    public async Task A_person_makes_edits_archives_and_restores_a_record()
    {
        const string People = "/_fake/accounts/12345/objects/contacts";
        var email = Email();
        var id = await CreateAsync(_control, People, With(("email", email)));
        using var caller = _host.Connect();

        Assert.Equal(
            "Changed",
            (await _control.PatchAsync($"{People}/{id}", With(("firstname", "Changed")))).At("properties.firstname"));
        Assert.Equal(204, (await _control.DeleteAsync($"{People}/{id}")).Status);
        Assert.Equal(404, (await caller.GetAsync($"{Contacts}/{id}")).Status);
        Assert.Equal(id, (await _control.PostAsync($"{People}/{id}/restore", new { })).At("id"));
        Assert.Equal(id, (await caller.GetAsync($"{Contacts}/{email}?idProperty=email")).At("id"));
    }

    [Fact]
    public async Task What_the_accounts_forms_demand_binds_the_newest_paths_only()
    {
        using var caller = _host.Connect();
        await _control.PutAsync(
            "/_fake/accounts/12345/objects/contacts/required", new { properties = new[] { "city" } });

        var newest = await caller.PostAsync(Contacts, With(("email", Email())));
        var older = await caller.PostAsync("/crm/v3/objects/contacts", With(("email", Email())));

        Assert.Equal((400, "MISSING_REQUIRED_PROPERTY"), (newest.Status, newest.At("errors.0.code")));
        Assert.Equal(201, older.Status);
    }

    [Fact]
    public async Task Every_api_call_takes_as_long_as_it_is_told_to()
    {
        using var caller = _host.Connect();
        await _control.PutAsync("/_fake/settings", new { latencyMs = 120 });
        var started = Stopwatch.GetTimestamp();

        await caller.GetAsync(Contacts);

        Assert.True(Stopwatch.GetElapsedTime(started) >= TimeSpan.FromMilliseconds(110));
    }

    [Fact]
    public async Task The_clock_moves_forward_only()
    {
        using var caller = _host.Connect();

        await _control.PostAsync("/_fake/clock", new { advanceSeconds = 1800 });

        Assert.Equal("EXPIRED_AUTHENTICATION", (await caller.GetAsync(Contacts)).At("category"));
        Assert.Equal(400, (await _control.PostAsync("/_fake/clock", new { advanceSeconds = -1 })).Status);
    }

    [Fact]
    public async Task Settings_change_while_the_fake_runs_and_a_reset_undoes_everything()
    {
        using var caller = _host.Connect();
        await ContactAsync(caller);
        var before = (await _control.GetAsync("/_fake/accounts/12345/objects/companies")).Text;
        await _control.PatchAsync("/_fake/accounts/12345/objects/companies/1001", With(("name", "Other")));
        var changed = await _control.PutAsync(
            "/_fake/settings", new { limits = "hubspot", burstLimit = 1, latencyMs = 1, searchLagMs = 0 });
        var wrong = await _control.PutAsync("/_fake/settings", new { limits = "none" });
        await caller.GetAsync(Contacts);

        var refused = await caller.GetAsync(Contacts);
        var reset = await _control.PostAsync("/_fake/reset", new { });

        Assert.Equal(
            ("hubspot", "1", 400, 429, 204),
            (changed.At("limits"), changed.At("latencyMs"), wrong.Status, refused.Status, reset.Status));
        Assert.Equal(before, (await _control.GetAsync("/_fake/accounts/12345/objects/companies")).Text);
        Assert.Equal("INVALID_AUTHENTICATION", (await caller.GetAsync(Contacts)).At("category"));
        Assert.Equal("off", (await _control.GetAsync("/_fake/state")).At("settings.limits"));
    }

    [Fact]
    public async Task The_front_page_shows_accounts_and_recent_requests_but_no_addresses()
    {
        using var caller = _host.Connect();
        await caller.GetAsync($"{Contacts}/someone@secret.example?idProperty=email");

        var page = await _control.GetAsync("/_fake");

        var document = new HtmlParser().ParseDocument(page.Text);
        Assert.Contains(
            "Acme Outfitters", document.Body!.TextContent, StringComparison.Ordinal); // the parser always makes one
        Assert.Contains("/crm/objects/2026-09/{type}/{id}", document.Body.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", page.Text, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", page.Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Equal(200, (await _control.GetAsync("/fake.css")).Status);
    }
}
