using System.Text.RegularExpressions;
using HubSpotSync.Core.Planning;
using HubSpotSync.Data.Identity;
using HubSpotSync.Data.Journal;
using HubSpotSync.Data.Runs;
using HubSpotSync.Tests.Infrastructure;
using HubSpotSync.Tests.PageObjects;
using HubSpotSync.Tests.Portal.Admin;
using HubSpotSync.Tests.Portal.Hosting;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace HubSpotSync.Tests.Browser;

/// <summary>How an admin watches the sync and finds out why, in a browser at both widths.</summary>
public sealed partial class SyncJourneyTests : IAsyncLifetime
{
    private const string HubSpot = "/settings/integrations/hubspot";

    private PortalHost _portal = null!; // set before each test
    private Guid _connection;
    private Guid _ada;

    public async ValueTask InitializeAsync()
    {
        _portal = await PortalHost.ServeAsync();
        await _portal.AddUserOfEachRoleAsync();
        _connection = await _portal.AddConnectionAsync();
        await _portal.AddStructureAsync(_connection);
        await _portal.Database.ExecuteAsync(
            "update hubspot_connections set first_run_done_at = now(), lifecycle_stages = '{customer}'");
        _ada = await _portal.AddCustomerAsync("Ada", "Lovelace", "ada.canary@example.com", "customer");
    }

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    public async Task A_run_is_watched_from_another_page_and_stopped_there(int width, ColorScheme scheme)
    {
        var run = await _portal.AddRunAsync(_connection, total: 4000, processed: 1000);
        await WalkAsync(width, scheme, "/customers", async (chrome, pages) =>
        {
            var strip = chrome.Page.Locator(".strip");
            await Expect(strip).ToContainTextAsync("1,000 of 4,000 records");
            await chrome.AssertGoodAsync();
            await MoveAsync(run, "processed = 2000, created = 2000, wait_reason = 'HubSpot asked us to slow down'");
            await Expect(strip).ToContainTextAsync("2,000 of 4,000 records");
            await Expect(strip).ToContainTextAsync("HubSpot asked us to slow down");
            await chrome.AssertGoodAsync();
            await pages.OpenAsync("/companies");
            await Expect(strip).ToContainTextAsync("50 %");
            await strip.GetByRole(AriaRole.Button, new() { Name = "Stop" }).ClickAsync();
            await Expect(strip).ToContainTextAsync("Stopping after this page of records");
            Assert.EndsWith("/companies", chrome.Page.Url, StringComparison.Ordinal);
            await MoveAsync(run, "state = 'Cancelled', finished_at = now(), wait_reason = null");
            await Expect(strip).ToContainTextAsync("2,000 records done before");
            await strip.GetByRole(AriaRole.Link, new() { Name = "See the result" }).ClickAsync();
            await Expect(pages.Heading).ToHaveTextAsync("Sync now was stopped");
            await Expect(strip).ToHaveCountAsync(0);
            await chrome.AssertGoodAsync();
        });
    }

