using System.Net;
using HubSpotSync.Data.Identity;
using HubSpotSync.Tests.Infrastructure;
using HubSpotSync.Tests.Portal.Billing;
using HubSpotSync.Tests.Portal.Hosting;

namespace HubSpotSync.Tests.Portal.Customers;

/// <summary>Work on many companies at once, and views of their list.</summary>
public sealed class CompanyWorkTests : IAsyncLifetime
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
    public async Task Many_are_tagged_at_once_and_an_undo_takes_it_from_those_that_lacked_it_before()
    {
        var one = await AddThreeAsync();
        await _member.SubmitAsync(await _member.GetAsync($"/companies/{one}"), "Add tag", ("name", "Key"));
        await _portal.AddCustomerAsync("Ada", "King", "ada.canary@example.com");

        var done = await DoAsync(("Kind", "Tag"), ("IsAll", "true"), ("Tag", "key"));
        Assert.Equal("2 companies tagged", done.Heading);
        Assert.Contains("1 were so already", done.Words, StringComparison.Ordinal);
        Assert.Equal(3L, await _portal.CountAsync("company_tags"));
        Assert.Equal(0L, await _portal.CountAsync("customer_tags"));

        var undone = await EndedAsync((await _member.SubmitAsync(done, "Undo")).Location!); // it leads on
        Assert.Equal("2 companies freed of the tag", undone.Heading);
        Assert.Equal(one, await _portal.Database.ScalarAsync<Guid>("select company_id from company_tags"));
        Assert.Equal(HttpStatusCode.Redirect, (await _member.SubmitAsync(done, "Undo")).Status);
        Assert.Equal(2L, await _portal.CountAsync("bulk_jobs"));
    }

    [Fact]
    public async Task The_ticked_ones_are_archived_and_brought_back_and_archived_again_by_undoing_that()
    {
        await AddThreeAsync();
        var ids = await _portal.Database.ListAsync<Guid>("select id from companies where name <> 'Third'");

        var done = await DoAsync(("Kind", "Archive"), ("Ids", $"{ids[0]}"), ("Ids", $"{ids[1]}"));
        Assert.Equal("2 companies archived", done.Heading);
        Assert.Equal(["Third"], await NamesAsync(""));
        Assert.Contains("Archived", (await _member.GetAsync($"/companies/{ids[0]}")).Words, StringComparison.Ordinal);

        var back = await EndedAsync((await _member.SubmitAsync(done, "Undo")).Location!); // it leads on
        Assert.Equal("2 companies restored", back.Heading);
        Assert.Equal(["First", "Second", "Third"], await NamesAsync(""));

        var again = await EndedAsync((await _member.SubmitAsync(back, "Undo")).Location!); // likewise
        Assert.Equal("2 companies archived", again.Heading);
    }

    [Fact]
    public async Task All_that_a_filter_finds_are_restored_but_none_into_a_taken_name_or_out_of_a_merge()
    {
        await AddThreeAsync();
        await _portal.Database.ExecuteAsync(
            $"""
            update companies set archived_at = now(), source = 'contact' where name = 'Second';
            update companies set archived_at = now(), merged_into = id where name = 'Third';
            insert into companies (id, workspace_id, name, source)
              values (gen_random_uuid(), '{_portal.WorkspaceId}', 'second', 'contact')
            """);

        var done = await DoAsync("/companies?status=archived", ("Kind", "Restore"), ("IsAll", "true"));

        Assert.Equal("0 companies restored", done.Heading);
        Assert.Contains("1 company: Another company is called so already.", done.Words, StringComparison.Ordinal);
        Assert.Contains("1 company: It was merged into another one", done.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Work_whose_worker_died_goes_on_where_its_last_page_ended()
    {
        await AddThreeAsync();
        var ids = await _portal.Database.ListAsync<Guid>("select id from companies order by id");
        var job = Guid.NewGuid();

        await _portal.Database.ExecuteAsync(
            $$"""
            insert into bulk_jobs (id, workspace_id, kind, record_kind, choice, state, total, processed, changed, place,
                attempts, lease_owner, lease_until)
              values ('{{job}}', '{{_portal.WorkspaceId}}', 'Archive', 'Company', '{"query": ""}', 'Running', 3, 1, 1,
                '{{ids[0]}}', 1, 'dead', now() - interval '1 second')
            """);
        var done = await EndedAsync($"/companies/bulk/{job}");

        Assert.Equal("3 companies archived", done.Heading);
        Assert.Equal(
            ids[0], await _portal.Database.ScalarAsync<Guid>("select id from companies where archived_at is null"));
        Assert.Equal(HttpStatusCode.NotFound, (await _member.GetAsync($"/customers/bulk/{job}")).Status);
    }

    [Fact]
    public async Task Nothing_ticked_changes_nothing_and_work_on_all_stays_within_the_workspace()
    {
        await AddThreeAsync();
        var other = await _portal.AddWorkspaceAsync("Other");
        await _portal.AddCompanyAsync("Elsewhere", "elsewhere.example", other);

        var refused = await _member.FollowAsync(
            await _member.SubmitAsync(await _member.GetAsync("/companies"), "Do it", ("Kind", "Archive")));
        Assert.Contains("No company is ticked", refused.Words, StringComparison.Ordinal);
        Assert.Equal(0L, await _portal.CountAsync("bulk_jobs"));

        var done = await DoAsync(("Kind", "Archive"), ("IsAll", "true"));
        Assert.Equal("3 companies archived", done.Heading);
        Assert.Equal(1L, await _portal.CountAsync("companies where archived_at is null"));
    }

    [Fact]
    public async Task A_view_is_of_its_list_kept_for_its_owner_and_shared_where_wanted()
    {
        await AddThreeAsync();
        await _portal.AddCustomerAsync("Ada", "King", "ada.canary@example.com");
        await _member.SubmitAsync(await _member.GetAsync("/customers"), "Save", ("name", "Ours"));
        var ours = await _member.GetAsync("/companies?source=local&page=2");
        var admin = await _portal.AsAsync(WorkspaceRole.Admin);

        await _member.SubmitAsync(ours, "Save", ("name", "Ours"));
        Assert.Equal(2L, await _portal.CountAsync("saved_views"));
        Assert.Empty((await admin.GetAsync("/companies")).All("nav.chips a"));
        await _member.SubmitAsync(ours, "Save", ("name", "Ours"), ("isShared", "true"));

        var shared = (await admin.GetAsync("/companies")).Html.QuerySelectorAll("nav.chips a").Single();
        Assert.Equal("/companies?source=local", shared.GetAttribute("href"));
        var id = await _portal.Database.ScalarAsync<Guid>("select id from saved_views where list = 'companies'");
        await admin.PostWithTokenAsync("/companies/views?handler=Delete", ("viewId", $"{id}"));
        Assert.Equal(2L, await _portal.CountAsync("saved_views"));
        await _member.SubmitAsync(await _member.GetAsync("/companies"), "Delete “Ours”");
        Assert.Equal(1L, await _portal.CountAsync("saved_views where list = 'customers'"));
        Assert.Equal(1L, await _portal.CountAsync("saved_views"));
    }

    private async Task<Guid> AddThreeAsync()
    {
        var first = await _portal.AddCompanyAsync("First", "first.example");
        await _portal.AddCompanyAsync("Second", "second.example");
        await _portal.AddCompanyAsync("Third", "third.example");
        return first;
    }

    private async Task<IEnumerable<string>> NamesAsync(string query) =>
        (await _member.GetAsync($"/companies{query}")).All(".row-title");

    private Task<PageAnswer> DoAsync(params (string Name, string Value)[] fields) => DoAsync("/companies", fields);

    private async Task<PageAnswer> DoAsync(string list, params (string Name, string Value)[] fields)
    {
        var asked = await _member.SubmitAsync(await _member.GetAsync(list), "Do it", fields);
        Assert.True(asked.Location?.StartsWith("/companies/bulk/", StringComparison.Ordinal), $"{asked}");
        return await EndedAsync(asked.Location!); // checked above
    }

    private Task<PageAnswer> EndedAsync(string path) => Eventually.SeeAsync(
        () => _member.GetAsync(path),
        page => page.Html.QuerySelector("progress") is null,
        TimeSpan.FromSeconds(30),
        "the work to end");
}
