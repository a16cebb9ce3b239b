using HubSpotSync.Data.Identity;
using HubSpotSync.Tests.PageObjects;
using HubSpotSync.Tests.Portal.Admin;
using HubSpotSync.Tests.Portal.Hosting;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace HubSpotSync.Tests.Browser;

/// <summary>What an admin sets, reviews and clears up, in a browser at both widths.</summary>
public sealed class AdminJourneyTests : IAsyncLifetime
{
    private const string HubSpot = "/settings/integrations/hubspot";

    private PortalHost _portal = null!; // set before each test
    private Guid _connection;

    public async ValueTask InitializeAsync()
    {
        _portal = await PortalHost.ServeAsync();
        await _portal.AddUserOfEachRoleAsync();
        _connection = await _portal.AddConnectionAsync();
        await _portal.AddStructureAsync(_connection);
        await _portal.Database.ExecuteAsync(
            "update hubspot_connections set first_run_done_at = now(), lifecycle_stages = '{customer}'");
    }

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    public Task Rules_are_counted_while_they_are_chosen_and_then_saved(int width, ColorScheme scheme) =>
        WalkAsync(width, scheme, "/rules", async (chrome, pages) =>
        {
            var page = chrome.Page;
            var sentence = page.Locator("[data-scope-sentence]");
            await Expect(sentence).ToContainTextAsync("12 of 55 contacts would sync");
            await chrome.AssertGoodAsync();
            await page.GetByLabel("Lead 30").CheckAsync();
            await Expect(sentence).ToContainTextAsync("42 of 55 contacts would sync");
            await page.GetByLabel("Archive it here").CheckAsync();
            await Expect(sentence).ToContainTextAsync("are archived here");
            await page.GetByLabel("Every week").CheckAsync();
            await page.GetByLabel("Day", new() { Exact = true }).SelectOptionAsync("Friday");
            await Expect(page.Locator("#rule-times time").First).ToContainTextAsync("Fri");
            await chrome.AssertGoodAsync();
            await pages.PressAsync("Save rules");
            await Expect(page.GetByRole(AriaRole.Status).First).ToContainTextAsync("Saved.");
            await pages.OpenAsync($"{HubSpot}/rules");
            await Expect(pages.Heading).ToHaveTextAsync("Lead and Customer contacts sync every Friday at 02:00");
            await Expect(page.GetByText("Who changed what")).ToBeVisibleAsync();
            await chrome.AssertGoodAsync();
        });

