using System.Net;
using HubSpotSync.Data.Identity;
using HubSpotSync.Tests.Portal.Hosting;

namespace HubSpotSync.Tests.Portal;

public sealed class FilterTests : IAsyncLifetime
{
    private const string Address = "/settings/integrations/hubspot/filter";

    private PortalHost _portal = null!; // set before each test
    private PageClient _admin = null!; // likewise

    public async ValueTask InitializeAsync()
    {
        _portal = await PortalHost.BorrowAsync();
        await _portal.AddUserOfEachRoleAsync();
        await _portal.AddConnectionAsync();
        _admin = await _portal.AsAsync(WorkspaceRole.Admin);
    }

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task Customers_and_subscribers_are_proposed_with_how_many_there_are()
    {
        var page = await _admin.GetAsync(Address);

        var chosen = page.Html.QuerySelectorAll("input[name=Stages][checked]");
        Assert.Equal(["customer", "subscriber"], chosen.Select(box => box.GetAttribute("value")));
        Assert.Equal(["Lead 30", "Customer 12", "Subscriber 8"], page.All("label.stage"));
        Assert.Contains(
            "Contacts without a stage come only with “All contacts” 5",
            page.Words,
            StringComparison.Ordinal);
        Assert.Equal(["20 of 55 contacts would come."], page.All("[data-filter-sentence]"));
        Assert.Equal("stages", page.Html.QuerySelector("input[name=Scope][checked]")?.GetAttribute("value"));
    }

