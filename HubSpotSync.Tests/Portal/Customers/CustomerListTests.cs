using System.Net;
using HubSpotSync.Data.Identity;
using HubSpotSync.Tests.Infrastructure;
using HubSpotSync.Tests.Portal.Billing;
using HubSpotSync.Tests.Portal.Hosting;

namespace HubSpotSync.Tests.Portal.Customers;

public sealed class CustomerListTests : IAsyncLifetime
{
    private PortalHost _portal = null!; // set before each test
    private PageClient _member = null!; // likewise

    public async ValueTask InitializeAsync()
    {
        _portal = await PortalHost.BorrowAsync();
        await _portal.AddUserOfEachRoleAsync();
        _member = await _portal.AsAsync(WorkspaceRole.Member);
    }

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task Every_filter_shows_whom_it_means()
    {
        var ada = await AddThreeAsync();
        await _member.SubmitAsync(await _member.GetAsync($"/customers/{ada}"), "Add tag", ("name", "Key"));
        var tag = await _portal.Database.ScalarAsync<Guid>("select id from tags");

        Assert.Equal(["Ada A"], await NamesAsync($"?tag={tag}"));
        Assert.Equal(["Bob B"], await NamesAsync("?source=hubspot"));
        Assert.Equal(["Bob B"], await NamesAsync("?owner=9"));
        Assert.Equal(["Ada A", "Cem C"], await NamesAsync("?owner=none"));
        Assert.Equal(["Cem C"], await NamesAsync("?stage=lead&source=local"));
        await _member.PostWithTokenAsync($"/customers/{ada}/archive");
        Assert.Equal(["Bob B", "Cem C"], await NamesAsync(""));
        Assert.Equal(["Ada A"], await NamesAsync("?status=archived"));
        Assert.Empty(await NamesAsync($"?tag={tag}"));
    }

    [Fact]
    public async Task A_view_is_kept_for_its_owner_and_shared_where_wanted()
    {
        await AddThreeAsync();
        var lead = await _member.GetAsync("/customers?stage=lead");
        await _member.SubmitAsync(lead, "Save", ("name", "Leads"));
        var admin = await _portal.AsAsync(WorkspaceRole.Admin);
        Assert.DoesNotContain("Leads", (await admin.GetAsync("/customers")).All("nav a"));

        await _member.SubmitAsync(lead, "Save", ("name", "Leads"), ("isShared", "true"));
        var shared = (await admin.GetAsync("/customers")).Html
            .QuerySelectorAll("nav a").Single(link => link.TextContent.Contains("Leads", StringComparison.Ordinal));
        Assert.Equal("/customers?stage=lead", shared.GetAttribute("href"));

        var id = await _portal.Database.ScalarAsync<Guid>("select id from saved_views");
        await admin.PostWithTokenAsync("/customers/views?handler=Delete", ("viewId", $"{id}"));
        Assert.Equal(1L, await _portal.CountAsync("saved_views"));
        await _member.PostWithTokenAsync("/customers/views?handler=Delete", ("viewId", $"{id}"));
        Assert.Equal(0L, await _portal.CountAsync("saved_views"));
    }

    [Fact]
    public async Task Many_are_tagged_at_once_and_an_undo_takes_it_from_those_who_lacked_it_before()
    {
        var ada = await AddThreeAsync();
        await _member.SubmitAsync(await _member.GetAsync($"/customers/{ada}"), "Add tag", ("name", "Key"));

        var done = await DoAsync("/customers", ("Kind", "Tag"), ("IsAll", "true"), ("Tag", "key"));
        Assert.Equal("2 customers tagged", done.Heading);
        Assert.Contains("1 were so already", done.Words, StringComparison.Ordinal);
        Assert.Equal(3L, await _portal.CountAsync("customer_tags"));

        var undone = await EndedAsync((await _member.SubmitAsync(done, "Undo")).Location!); // it leads on
        Assert.Equal("2 customers freed of the tag", undone.Heading);
        Assert.Equal(ada, await _portal.Database.ScalarAsync<Guid>("select customer_id from customer_tags"));
        Assert.Equal(HttpStatusCode.Redirect, (await _member.SubmitAsync(done, "Undo")).Status);
        Assert.Equal(2L, await _portal.CountAsync("bulk_jobs"));
    }