    [Theory]
    [InlineData(1280, ColorScheme.Dark)]
    [InlineData(390, ColorScheme.Light)]
    public async Task A_field_is_turned_round_by_its_arrow_and_another_one_added(int width, ColorScheme scheme)
    {
        var ada = await _portal.AddCustomerAsync("Ada", "Lovelace", "ada.canary@example.com");
        await _portal.AddLinkAsync(_connection, "Contact", ada, 501);
        await WalkAsync(width, scheme, "/mapping", async (chrome, pages) =>
        {
            var page = chrome.Page;
            await chrome.AssertGoodAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Job title: which way: Both ways" }).ClickAsync();
            await page.GetByLabel("HubSpot property").SelectOptionAsync("Contact.favourite_colour");
            await pages.PressAsync("Add");
            await Expect(page.GetByText("New", new() { Exact = true })).ToBeVisibleAsync();
            await page.GetByText("3 values, called the same on both sides").ClickAsync();
            await page.GetByLabel("Red r").FillAsync("rouge");
            await chrome.AssertGoodAsync();
            await pages.PressAsync("See what this changes");
            await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 2 }).First)
                .ToHaveTextAsync("This changes 2 fields");
            await chrome.AssertGoodAsync();
            await pages.PressAsync("Save mapping");
            await Expect(pages.Heading).ToHaveTextAsync("16 fields kept in step");
            await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Job title: which way: From HubSpot" }))
                .ToBeVisibleAsync();
        });
    }

    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    public async Task A_review_is_decided_one_by_one_and_by_a_rule_and_then_imported(int width, ColorScheme scheme)
    {
        var ada = await _portal.AddCustomerAsync("Ada", "Here", "ada.canary@example.com");
        await _portal.AddCandidateAsync(_connection, 11, "Ada", "ada.canary@example.com", ada);
        await _portal.AddCandidateAsync(_connection, 12, "Fresh", "fresh.canary@example.com");
        await _portal.Database.ExecuteAsync("update hubspot_connections set is_under_review = true");
        await WalkAsync(width, scheme, "/review", async (chrome, pages) =>
        {
            var page = chrome.Page;
            await chrome.AssertGoodAsync();
            await page.GetByText("1 field differs: Last name").ClickAsync();
            await page.GetByLabel("What becomes of Ada Waits").SelectOptionAsync("Replace");
            await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Import 1 chosen" })).ToBeEnabledAsync();
            await page.Locator(".chips").GetByText("New here").ClickAsync();
            await page.GetByLabel("For whom").SelectOptionAsync("all");
            await pages.PressAsync("Choose");
            await Expect(page.GetByRole(AriaRole.Status).First).ToContainTextAsync("1 contact chosen.");
            await chrome.AssertGoodAsync();
            await pages.PressAsync("Import 2 chosen");
            await Expect(page.Locator("[data-run]")).ToBeVisibleAsync();
            await chrome.AssertGoodAsync();
            await _portal.Database.ExecuteAsync(
                """
                delete from import_candidates;
                update sync_runs set state = 'Done', started_at = now(), finished_at = now(), processed = 2,
                  created = 1, linked = 1;
                select pg_notify('sync_runs', id::text) from sync_runs
                """);
            await Expect(pages.Heading).ToHaveTextAsync("Every contact is decided");
            await Expect(page.GetByRole(AriaRole.Link, new() { Name = "See the customers" })).ToBeVisibleAsync();
            await chrome.AssertGoodAsync();
        });
    }

    [Theory]
    [InlineData(1280, ColorScheme.Dark)]
    [InlineData(390, ColorScheme.Light)]
    public async Task Two_who_are_one_are_found_compared_and_merged(int width, ColorScheme scheme)
    {
        var ada = await _portal.AddCustomerAsync("Ada", "Lovelace", "ada.canary@example.com");
        var other = await _portal.AddCustomerAsync("A.", "Lovelace", "ada.canary+news@example.com");
        await _portal.AddLinkAsync(_connection, "Contact", ada, 501);
        await _portal.AddLinkAsync(_connection, "Contact", other, 502);
        await WalkAsync(width, scheme, "/duplicates", async (chrome, pages) =>
        {
            var page = chrome.Page;
            await Expect(pages.Heading).ToHaveTextAsync("1 pair may be one person each"); // looked for by itself
            await chrome.AssertGoodAsync();
            await page.GetByRole(AriaRole.Link, new() { Name = "Compare" }).ClickAsync();
            await Expect(page.GetByText("In HubSpot nothing is merged")).ToBeVisibleAsync();
            await chrome.AssertGoodAsync();
            await page.GetByLabel("E-mail: ada.canary+news@example.com").CheckAsync();
            await chrome.AssertGoodAsync();
            await pages.PressAsync("Merge");
            await Expect(pages.Heading).ToHaveTextAsync("Ada Lovelace");
            await Expect(page.GetByRole(AriaRole.Status).First).ToContainTextAsync("The two are one now.");
            await chrome.AssertGoodAsync();
        });
    }

    private async Task WalkAsync(
        int width, ColorScheme scheme, string path, Func<Chrome, InvoicePages, Task> walk)
    {
        await using var chrome = await Chrome.OpenAsync(width, scheme, $"Admin{path.Replace('/', '-')}");
        var pages = new InvoicePages(chrome.Page, _portal.Address);
        try
        {
            await pages.SignInAsync(WorkspaceRole.Admin);
            await pages.OpenAsync(HubSpot + path);
            await walk(chrome, pages);
        }
        catch
        {
            await chrome.KeepEvidenceAsync();
            throw;
        }
    }
}
