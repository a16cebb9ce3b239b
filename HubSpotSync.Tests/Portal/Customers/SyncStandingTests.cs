using System.Net;
using AngleSharp.Dom;
using HubSpotSync.Data.Identity;
using HubSpotSync.Tests.Infrastructure;
using HubSpotSync.Tests.Portal.Api;
using HubSpotSync.Tests.Portal.Billing;
using HubSpotSync.Tests.Portal.Hosting;

namespace HubSpotSync.Tests.Portal.Customers;

/// <summary>Lists by how their records stand with HubSpot.</summary>
public sealed class SyncStandingTests : IAsyncLifetime
{
    private static readonly (string Code, string[] Names)[] Expected =
    [
        ("in-sync", ["Agreed"]),
        ("on-its-way", ["Edited", "Told"]),
        ("needs-you", ["Given up", "Refused"]),
        ("not-synced", ["Left out"]),
        ("detached", ["Apart"]),
        ("only-here", ["Ours"]),
    ];

    private PortalHost _portal = null!; // set before each test
    private PageClient _member = null!; // likewise

    public async ValueTask InitializeAsync()
    {
        _portal = await PortalHost.BorrowAsync();
        await _portal.AddUserOfEachRoleAsync();
        _member = await _portal.AsAsync(WorkspaceRole.Member);
    }

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Theory]
    [InlineData("Contact", "customers")]
    [InlineData("Company", "companies")]
    public async Task Each_record_is_found_by_the_one_word_that_its_card_says(string kind, string list)
    {
        await _portal.AddConnectionAsync();
        await FillAsync(kind, _portal.WorkspaceId);
        var other = await _portal.AddWorkspaceAsync("Other");
        await _portal.AddConnectionAsync(other, 99);
        await FillAsync(kind, other);
        using var program = await _portal.ProgramAsync();

        foreach (var (code, names) in Expected)
        {
            var page = await _member.GetAsync($"/{list}?sync={code}");
            Assert.Equal(names, page.All(".row-title"));
            Assert.Equal(code, Chosen(page)?.GetAttribute("value"));
            var export = await _member.GetAsync($"/{list}/export?sync={code}");
            Assert.Equal(names.Length + 1, export.Text.TrimEnd().Split('\n').Length);
            Assert.All(names, name => Assert.Contains(name, export.Text, StringComparison.Ordinal));
            var told = await program.GetAsync($"/api/{list}?sync={code}");
            Assert.Equal(names, told.Data().EnumerateArray().Select(row => $"{row.GetProperty("name")}").Order());
        }

        Assert.Equal(8, (await _member.GetAsync($"/{list}")).All(".row-title").Count());
        var crooked = await program.GetAsync($"/api/{list}?sync=elsewhere");
        Assert.Equal((HttpStatusCode.BadRequest, "sync"), (crooked.Status, Assert.Single(crooked.Errors())));
        Assert.Equal(HttpStatusCode.OK, (await _member.GetAsync($"/{list}?sync=elsewhere")).Status);
    }

    [Fact]
    public async Task A_view_remembers_it_and_the_latest_look_counts()
    {
        var connection = await _portal.AddConnectionAsync();
        await FillAsync("Contact", _portal.WorkspaceId);
        await _portal.Database.ExecuteAsync( // the same customer, under the id that HubSpot merged away
            $"""
            insert into record_outcomes (connection_id, kind, record_key, workspace_id, local_id, state, reason, at)
              select '{connection}', 'Contact', 'h999', workspace_id, id, 'Excluded', 'StageNotInScope',
                  now() - interval '1 hour'
                from customers where last_name = 'Agreed'
            """);
        var page = await _member.GetAsync("/customers?sync=not-synced");
        await _member.SubmitAsync(page, "Save", ("name", "Left out by us"));

        var view = (await _member.GetAsync("/customers")).Html.QuerySelectorAll("a.chip-link")
            .Single(link => link.TextContent.Contains("Left out by us", StringComparison.Ordinal));
        Assert.Equal("/customers?sync=not-synced", view.GetAttribute("href"));
        Assert.Equal(["Left out"], page.All(".row-title"));
        Assert.Equal(["Agreed"], (await _member.GetAsync("/customers?sync=in-sync")).All(".row-title"));
    }

    [Fact]
    public async Task Without_a_connection_nothing_stands_anywhere()
    {
        await _portal.AddCustomerAsync(null, "Ours", null);

        Assert.Null((await _member.GetAsync("/customers")).Html.QuerySelector("select[name=sync]"));
        Assert.Equal(["Ours"], (await _member.GetAsync("/customers?sync=only-here")).All(".row-title"));
        Assert.Empty((await _member.GetAsync("/customers?sync=in-sync")).All(".row-title"));
    }

    private static IElement? Chosen(PageAnswer page) => page.Html.QuerySelector("select[name=sync] option[selected]");

    /// <summary>One of each, as worker and people leave them.</summary>
    private Task FillAsync(string kind, Guid workspace)
    {
        var (table, name) = kind == "Contact" ? ("customers", "last_name") : ("companies", "name");
        return _portal.Database.ExecuteAsync(
            $$"""
            begin;
            select set_config('app.engine', 'on', true);
            insert into {{table}} (id, workspace_id, {{name}})
              select gen_random_uuid(), '{{workspace}}', name from unnest(array['Agreed', 'Edited', 'Told', 'Given up',
                'Refused', 'Left out', 'Apart', 'Ours']) as name;
            insert into record_links (connection_id, kind, hubspot_id, workspace_id, local_id, ancestor, set_apart_at)
              select h.id, '{{kind}}', row_number() over (), r.workspace_id, r.id, '{}',
                  case when r.{{name}} = 'Apart' then now() end
                from {{table}} r join hubspot_connections h on h.workspace_id = r.workspace_id
                where r.workspace_id = '{{workspace}}' and r.{{name}} <> 'Ours';
            insert into record_outcomes (connection_id, kind, record_key, workspace_id, local_id, hubspot_id, state,
                reason)
              select l.connection_id, l.kind, 'h' || l.hubspot_id, l.workspace_id, l.local_id, l.hubspot_id,
                  case r.{{name}} when 'Refused' then 'Failing' when 'Left out' then 'Excluded' else 'InSync' end,
                  case r.{{name}} when 'Refused' then 'RefusedByHubSpot' when 'Left out' then 'StageNotInScope'
                    else 'Agreed' end
                from record_links l join {{table}} r on r.id = l.local_id
                where l.kind = '{{kind}}' and l.workspace_id = '{{workspace}}';
            insert into sync_requests (connection_id, kind, record_key, workspace_id, local_id, hubspot_id, parked_at)
              select l.connection_id, l.kind, 'h' || l.hubspot_id, l.workspace_id,
                  case when r.{{name}} <> 'Told' then l.local_id end, l.hubspot_id,
                  case when r.{{name}} = 'Given up' then now() end
                from record_links l join {{table}} r on r.id = l.local_id
                where l.kind = '{{kind}}' and l.workspace_id = '{{workspace}}'
                  and r.{{name}} in ('Edited', 'Told', 'Given up');
            commit;
            """);
    }
}
