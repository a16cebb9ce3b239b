using System.Net;
using AngleSharp.Dom;
using HubSpotSync.Data.Identity;
using HubSpotSync.Tests.Portal.Hosting;

namespace HubSpotSync.Tests.Portal;

public sealed class CustomersTests : IAsyncLifetime
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

    [Theory]
    [InlineData("love", "Ada Lovelace")]
    [InlineData("ADA LOVE", "Ada Lovelace")]
    [InlineData("@müller.example", "Jürgen Müller")]
    [InlineData("MÜLLER", "Jürgen Müller")]
    [InlineData("山田", "太郎 山田")]
    [InlineData("100%", "100% Sure")]
    [InlineData("a_b", "a_b Under")]
    [InlineData(@"\\", @"Back \\ slash")]
    [InlineData("O'Neil", "Shaq O'Neil")]
    [InlineData("  Lovelace  ", "Ada Lovelace")]
    public async Task Search_finds_parts_of_names_and_addresses_letter_by_letter(string wanted, string found)
    {
        await _portal.AddCustomerAsync("Ada", "Lovelace", "ada.canary@example.com");
        await _portal.AddCustomerAsync("Jürgen", "Müller", "jm@müller.example");
        await _portal.AddCustomerAsync("太郎", "山田", "taro.canary@example.jp");
        await _portal.AddCustomerAsync("100%", "Sure", "sure.canary@example.com");
        await _portal.AddCustomerAsync("100x", "Unsure", "unsure.canary@example.com");
        await _portal.AddCustomerAsync("a_b", "Under", "under.canary@example.com");
        await _portal.AddCustomerAsync("aXb", "Other", "other.canary@example.com");
        await _portal.AddCustomerAsync(@"Back \\", "slash", "slash.canary@example.com");
        await _portal.AddCustomerAsync("Shaq", "O'Neil", "shaq.canary@example.com");

        var page = await _viewer.GetAsync($"/customers?q={Uri.EscapeDataString(wanted)}");

        Assert.Equal([found], page.All(".row-title"));
        Assert.Equal(wanted.Trim(), page.Html.QuerySelector("#q")?.GetAttribute("value"));
    }

    [Fact]
    public async Task Nobody_found_is_said_with_what_was_asked()
    {
        await _portal.AddCustomerAsync("Ada", "Lovelace", "ada.canary@example.com");

        var page = await _viewer.GetAsync("/customers?q=%3Cb%3Ezz");

        Assert.Contains("Nobody matches “<b>zz”", page.Words, StringComparison.Ordinal);
        Assert.Empty(page.Html.QuerySelectorAll("#customers b"));
    }

    [Fact]
    public async Task A_stage_shows_its_customers_and_every_chip_how_many_there_are()
    {
        await _portal.AddConnectionAsync();
        await _portal.AddCustomerAsync("Ada", "A", "a.canary@example.com", "customer");
        await _portal.AddCustomerAsync("Bob", "B", "b.canary@example.com", "customer");
        await _portal.AddCustomerAsync("Cem", "C", "c.canary@example.com", "lead");
        await _portal.AddCustomerAsync("Dan", "D", "d.canary@example.com");

        var all = await _viewer.GetAsync("/customers");
        var lead = await _viewer.GetAsync("/customers?stage=lead");
        var none = await _viewer.GetAsync("/customers?stage=none");
        var both = await _viewer.GetAsync("/customers?stage=customer&q=bob");

        Assert.Equal(["All 4", "Customer 2", "Lead 1", "No stage 1"], all.All("main .chip-link"));
        Assert.Equal(["Cem C"], lead.All(".row-title"));
        Assert.Equal("Lead 1", lead.All(".chip-link[aria-current=true]").Single());
        Assert.Equal(["Dan D"], none.All(".row-title"));
        Assert.Equal(["Bob B"], both.All(".row-title"));
    }

    [Fact]
    public async Task The_order_can_be_chosen()
    {
        await _portal.AddCustomerAsync("Zoe", "Alpha", "z.canary@example.com");
        await _portal.AddCustomerAsync("Ann", "éclair", "e.canary@example.com");
        await _portal.AddCustomerAsync("Bob", "Zulu", "b.canary@example.com");
        await _portal.Database.ExecuteAsync("update customers set phone = '1' where first_name = 'Ann'");

        var page = await _viewer.GetAsync("/customers");
        Assert.Equal(["Zoe Alpha", "Ann éclair", "Bob Zulu"], page.All(".row-title"));
        Assert.Equal("Bob Zulu", (await _viewer.GetAsync("/customers?sort=newest")).All(".row-title").First());
        Assert.Equal("Ann éclair", (await _viewer.GetAsync("/customers?sort=changed")).All(".row-title").First());
        Assert.Equal("Zoe Alpha", (await _viewer.GetAsync("/customers?sort=drop%20table")).All(".row-title").First());
    }

    [Theory]
    [InlineData("")]
    [InlineData("sort=newest")]
    [InlineData("q=same")]
    public async Task A_hundred_and_twenty_customers_come_page_by_page_with_no_gap_and_none_twice(string query)
    {
        await _portal.Database.ExecuteAsync(
            $"""
            insert into customers (id, workspace_id, first_name, last_name, email)
            select gen_random_uuid(), '{_portal.WorkspaceId}', 'Same', 'Name', 'same' || n || '@example.com'
            from generate_series(1, 120) n
            """);
        var seen = new List<string>();
        var path = $"/customers?{query}";
        PageAnswer? last = null;

        for (var next = path; next is not null && seen.Count < 500;)
        {
            var page = await _viewer.GetAsync(next);
            var links = page.Html.QuerySelectorAll(".row-title a");
            seen.AddRange(links.Select(link => link.GetAttribute("href")!)); // each row is a link
            last = page;
            next = page.Html.QuerySelector("a[rel=next]")?.GetAttribute("href");
        }

        Assert.Equal(120, seen.Count);
        Assert.Equal(120, seen.Distinct().Count());
        Assert.Contains("101–120 of 120", last!.Words, StringComparison.Ordinal); // read above
        var back = await _viewer.GetAsync(last.Html.QuerySelector("a[rel=prev]")!.GetAttribute("href")!);
        Assert.Equal(
            seen[50..100], back.Html.QuerySelectorAll(".row-title a").Select(link => link.GetAttribute("href")));
        Assert.Contains("51–100 of 120", back.Words, StringComparison.Ordinal);
        string[] all = ["after=~", "after=x~y", "before=-1~" + Guid.Empty, "from=-9", "after=a&before=b"];
        foreach (var crooked in all)
        {
            Assert.Equal(HttpStatusCode.OK, (await _viewer.GetAsync($"{path}&{crooked}")).Status);
        }
    }

    [Fact]
    public async Task Whatever_a_name_holds_is_text()
    {
        const string Evil = "<script>alert('x')</script>";
        var connection = await _portal.AddConnectionAsync();
        var id = await _portal.AddCustomerAsync(Evil, "\" onmouseover=\"x", "evil.canary@example.com", Evil);
        var company = await _portal.AddCompanyAsync(Evil, "javascript:alert(1)");
        await _portal.Database.ExecuteAsync(
            $"""
            update customers set company_id = '{company}', company_name = '<img src=x>', phone = 'javascript:1'
            where id = '{id}'
            """);
        await _portal.AddLinkAsync(connection, "Contact", id, 77);

        string[] paths =
        [
            "/customers",
            $"/customers/{id}",
            "/companies",
            $"/companies/{company}",
            "/",
            "/customers?q=script",
        ];
        foreach (var path in paths)
        {
            var page = await _viewer.GetAsync(path);
            Assert.Equal(HttpStatusCode.OK, page.Status);
            Assert.Contains(Evil, page.Html.Body!.TextContent, StringComparison.Ordinal); // every page has one
            Assert.Empty(page.Html.QuerySelectorAll("body script, main img, [onmouseover]"));
            Assert.Empty(page.Html.QuerySelectorAll("a[href^='javascript']"));
        }
    }

    [Fact]
    public async Task A_linked_customer_leads_to_its_record_in_HubSpot()
    {
        var connection = await _portal.AddConnectionAsync();
        var linked = await _portal.AddCustomerAsync("Ada", "Linked", "linked.canary@example.com");
        await _portal.AddCustomerAsync("Bob", "Unlinked", "unlinked.canary@example.com");
        await _portal.AddLinkAsync(connection, "Contact", linked, 501);
        const string Href = "https://app.hubspot.com/contacts/4711/record/0-1/501";

        var list = await _viewer.GetAsync("/customers");
        var detail = await _viewer.GetAsync($"/customers/{linked}");

        var badge = Assert.Single(list.Html.QuerySelectorAll("a.hs-badge"));
        Assert.Equal((Href, "noopener"), (badge.GetAttribute("href"), badge.GetAttribute("rel")));
        Assert.Equal("Ada Linked", badge.Closest("tr")?.QuerySelector(".row-title")?.TextContent.Trim());
        Assert.All(
            detail.Html.QuerySelectorAll("a[target=_blank]"),
            link => Assert.Equal(Href, link.GetAttribute("href")));
    }

    [Fact]
    public async Task A_customer_shows_what_is_known_and_how_it_is_kept_in_step()
    {
        var connection = await _portal.AddConnectionAsync();
        var company = await _portal.AddCompanyAsync("Engines", "engines.example");
        var id = await _portal.AddCustomerAsync("Ada", "Lovelace", "ada.canary@example.com", "lead");
        await _portal.Database.ExecuteAsync(
            $$"""
            update customers set company_id = '{{company}}', hubspot_owner_id = '9', city = 'London'
              where id = '{{id}}';
            insert into owners (connection_id, id, workspace_id, first_name, last_name, is_archived)
              select id, '9', workspace_id, 'Grace', 'Hopper', true from hubspot_connections;
            insert into record_outcomes (connection_id, kind, record_key, workspace_id, local_id, state, reason, detail)
              select id, 'Contact', 'h1', workspace_id, '{{id}}', 'Excluded', 'StageNotInScope', 'lead'
              from hubspot_connections;
            insert into record_changes (workspace_id, connection_id, kind, local_id, side, action, fields, cause)
              select workspace_id, id, 'Contact', '{{id}}', 'Local', 'Update', '{"city": ["Paris", "London"]}',
                'NewestEdit' from hubspot_connections;
            """);

        var page = await _viewer.GetAsync($"/customers/{id}");

        Assert.Equal("Ada Lovelace", page.Heading);
        string[] texts =
        [
            "London",
            "Grace Hopper (left)",
            "Lead",
            "Engines",
            "Changed here newest edit",
            "City Paris became London",
            "Not synced",
        ];
        foreach (var text in texts)
        {
            Assert.Contains(text, page.Words, StringComparison.Ordinal);
        }

        Assert.Equal(connection, await _portal.Database.ScalarAsync<Guid>("select connection_id from record_outcomes"));
        Assert.Equal(HttpStatusCode.NotFound, (await _viewer.GetAsync($"/customers/{Guid.NewGuid()}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await _viewer.GetAsync("/customers/not-an-id")).Status);
    }
}
