using System.Net;
using HubSpotSync.Core.Planning;
using HubSpotSync.Data.Identity;
using HubSpotSync.Data.Journal;
using HubSpotSync.Data.Runs;
using HubSpotSync.Tests.Infrastructure;
using HubSpotSync.Tests.Portal.Admin;
using HubSpotSync.Tests.Portal.Billing;
using HubSpotSync.Tests.Portal.Hosting;

namespace HubSpotSync.Tests.Portal.Ask;

public sealed class AskTests : IAsyncLifetime
{
    private PortalHost _portal = null!; // set before each test
    private Guid _connection;

    public async ValueTask InitializeAsync()
    {
        _portal = await PortalHost.BorrowAsync();
        await _portal.AddUserOfEachRoleAsync();
        _connection = await _portal.AddConnectionAsync();
        await _portal.Database.ExecuteAsync(
            "update hubspot_connections set first_run_done_at = now(), lifecycle_stages = '{customer}'");
    }

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task Every_page_has_the_dialog_and_its_button_and_the_page_of_its_own_works_without_a_script()
    {
        var viewer = await _portal.AsAsync(WorkspaceRole.Viewer);

        var home = await viewer.GetAsync("/");
        var page = await viewer.GetAsync("/ask");
        var answer = await viewer.GetAsync("/ask?quick=Status");

        Assert.NotNull(home.Html.QuerySelector("dialog#ask [role=log][aria-live=polite]"));
        Assert.Equal("/ask", home.Html.QuerySelector("[data-ask-open]")?.GetAttribute("href"));
        Assert.Null(page.Html.QuerySelector("dialog"));
        Assert.Equal("Ask the sync", answer.Heading);
        Assert.Contains("All is well: 0 records in sync.", answer.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_and_what_fails_are_answered_with_cards_that_lead_on()
    {
        await _portal.AddOutcomeAsync(OutcomeState.Failing, OutcomeReason.SeveralMatches, 7, null);
        await _portal.AddOutcomeAsync(OutcomeState.Excluded, OutcomeReason.StageNotInScope, 8, null, "lead");

        var status = await SayAsync(WorkspaceRole.Viewer, "is everything in sync?");
        var failing = await SayAsync(WorkspaceRole.Viewer, "what needs me?");
        var leftOut = await SayAsync(WorkspaceRole.Viewer, "what is left out");

        Assert.Contains("1 record needs you; 0 are in sync.", status.Words, StringComparison.Ordinal);
        Assert.Contains("Northwind", status.Words, StringComparison.Ordinal);
        Assert.Contains("HubSpot contact 7", failing.Words, StringComparison.Ordinal);
        Assert.Contains("/records/contact/h7", failing.Text, StringComparison.Ordinal);
        Assert.Contains("1 record is not synced, by your settings.", leftOut.Words, StringComparison.Ordinal);
        Assert.Equal(["You asked: what needs me?"], failing.All(".ask-asked"));
    }

    [Fact]
    public async Task A_sync_is_started_watched_and_stopped_by_whoever_may()
    {
        var refused = await SayAsync(WorkspaceRole.Member, "sync now");
        var started = await SayAsync(WorkspaceRole.Admin, "sync now");
        var far = await SayAsync(WorkspaceRole.Viewer, "how far is it?");
        var notHis = await SayAsync(WorkspaceRole.Viewer, "stop");
        var stopped = await SayAsync(WorkspaceRole.Admin, "stop");

        Assert.Contains("Only an admin starts a sync.", refused.Words, StringComparison.Ordinal);
        var run = await _portal.Database.ScalarAsync<Guid>("select id from sync_runs");
        Assert.Equal($"{run}", started.Html.QuerySelector("[data-run]")?.GetAttribute("data-run"));
        Assert.Equal($"{run}", far.Html.QuerySelector("[data-run]")?.GetAttribute("data-run"));
        Assert.Contains("Only an admin stops a sync.", notHis.Words, StringComparison.Ordinal);
        Assert.Equal("get", (await (await _portal.AsAsync(WorkspaceRole.Viewer)).GetAsync("/ask")).Html
            .QuerySelector("[data-ask-form]")?.GetAttribute("method"));
        Assert.Contains("It stops after the page it is at.", stopped.Words, StringComparison.Ordinal);
        Assert.Equal("hubspot.sync_requested, hubspot.sync_stopped", await _portal.Database.ScalarAsync<string>(
            "select string_agg(action, ', ' order by id) from audit_log where action like 'hubspot.%'"));
    }

    [Fact]
    public async Task Why_somebody_is_missing_is_told_with_what_would_bring_them()
    {
        var ada = await _portal.AddCustomerAsync("Ada", "Lovelace", "ada.canary@example.com", "lead");
        await _portal.AddLinkAsync(_connection, "Contact", ada, 501);
        await _portal.AddOutcomeAsync(OutcomeState.Excluded, OutcomeReason.StageNotInScope, 501, ada, "lead");
        await _portal.AddCustomerAsync("Ada", "King", "king.canary@example.com");

        var byMail = await SayAsync(WorkspaceRole.Viewer, "why is ADA.canary@example.com missing?");
        var byName = await SayAsync(WorkspaceRole.Viewer, "why is Ada Lovelace not synced");
        var several = await SayAsync(WorkspaceRole.Viewer, "where is Ada");
        var nobody = await SayAsync(WorkspaceRole.Viewer, "where is Zed");

        Assert.All([byMail, byName], answer =>
        {
            Assert.Contains("Ada Lovelace. Not synced: its stage is Lead", answer.Words, StringComparison.Ordinal);
            Assert.Equal(
                ["its stage in HubSpot became Customer", "you added Lead to the stages of your rules"],
                answer.All(".ask-list li"));
        });
        Assert.Contains("Whom do you mean by “Ada”?", several.Words, StringComparison.Ordinal);
        Assert.Equal(2, several.All(".ask-list li").Count());
        Assert.Contains("Nobody here is called “Zed”.", nobody.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whom_nobody_here_knows_HubSpot_is_asked_for()
    {
        _portal.Secrets.Add("new.canary@example.com");
        var asked = await SayAsync(WorkspaceRole.Member, "why is New.Canary@example.com missing?");
        var look = asked.Html.QuerySelector("[hx-get]")?.GetAttribute("hx-get") ?? "";
        var wants = await _portal.Database.ScalarAsync<string>("select wants_contact from hubspot_structure");
        await AnswerAsync("600");
        var viewer = await _portal.AsAsync(WorkspaceRole.Viewer);
        var member = await _portal.AsAsync(WorkspaceRole.Member);
        var seen = await viewer.GetAsync(look, ("HX-Request", "true"));
        var unasked = await _portal.CountAsync("sync_requests");
        var found = await member.GetAsync(look, ("HX-Request", "true"));
        await _portal.AddOutcomeAsync(OutcomeState.Excluded, OutcomeReason.StageNotInScope, 600, null, "lead");
        var why = await viewer.GetAsync(look, ("HX-Request", "true"));
        await AnswerAsync("null");
        var nobody = await viewer.GetAsync(look, ("HX-Request", "true"));

        Assert.Contains("HubSpot is asked", asked.Words, StringComparison.Ordinal);
        Assert.Equal("new.canary@example.com", wants);
        Assert.Contains("The next sync looks at it.", seen.Words, StringComparison.Ordinal);
        Assert.Equal(0, unasked);
        Assert.Contains("HubSpot has that contact. It is looked at", found.Words, StringComparison.Ordinal);
        Assert.Contains("Not synced: its stage is Lead", why.Words, StringComparison.Ordinal);
        Assert.Contains("Neither we nor HubSpot have anybody", nobody.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Duplicates_are_resolved_in_the_dialog()
    {
        var one = await _portal.AddCustomerAsync("Ada", "Lovelace", "ada.canary@example.com");
        await _portal.AddCustomerAsync("A.", "Lovelace", "ada.canary+news@example.com");
        var member = await _portal.AsAsync(WorkspaceRole.Member);

        var pair = await SayAsync(WorkspaceRole.Member, "resolve duplicates");
        var seen = await SayAsync(WorkspaceRole.Viewer, "resolve duplicates");
        var merged = await member.PostWithTokenAsync(
            "/ask?handler=Pair", [("answer", "Merge"), .. Hidden(pair)]);
        var refused = await (await _portal.AsAsync(WorkspaceRole.Viewer)).PostWithTokenAsync(
            "/ask?handler=Pair", [("answer", "Merge"), .. Hidden(pair)]);

        Assert.Contains("1 pair may be one person each.", pair.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("Not a duplicate", seen.Words, StringComparison.Ordinal);
        Assert.Contains("the two are one now. No likely duplicates.", merged.Words, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
        Assert.Equal(1, await _portal.CountAsync("customers where archived_at is null"));
        Assert.NotEqual(Guid.Empty, one);
    }

    [Fact]
    public async Task What_came_with_the_last_sync_is_shown()
    {
        var ada = await _portal.AddCustomerAsync("Ada", "Lovelace", "ada.canary@example.com");
        var run = await _portal.AddRunAsync(_connection, RunState.Done, 10, 10);
        await _portal.Database.ExecuteAsync($"update sync_runs set created = 7 where id = '{run}'");
        await _portal.AddChangesAsync(ada, 7, run);

        var answer = await SayAsync(WorkspaceRole.Viewer, "what was imported?");

        Assert.Contains("Sync now: 7 new here.", answer.Words, StringComparison.Ordinal);
        Assert.Equal(5, answer.All(".ask-rows li").Count());
        Assert.Contains($"/history/{run}", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_connection_and_without_sense_it_says_so()
    {
        var unclear = await SayAsync(WorkspaceRole.Viewer, "sing me a song");
        await _portal.Database.ExecuteAsync("update hubspot_connections set state = 'Disconnected'");
        var status = await SayAsync(WorkspaceRole.Viewer, "status");
        var why = await SayAsync(WorkspaceRole.Viewer, "why is Ada missing");

        Assert.Contains("I did not understand that.", unclear.Words, StringComparison.Ordinal);
        Assert.Contains("HubSpot is not connected.", status.Words, StringComparison.Ordinal);
        Assert.Contains("so every record stays here", why.Words, StringComparison.Ordinal);
    }

    private Task AnswerAsync(string id) => _portal.Database.ExecuteAsync(
        $$"""
        update hubspot_structure set wants_contact = null,
          found_contact = '{"email": "new.canary@example.com", "id": {{id}}, "at": "2026-01-01T00:00:00Z"}'
        """);

    private async Task<PageAnswer> SayAsync(WorkspaceRole role, string text)
    {
        var browser = await _portal.AsAsync(role);
        if (role == WorkspaceRole.Viewer)
        {
            return await browser.GetAsync($"/ask?text={Uri.EscapeDataString(text)}", ("HX-Request", "true"));
        }

        var page = await browser.GetAsync("/ask");
        var field = page.Html.QuerySelector("input[name=__RequestVerificationToken]")!; // every form has one
        using var form = new FormUrlEncodedContent(
        [
            KeyValuePair.Create("text", text),
            KeyValuePair.Create("__RequestVerificationToken", field.GetAttribute("value")!), // likewise
        ]);
        return await browser.SendAsync(HttpMethod.Post, "/ask", form, [("HX-Request", "true")]);
    }

    private static (string Name, string Value)[] Hidden(PageAnswer page) =>
    [
        .. page.Html.QuerySelectorAll("input[name=one], input[name=other]")
            .Select(input => (input.GetAttribute("name") ?? "", input.GetAttribute("value") ?? "")),
    ];
}