    [Fact]
    public async Task The_ticked_ones_are_archived_and_brought_back_but_not_into_a_taken_address()
    {
        await AddThreeAsync();
        var ids = await _portal.Database.ListAsync<Guid>("select id from customers where first_name in ('Ada', 'Bob')");

        var done = await DoAsync("/customers", ("Kind", "Archive"), ("Ids", $"{ids[0]}"), ("Ids", $"{ids[1]}"));
        Assert.Equal("2 customers archived", done.Heading);
        Assert.Equal(["Cem C"], await NamesAsync(""));
        await _portal.AddCustomerAsync("New", "Ada", "a.canary@example.com");

        var undone = await EndedAsync((await _member.SubmitAsync(done, "Undo")).Location!); // it leads on
        Assert.Equal("1 customer restored", undone.Heading);
        Assert.Contains("1 customer: Another customer has this e-mail", undone.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_owner_who_is_HubSpots_is_left_as_it_is_and_said()
    {
        await AddThreeAsync();
        var done = await DoAsync("/customers", ("Kind", "Owner"), ("IsAll", "true"), ("Owner", "9"));

        Assert.Equal("0 customers given to the owner", done.Heading);
        Assert.Contains("2 customers: Owner comes from HubSpot", done.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_ticked_changes_nothing_and_says_so()
    {
        await AddThreeAsync();
        var answer = await _member.FollowAsync(
            await _member.SubmitAsync(await _member.GetAsync("/customers"), "Do it", ("Kind", "Archive")));

        Assert.Contains("Nobody is ticked", answer.Words, StringComparison.Ordinal);
        Assert.Equal(0L, await _portal.CountAsync("bulk_jobs"));
    }

    [Fact]
    public async Task Work_on_all_stays_within_the_workspace()
    {
        await AddThreeAsync();
        var other = await _portal.AddWorkspaceAsync("Other");
        await _portal.AddCustomerAsync("Eve", "Other", "eve.canary@example.com", workspaceId: other);

        var done = await DoAsync("/customers", ("Kind", "Archive"), ("IsAll", "true"));

        Assert.Equal("3 customers archived", done.Heading);
        Assert.Equal(1L, await _portal.CountAsync("customers where archived_at is null"));
    }

    private async Task<Guid> AddThreeAsync()
    {
        await _portal.AddConnectionAsync();
        var ada = await _portal.AddCustomerAsync("Ada", "A", "a.canary@example.com", "customer");
        var bob = await _portal.AddCustomerAsync("Bob", "B", "b.canary@example.com", "customer");
        await _portal.AddCustomerAsync("Cem", "C", "c.canary@example.com", "lead");
        await _portal.Database.ExecuteAsync(
            $"update customers set source = 'hubspot', hubspot_owner_id = '9' where id = '{bob}'");
        return ada;
    }

    private async Task<IEnumerable<string>> NamesAsync(string query) =>
        (await _member.GetAsync($"/customers{query}")).All(".row-title");

    private async Task<PageAnswer> DoAsync(string list, params (string Name, string Value)[] fields)
    {
        var asked = await _member.SubmitAsync(await _member.GetAsync(list), "Do it", fields);
        Assert.True(asked.Location?.StartsWith("/customers/bulk/", StringComparison.Ordinal), $"{asked}");
        return await EndedAsync(asked.Location!); // checked above
    }

    private async Task<PageAnswer> EndedAsync(string path)
    {
        return await Eventually.SeeAsync(
            () => _member.GetAsync(path),
            page => page.Html.QuerySelector("progress") is null,
            TimeSpan.FromSeconds(30),
            "the work to end");
    }
}
