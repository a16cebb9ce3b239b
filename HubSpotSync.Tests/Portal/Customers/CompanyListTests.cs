using System.Net;
using HubSpotSync.Data.Identity;
using HubSpotSync.Tests.Portal.Billing;
using HubSpotSync.Tests.Portal.Hosting;

namespace HubSpotSync.Tests.Portal.Customers;

public sealed class CompanyListTests : IAsyncLifetime
{
    private PortalHost _portal = null!; // set before each test
    private PageClient _viewer = null!; // likewise

    public async ValueTask InitializeAsync()
    {
        _portal = await PortalHost.BorrowAsync();
        await _portal.AddUserOfEachRoleAsync();
        _viewer = await _portal.AsAsync(WorkspaceRole.Viewer);
    }

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task They_are_found_by_how_their_name_or_domain_begins()
    {
        var engines = await _portal.AddCompanyAsync("Engines", "engines.example");
        await _portal.AddCompanyAsync("50% Off", "off.example");
        await _portal.AddCompanyAsync("50x Off", "x.example");
        await _portal.AddCustomerAsync("Ada", "Lovelace", "ada.canary@example.com");
        await _portal.Database.ExecuteAsync($"update customers set company_id = '{engines}'");

        Assert.Equal(["Engines"], await NamesAsync("?q=ENG"));
        Assert.Equal(["50% Off"], await NamesAsync("?q=50%25"));
        Assert.Empty(await NamesAsync("?q=gines"));
        Assert.Equal(["Ada Lovelace"], (await _viewer.GetAsync($"/companies/{engines}")).All(".row-title"));
    }

    [Fact]
    public async Task Filters_say_where_they_came_from_whose_they_are_and_which_are_archived()
    {
        await AddOneOfEachSourceAsync();

        Assert.Equal(["Ours", "Text", "Theirs"], await NamesAsync(""));
        Assert.Equal(["Ours"], await NamesAsync("?source=local"));
        Assert.Equal(["Theirs"], await NamesAsync("?source=hubspot"));
        Assert.Equal(["Text"], await NamesAsync("?source=contact"));
        Assert.Equal(["Theirs"], await NamesAsync("?owner=77"));
        Assert.Equal(["Ours", "Text"], await NamesAsync("?owner=none"));
        Assert.Equal(["Gone"], await NamesAsync("?status=archived"));
        Assert.Equal(["Ours", "Text", "Theirs"], await NamesAsync("?source=elsewhere"));
        Assert.Equal(
            "No company matches these filters",
            (await _viewer.GetAsync("/companies?status=archived&source=hubspot")).All(".empty-title").Single());
    }

    [Fact]
    public async Task A_hundred_and_twenty_come_page_by_page_with_no_gap_and_none_twice()
    {
        await _portal.Database.ExecuteAsync(
            $"""
            insert into companies (id, workspace_id, name)
            select gen_random_uuid(), '{_portal.WorkspaceId}', 'Same' from generate_series(1, 120)
            """);
        var pages = new List<PageAnswer> { await _viewer.GetAsync("/companies?owner=none") };
        while (Link(pages[^1], "next") is { } next && pages.Count < 5)
        {
            pages.Add(await _viewer.GetAsync(next));
        }

        var back = await _viewer.GetAsync(Link(pages[^1], "prev")!); // the third page has one before it

        Assert.Equal([50, 50, 20], pages.Select(page => Rows(page).Count));
        Assert.Equal(120, pages.SelectMany(Rows).Distinct().Count());
        Assert.Contains("101–120 of 120", pages[^1].Words, StringComparison.Ordinal);
        Assert.Equal(Rows(pages[1]), Rows(back));
        Assert.Contains("51–100 of 120", back.Words, StringComparison.Ordinal);
        string[] crooked = ["?after=~", "?before=x~y", "?from=-9", "?page=2"];
        foreach (var query in crooked)
        {
            Assert.Equal(HttpStatusCode.OK, (await _viewer.GetAsync($"/companies{query}")).Status);
        }
    }