    [Theory]
    [InlineData(1280, ColorScheme.Dark)]
    [InlineData(390, ColorScheme.Light)]
    public async Task A_record_says_why_and_the_other_value_is_taken(int width, ColorScheme scheme)
    {
        await _portal.AddLinkAsync(_connection, "Contact", _ada, 501);
        await _portal.AddOutcomeAsync(OutcomeState.Excluded, OutcomeReason.StageNotInScope, 501, _ada, "lead");
        await _portal.AddChangesAsync(_ada, 3);
        await _portal.Database.ExecuteAsync(
            $"""
            insert into field_conflicts (workspace_id, connection_id, kind, local_id, hubspot_id, field, local_value,
                hubspot_value, rule, winner)
              select workspace_id, id, 'Contact', '{_ada}', 501, 'city', 'London', 'Paris', 'NewestEdit', 'HubSpot'
                from hubspot_connections;
            update customers set city = 'Paris', lifecycle_stage = 'lead'; delete from sync_requests
            """);
        await WalkAsync(width, scheme, $"/customers/{_ada}", async (chrome, pages) =>
        {
            await chrome.AssertGoodAsync();
            await chrome.Page.Locator("#sync").GetByRole(AriaRole.Link, new() { Name = "Why?" }).ClickAsync();
            await Expect(pages.Heading).ToHaveTextAsync("Why: Ada Lovelace");
            await Expect(chrome.Page.Locator(".why-decides")).ToContainTextAsync("It is Lead");
            await Expect(chrome.Page.Locator(".why-answer")).ToContainTextAsync("you added Lead to the stages");
            await chrome.AssertGoodAsync();
            await chrome.Page.GetByRole(AriaRole.Button, new() { Name = "Use the other value for City" }).ClickAsync();
            await Expect(chrome.Page.Locator("del")).ToHaveCountAsync(4); // kept, and the three changes
            Assert.Equal("London", await _portal.Database.ScalarAsync<string>("select city from customers"));
            await pages.PressAsync("Detach");
            await Expect(chrome.Page.Locator(".why-answer")).ToContainTextAsync("somebody attached it again");
            await chrome.AssertGoodAsync();
            await pages.PressAsync("Attach again");
            await Expect(chrome.Page.GetByText("Attached again.")).ToBeVisibleAsync();
        });
    }

    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    public async Task What_needs_somebody_is_found_by_its_cause_and_looked_at_again(int width, ColorScheme scheme)
    {
        await FailAsync();
        await WalkAsync(width, scheme, $"{HubSpot}/health", async (chrome, pages) =>
        {
            var page = chrome.Page;
            await Expect(pages.Heading).ToHaveTextAsync("4 records need you");
            await page.GetByText("As a table").First.ClickAsync();
            await chrome.AssertGoodAsync();
            await page.GetByRole(AriaRole.Link, new() { NameRegex = ShowAll() }).ClickAsync();
            await Expect(pages.Heading).ToHaveTextAsync("3 records need you");
            await chrome.AssertGoodAsync();
            await page.GetByLabel("Reason").SelectOptionAsync("EmailTakenHere");
            await Expect(page.Locator("#records tbody tr")).ToHaveCountAsync(1);
            await Expect(page.Locator("#records")).ToContainTextAsync("Ada Lovelace");
            await page.GetByLabel("Tick Ada Lovelace").CheckAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Look again", Exact = true }).First.ClickAsync();
            await Expect(page.GetByText("1 record is looked at again now.")).ToBeVisibleAsync();
            await Expect(page.Locator("#records")).ToContainTextAsync("On its way");
            await chrome.AssertGoodAsync();
        });
    }