    [Fact]
    public async Task Starting_saves_the_choice_and_makes_one_run_even_when_sent_twice()
    {
        var page = await _admin.GetAsync(Address);

        var answers = await Task.WhenAll(
            _admin.SubmitAsync(page, "Start first sync", ("Stages", "lead"), ("Stages", "customer")),
            _admin.SubmitAsync(page, "Start first sync", ("Stages", "lead"), ("Stages", "customer")));
        var third = await _admin.SubmitAsync(page, "Start first sync", ("Stages", "lead"), ("Stages", "customer"));

        Assert.All([.. answers, third], answer => Assert.Equal("/settings/integrations/hubspot", answer.Location));
        Assert.Equal("lead,customer", await StagesAsync());
        Assert.Equal("Initial Waiting", await _portal.Database.ScalarAsync<string>(
            "select string_agg(trigger || ' ' || state, ', ') from sync_runs"));
        Assert.Equal("""{"stages": ["lead", "customer"]}""", await _portal.Database.ScalarAsync<string>(
            """
            select after::text from audit_log
            where action = 'hubspot.filter_changed' and user_id is not null limit 1
            """));
        var overview = await _admin.FollowAsync(third);
        Assert.Equal("Syncing with HubSpot", overview.Heading);
        Assert.Contains("Lead and Customer", overview.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_contacts_can_be_taken()
    {
        var page = await _admin.GetAsync(Address);

        var overview = await _admin.FollowAsync(await _admin.SubmitAsync(page, "Start first sync", ("Scope", "all")));

        Assert.Equal("", await StagesAsync());
        Assert.Equal(1, await _portal.Database.ScalarAsync<long>("select count(*) from sync_runs"));
        Assert.Contains("Contacts All contacts", overview.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_stage_at_all_is_asked_about()
    {
        var page = await _admin.GetAsync(Address);

        var answer = await _admin.SubmitAsync(page, "Start first sync", ("Stages", ""));
        var none = await _admin.PostWithTokenAsync(Address, ("Scope", "stages"));

        Assert.Equal(["Choose at least one stage, or take all contacts."], none.All("[role=alert].form-problem"));
        Assert.Empty(none.Html.QuerySelectorAll("input[name=Stages][checked]"));
        Assert.Single(answer.All("[role=alert].form-problem"));
        await AssertNothingBeganAsync();
    }

    [Theory]
    [InlineData("imagined")]
    [InlineData("customer", "imagined")]
    [InlineData("CUSTOMER")]
    public async Task A_stage_that_the_account_does_not_have_is_refused(params string[] stages)
    {
        var page = await _admin.GetAsync(Address);

        var answer = await _admin.SubmitAsync(page, "Start first sync", [.. stages.Select(stage => ("Stages", stage))]);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.StartsWith(
            "A stage that you chose is not in your HubSpot account any more.",
            answer.All("[role=alert].form-problem").Single(),
            StringComparison.Ordinal);
        await AssertNothingBeganAsync();
    }

    [Fact]
    public async Task While_contacts_are_counted_the_page_says_so_and_later_why_it_takes_long()
    {
        await _portal.Database.ExecuteAsync(
            "update hubspot_connections set stages_counted_at = null, count_requested_at = now()");

        var first = await _admin.GetAsync(Address);
        var nothingNew = await _admin.GetAsync($"{Address}?handler=Counts", ("HX-Request", "true"));
        _portal.Clock.Advance(TimeSpan.FromSeconds(25));
        var late = await _admin.GetAsync(Address);
        var lateLive = await _admin.GetAsync($"{Address}?handler=Counts", ("HX-Request", "true"));
        await _portal.Database.ExecuteAsync(
            "update hubspot_connections set stages_counted_at = now() + interval '1 minute'");
        var counted = await _admin.GetAsync($"{Address}?handler=Counts", ("HX-Request", "true"));

        Assert.Contains("Counting contacts in HubSpot…", first.Words, StringComparison.Ordinal);
        Assert.Empty(first.Html.QuerySelectorAll("form#filter"));
        Assert.Equal(HttpStatusCode.NoContent, nothingNew.Status);
        Assert.Contains("The counts have not come yet", late.Words, StringComparison.Ordinal);
        Assert.Contains("has not answered for 25 s", lateLive.Words, StringComparison.Ordinal);
        Assert.Single(counted.Html.QuerySelectorAll("form#filter"));
    }

    [Fact]
    public async Task Counts_are_asked_for_where_nobody_has_and_again_on_demand()
    {
        await _portal.Database.ExecuteAsync(
            "update hubspot_connections set stages_counted_at = null, count_requested_at = null");
        await _admin.GetAsync(Address);
        var asked = await _portal.Database.ScalarAsync<bool>(
            "select count_requested_at is not null from hubspot_connections");
        await _portal.Database.ExecuteAsync(
            "update hubspot_connections set stages_counted_at = now() + interval '1 second'");
        var page = await _admin.GetAsync(Address);

        _portal.Clock.Advance(TimeSpan.FromSeconds(5));
        var again = await _admin.FollowAsync(await _admin.SubmitAsync(page, "Count again"));

        Assert.True(asked);
        Assert.Contains("Counting contacts in HubSpot…", again.Words, StringComparison.Ordinal);
        await AssertNothingBeganAsync();
    }

    [Theory]
    [InlineData("NeedsReconnection")]
    [InlineData("Disconnected")]
    public async Task Without_a_connection_there_is_nothing_to_choose(string state)
    {
        await _portal.Database.ExecuteAsync($"update hubspot_connections set state = '{state}'");

        var page = await _admin.GetAsync(Address);
        var sent = await _admin.PostWithTokenAsync(Address, ("Scope", "all"));
        var live = await _admin.GetAsync($"{Address}?handler=Counts", ("HX-Request", "true"));

        Assert.Equal("/settings/integrations/hubspot", page.Location);
        Assert.Equal("/settings/integrations/hubspot", sent.Location);
        Assert.Equal("/settings/integrations/hubspot", live.Header("HX-Redirect"));
        await AssertNothingBeganAsync();
    }

    [Fact]
    public async Task A_choice_during_a_sync_says_that_it_counts_with_the_next()
    {
        await _portal.Database.ExecuteAsync(
            "update hubspot_connections set first_run_done_at = now(), lifecycle_stages = '{lead}'");
        var page = await _admin.GetAsync(Address);
        await _portal.AddRunAsync(await _portal.Database.ScalarAsync<Guid>("select id from hubspot_connections"));

        var answer = await _admin.FollowAsync(await _admin.SubmitAsync(page, "Save and sync", ("Stages", "customer")));

        Assert.Contains(
            "A sync is already under way; when it is done, another one follows by itself",
            answer.Words,
            StringComparison.Ordinal);
        Assert.Equal("customer", await StagesAsync());
        Assert.Equal(1, await _portal.Database.ScalarAsync<long>("select count(*) from sync_runs"));
    }

    private Task<string> StagesAsync() =>
        _portal.Database.ScalarAsync<string>("select array_to_string(lifecycle_stages, ',') from hubspot_connections");

    private async Task AssertNothingBeganAsync()
    {
        Assert.Equal("", await StagesAsync());
        Assert.Equal(0, await _portal.Database.ScalarAsync<long>("select count(*) from sync_runs"));
        Assert.Equal(0, await _portal.Database.ScalarAsync<long>("select count(*) from audit_log"));
    }
}