    [Fact]
    public async Task An_export_holds_what_the_list_shows_and_is_safe_to_open()
    {
        await AddOneOfEachSourceAsync();
        await _portal.AddCompanyAsync("=cmd|' /C calc'!A0", "evil.example");
        var other = await _portal.AddWorkspaceAsync("Other");
        await _portal.AddCompanyAsync("Elsewhere", "elsewhere.example", other);

        var all = await _viewer.GetAsync("/companies/export");
        var ours = await _viewer.GetAsync("/companies/export?source=hubspot");

        Assert.Equal(5, all.Text.TrimEnd().Split('\n').Length);
        Assert.Contains("\"'=cmd|' /C calc'!A0\"", all.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Elsewhere", all.Text, StringComparison.Ordinal);
        Assert.Equal(2, ours.Text.TrimEnd().Split('\n').Length);
        Assert.Equal(2L, await _portal.CountAsync("audit_log where action = 'companies.exported'"));
    }

    [Fact]
    public async Task A_tag_is_put_on_seen_in_the_list_filtered_by_exported_and_taken_off()
    {
        var member = await _portal.AsAsync(WorkspaceRole.Member);
        var engines = await _portal.AddCompanyAsync("Engines", "engines.example");
        await _portal.AddCompanyAsync("Other", "other.example");
        var ada = await _portal.AddCustomerAsync("Ada", "King", "ada.canary@example.com");
        await member.SubmitAsync(await member.GetAsync($"/customers/{ada}"), "Add tag", ("name", "Key"));

        await member.SubmitAsync(await member.GetAsync($"/companies/{engines}"), "Add tag", ("name", "KEY "));
        await member.SubmitAsync(await member.GetAsync($"/companies/{engines}"), "Add tag", ("name", "Key"));
        var tag = await _portal.Database.ScalarAsync<Guid>("select id from tags");
        var list = await _viewer.GetAsync("/companies");
        var file = await _viewer.GetAsync($"/companies/export?tag={tag}");
        var page = await member.GetAsync($"/companies/{engines}");

        Assert.Equal(["Key"], list.All("td .chip"));
        Assert.Equal(["Engines"], await NamesAsync($"?tag={tag}"));
        Assert.Equal(["Engines", "Other"], await NamesAsync("?tag=none"));
        Assert.Contains("engines.example", file.Text, StringComparison.Ordinal);
        Assert.Contains("\"Key\"", file.Text, StringComparison.Ordinal);
        Assert.Equal(2, file.Text.TrimEnd().Split('\n').Length);
        Assert.Contains("Tagged “Key”", page.Words, StringComparison.Ordinal);
        Assert.Equal(1L, await _portal.CountAsync($"activities where company_id = '{engines}'"));

        await member.SubmitAsync(page, "Take off Key");
        Assert.Empty(await NamesAsync($"?tag={tag}"));
        Assert.Equal(1L, await _portal.CountAsync("customer_tags"));
        var viewer = await _viewer.PostWithTokenAsync($"/companies/{engines}/tags", ("name", "Key"));
        Assert.Equal(HttpStatusCode.Forbidden, viewer.Status);
    }

    private Task AddOneOfEachSourceAsync() => _portal.Database.ExecuteAsync(
        $"""
        insert into companies (id, workspace_id, name, source, hubspot_owner_id, archived_at)
        values (gen_random_uuid(), '{_portal.WorkspaceId}', 'Ours', 'local', null, null),
          (gen_random_uuid(), '{_portal.WorkspaceId}', 'Theirs', 'hubspot', '77', null),
          (gen_random_uuid(), '{_portal.WorkspaceId}', 'Text', 'contact', null, null),
          (gen_random_uuid(), '{_portal.WorkspaceId}', 'Gone', 'local', null, now())
        """);

    private async Task<IEnumerable<string>> NamesAsync(string query) =>
        (await _viewer.GetAsync($"/companies{query}")).All(".row-title");

    private static List<string?> Rows(PageAnswer page) =>
        [.. page.Html.QuerySelectorAll(".row-title a").Select(link => link.GetAttribute("href"))];

    private static string? Link(PageAnswer page, string rel) =>
        page.Html.QuerySelector($"a[rel={rel}]")?.GetAttribute("href");
}
