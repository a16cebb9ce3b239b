using HubSpotSync.Data.Identity;
using HubSpotSync.Tests.Infrastructure;
using HubSpotSync.Tests.PageObjects;
using HubSpotSync.Tests.Portal.Hosting;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace HubSpotSync.Tests.Browser;

public sealed class CustomerJourneyTests : IAsyncLifetime
{
    private PortalHost _portal = null!; // set before each test

    public async ValueTask InitializeAsync()
    {
        _portal = await PortalHost.ServeAsync();
        await _portal.AddUserOfEachRoleAsync();
        await _portal.AddConnectionAsync();
        await _portal.Database.ExecuteAsync("update hubspot_connections set first_run_done_at = now()");
    }

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    public async Task A_customer_is_made_pushed_edited_by_two_tagged_and_archived(int width, ColorScheme scheme)
    {
        await using var chrome = await Chrome.OpenAsync(width, scheme);
        var pages = new CustomerPages(chrome.Page, _portal.Address);
        try
        {
            await pages.SignInAsync(WorkspaceRole.Member);
            await CreateAsync(chrome, pages);
            await EditAgainstAsync(chrome, pages);
            await ChooseCompanyAsync(chrome, pages);
            await WriteAsync(chrome, pages);
            await pages.PressAsync("Archive");
            await Expect(chrome.Page.GetByText("Archived. It is in no list")).ToBeVisibleAsync();
            await chrome.AssertGoodAsync();
            await pages.PressAsync("Restore");
            await Expect(chrome.Page.GetByText("Restored.")).ToBeVisibleAsync();
        }
        catch
        {
            await chrome.KeepEvidenceAsync();
            throw;
        }
    }

    [Theory]
    [InlineData(1280, ColorScheme.Dark)]
    [InlineData(390, ColorScheme.Light)]
    public async Task A_file_is_taken_in_many_are_changed_and_two_merged(int width, ColorScheme scheme)
    {
        await using var chrome = await Chrome.OpenAsync(width, scheme);
        var pages = new CustomerPages(chrome.Page, _portal.Address);
        try
        {
            await pages.SignInAsync(WorkspaceRole.Member);
            await ImportAsync(chrome, pages);
            await ChangeManyAsync(chrome, pages);
            await MergeAsync(chrome, pages);
            await ImportCompaniesAsync(chrome, pages);
        }
        catch
        {
            await chrome.KeepEvidenceAsync();
            throw;
        }
    }