    [Theory]
    [InlineData(1280, ColorScheme.Dark)]
    [InlineData(390, ColorScheme.Light)]
    public async Task A_run_of_yesterday_shows_what_it_wrote_and_what_it_could_not(int width, ColorScheme scheme)
    {
        var run = await _portal.AddRunAsync(_connection, RunState.Done, 120, 120);
        await MoveAsync(
            run, "finished_at = started_at + interval '90 seconds', failed = 1, updated = 60, requests = 9");
        await _portal.AddChangesAsync(_ada, 60, run);
        await _portal.Database.ExecuteAsync(
            $"""
            insert into run_failures (run_id, kind, record_key, workspace_id, hubspot_id, reason, detail)
              select '{run}', 'Contact', 'h9', workspace_id, 9, 'RefusedByHubSpot', 'INVALID_EMAIL email'
                from hubspot_connections
            """);
        await WalkAsync(width, scheme, $"{HubSpot}/history", async (chrome, pages) =>
        {
            var page = chrome.Page;
            await Expect(pages.Heading).ToHaveTextAsync("1 run");
            await chrome.AssertGoodAsync();
            await page.GetByLabel("Only with failures").CheckAsync();
            await Expect(page).ToHaveURLAsync(new Regex("errors=true"));
            await page.Locator(".runs").GetByRole(AriaRole.Link, new() { Name = "Sync now" }).ClickAsync();
            await Expect(pages.Heading).ToHaveTextAsync("Sync now: 1 record needs you");
            await Expect(page.Locator("tbody tr")).ToHaveCountAsync(50);
            await chrome.AssertGoodAsync();
            await page.GetByRole(AriaRole.Link, new() { Name = "Failures 1" }).ClickAsync();
            await Expect(page.Locator("tbody")).ToContainTextAsync("HubSpot refused the e-mail");
            await chrome.AssertGoodAsync();
        });
    }

    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    public async Task The_sync_is_asked_by_keyboard_alone_and_answers_live(int width, ColorScheme scheme)
    {
        await FailAsync();
        await WalkAsync(width, scheme, "/customers", async (chrome, _) =>
        {
            var page = chrome.Page;
            var log = page.GetByRole(AriaRole.Log);
            await page.Keyboard.PressAsync("Control+k");
            await Expect(page.GetByLabel("Your question")).ToBeFocusedAsync();
            await chrome.AssertGoodAsync();
            await page.Keyboard.TypeAsync("why is ada.canary@example.com missing?");
            await page.Keyboard.PressAsync("Enter");
            await Expect(log).ToContainTextAsync("another customer here already has this e-mail");
            await Expect(page.GetByLabel("Your question")).ToBeFocusedAsync();
            await page.Keyboard.TypeAsync("what needs me");
            await page.Keyboard.PressAsync("Enter");
            await Expect(log).ToContainTextAsync("4 records need you");
            await chrome.AssertGoodAsync();
            await page.Keyboard.TypeAsync("sync now");
            await page.Keyboard.PressAsync("Enter");
            await Expect(log.Locator("[data-run]")).ToContainTextAsync("Starting");
            await _portal.Database.ExecuteAsync(
                """
                update sync_runs set state = 'Running', step = 'Contacts', started_at = now(), total = 10, processed = 4
                """);
            await Expect(log.Locator("[data-run]")).ToContainTextAsync("4 of 10 records");
            await chrome.AssertGoodAsync();
            await page.Keyboard.PressAsync("Escape");
            await Expect(page.Locator("dialog#ask")).ToBeHiddenAsync();
            await page.GetByRole(AriaRole.Link, new() { Name = "Ask" }).First.ClickAsync();
            await Expect(page.Locator("dialog#ask")).ToBeVisibleAsync();
        });
    }

    private async Task FailAsync()
    {
        for (var id = 1; id <= 3; id++)
        {
            await _portal.AddOutcomeAsync(
                OutcomeState.Failing, OutcomeReason.RefusedByHubSpot, id, null, "INVALID_EMAIL email");
        }

        await _portal.AddOutcomeAsync(OutcomeState.Failing, OutcomeReason.EmailTakenHere, 501, _ada);
        await _portal.AddOutcomeAsync(OutcomeState.Excluded, OutcomeReason.StageNotInScope, 600, null, "lead");
        await _portal.Database.ExecuteAsync(
            """
            insert into hubspot_usage (connection_id, at, lane, workspace_id, requests)
              select id, now() - n * interval '1 hour', lane, workspace_id, 40 * n
                from hubspot_connections, generate_series(1, 20) n, unnest(array['Push', 'Webhook', 'Backfill']) lane;
            insert into sync_waits (connection_id, at, lane, workspace_id, records, total_ms, longest_ms)
              select id, date_bin('1 hour', now(), 'epoch') - n * interval '1 hour', 'Push', workspace_id, n, n * 900,
                  1500
                from hubspot_connections, generate_series(1, 12) n
            """);
    }

    private Task MoveAsync(Guid run, string what) => _portal.Database.ExecuteAsync(
        $"update sync_runs set {what} where id = '{run}'");

    private async Task WalkAsync(int width, ColorScheme scheme, string path, Func<Chrome, InvoicePages, Task> walk)
    {
        await using var chrome = await Chrome.OpenAsync(width, scheme, $"Sync{path.Replace('/', '-')}");
        var pages = new InvoicePages(chrome.Page, _portal.Address);
        try
        {
            await pages.SignInAsync(WorkspaceRole.Admin);
            await pages.OpenAsync(path);
            await walk(chrome, pages);
        }
        catch
        {
            await chrome.KeepEvidenceAsync();
            throw;
        }
    }

    /// <summary>Whether a blank stands before what only screen readers say is the browser's choice.</summary>
    [GeneratedRegex("Show all 3 ?: Refused by HubSpot")]
    private static partial Regex ShowAll();
}