    private async Task CreateAsync(Chrome chrome, CustomerPages pages)
    {
        await pages.OpenAsync("/customers");
        await chrome.AssertGoodAsync();
        await pages.FollowAsync("New customer");
        await chrome.AssertGoodAsync();
        await pages.PressAsync("Create customer");
        await Expect(chrome.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Give at least a name or an e-mail");
        await chrome.AssertGoodAsync();
        await pages.FillAsync("First name", "Ada");
        await pages.FillAsync("Last name", "Lovelace");
        await pages.PressAsync("Create customer");
        await Expect(pages.Heading).ToHaveTextAsync("Ada Lovelace");
        await Expect(pages.SyncState).ToContainTextAsync("On its way");
        await chrome.AssertGoodAsync();
        await PushAsync();
        await Expect(pages.SyncState).ToContainTextAsync("Pushed to HubSpot");
    }

    /// <summary>What the worker leaves when it has pushed somebody.</summary>
    private Task PushAsync() => _portal.Database.ExecuteAsync(
        """
        insert into record_links (connection_id, kind, hubspot_id, workspace_id, local_id, ancestor)
          select h.id, 'Contact', 501, h.workspace_id, c.id, '{}' from hubspot_connections h, customers c;
        insert into record_outcomes (connection_id, kind, record_key, workspace_id, local_id, hubspot_id, state, reason)
          select h.id, 'Contact', 'h501', h.workspace_id, c.id, 501, 'InSync', 'Agreed'
          from hubspot_connections h, customers c;
        insert into record_changes (workspace_id, connection_id, kind, local_id, side, action, fields, cause)
          select h.workspace_id, h.id, 'Contact', c.id, 'HubSpot', 'Create', '{"last_name": [null, "Lovelace"]}',
            'New here'
          from hubspot_connections h, customers c;
        delete from sync_requests
        """);

    private async Task EditAgainstAsync(Chrome chrome, CustomerPages pages)
    {
        await pages.FollowAsync("Edit");
        await Expect(chrome.Page.GetByText("Fields with a lock are HubSpot's.")).ToBeVisibleAsync();
        await chrome.AssertGoodAsync();
        await _portal.Database.ExecuteAsync("update customers set city = 'Paris'");
        await pages.FillAsync("City", "London");
        await pages.PressAsync("Save");
        await Expect(chrome.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("saved this meanwhile");
        await chrome.AssertGoodAsync();
        await chrome.Page.GetByRole(AriaRole.Radio, new() { Name = "Yours" }).CheckAsync();
        await pages.PressAsync("Save");
        await Expect(pages.Heading).ToHaveTextAsync("Ada Lovelace");
        Assert.Equal("London", await _portal.Database.ScalarAsync<string>("select city from customers"));
    }

    /// <summary>By the keyboard alone, as a form without a mouse is filled in.</summary>
    private async Task ChooseCompanyAsync(Chrome chrome, CustomerPages pages)
    {
        await _portal.AddCompanyAsync("Acme", "acme.example");
        await chrome.Page.GetByText("Choose a company").FocusAsync();
        await chrome.Page.Keyboard.PressAsync("Enter");
        await chrome.Page.Keyboard.PressAsync("Tab");
        await chrome.Page.Keyboard.TypeAsync("acm");
        await Expect(chrome.Page.GetByRole(AriaRole.Radio, new() { Name = "Acme" })).ToBeVisibleAsync();
        await chrome.AssertGoodAsync();
        await chrome.Page.Keyboard.PressAsync("Tab");
        await chrome.Page.Keyboard.PressAsync("Tab");
        await chrome.Page.Keyboard.PressAsync("ArrowUp");
        await pages.PressAsync("Save company");
        await Expect(chrome.Page.GetByRole(AriaRole.Link, new() { Name = "Acme" })).ToBeVisibleAsync();
        await pages.FollowAsync("Edit");
        await Expect(chrome.Page.GetByRole(AriaRole.Radio, new() { Name = "Acme" })).ToBeCheckedAsync();
        await chrome.AssertGoodAsync();
        await pages.PressAsync("Save");
    }

    private static async Task WriteAsync(Chrome chrome, CustomerPages pages)
    {
        await pages.FillAsync("New tag", "Key account");
        await pages.PressAsync("Add tag");
        await pages.FillAsync("New note", "Wants a quote.");
        await pages.PressAsync("Add note");
        await Expect(chrome.Page.Locator(".note-text")).ToHaveTextAsync("Wants a quote.");
        await Expect(chrome.Page.Locator(".timeline-list")).ToContainTextAsync("Tagged “Key account”");
        await chrome.AssertGoodAsync();
    }

    private static async Task ImportAsync(Chrome chrome, CustomerPages pages)
    {
        await pages.OpenAsync("/customers/import");
        await chrome.AssertGoodAsync();
        await pages.UploadAsync(
            """
            First name,Last name,Email
            Ada,Lovelace,ada@example.com
            Bea,Byron,bea@
            Ada,King,king@example.com
            """);
        await Expect(pages.Heading).ToHaveTextAsync("Check before it is imported");
        await chrome.AssertGoodAsync();
        await pages.PressAsync("Import 3 rows");
        await Expect(pages.Heading).ToHaveTextAsync("Imported");
        await chrome.AssertGoodAsync();
    }

    private static async Task ImportCompaniesAsync(Chrome chrome, CustomerPages pages)
    {
        await pages.OpenAsync("/companies");
        await pages.FollowAsync("Import");
        await chrome.AssertGoodAsync();
        await pages.UploadAsync("Name,Domain\nAcme,acme.example\nBeta,no domain\n");
        await Expect(pages.Heading).ToHaveTextAsync("Check before it is imported");
        await chrome.AssertGoodAsync();
        await pages.PressAsync("Import 2 rows");
        await Expect(pages.Heading).ToHaveTextAsync("Imported");
        await chrome.AssertGoodAsync();
        await pages.FollowAsync("Show companies");
        await Expect(chrome.Page.GetByRole(AriaRole.Link, new() { Name = "Acme" })).ToBeVisibleAsync();
    }

    private static async Task ChangeManyAsync(Chrome chrome, CustomerPages pages)
    {
        await pages.OpenAsync("/customers");
        await chrome.Page.GetByLabel("Tick Ada Lovelace").CheckAsync();
        await chrome.Page.Locator("#bulk").GetByLabel("Tag", new() { Exact = true }).FillAsync("Fair");
        await chrome.AssertGoodAsync();
        await pages.PressAsync("Do it");
        await Expect(pages.Heading).ToHaveTextAsync("1 customer tagged");
        await chrome.AssertGoodAsync();
        await pages.PressAsync("Undo");
        await Expect(pages.Heading).ToHaveTextAsync("1 customer freed of the tag");
        await pages.OpenAsync("/customers?stage=none");
        await chrome.Page.GetByText("Save view").ClickAsync();
        await pages.FillAsync("Name", "Without a stage");
        await pages.PressAsync("Save");
        await Expect(chrome.Page.GetByRole(AriaRole.Link, new() { Name = "Without a stage" })).ToBeVisibleAsync();
        await chrome.Page.GetByText("Filters").First.ClickAsync();
        await chrome.Page.Locator("select[name=sync]").SelectOptionAsync("on-its-way");
        await Expect(chrome.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("sync=on-its-way"));
        await Expect(chrome.Page.GetByRole(AriaRole.Link, new() { Name = "Ada King" })).ToBeVisibleAsync();
        await chrome.Page.GetByLabel("Source").SelectOptionAsync("hubspot");
        await Expect(chrome.Page.GetByText("Nobody matches these filters")).ToBeVisibleAsync();
        await chrome.AssertGoodAsync();
    }

    private static async Task MergeAsync(Chrome chrome, CustomerPages pages)
    {
        await pages.OpenAsync("/customers");
        await pages.FollowAsync("Ada Lovelace");
        await pages.FollowAsync("Merge");
        await chrome.Page.GetByRole(AriaRole.Searchbox).FillAsync("king");
        await pages.PressAsync("Find");
        await chrome.Page.GetByRole(AriaRole.Link, new() { Name = "Compare with Ada King" }).ClickAsync();
        await chrome.AssertGoodAsync();
        await pages.PressAsync("Merge into Ada Lovelace");
        await Expect(chrome.Page.GetByText("The two are one now.")).ToBeVisibleAsync();
    }
}
