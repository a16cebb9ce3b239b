using System.Globalization;
using System.Net;
using HubSpotSync.Data.Identity;
using HubSpotSync.Tests.Infrastructure;
using HubSpotSync.Tests.Portal.Hosting;

namespace HubSpotSync.Tests.Portal.Users;

public sealed class AuditPageTests : IAsyncLifetime
{
    private PortalHost _portal = null!; // set before each test

    public async ValueTask InitializeAsync()
    {
        _portal = await PortalHost.BorrowAsync();
        await _portal.AddUserOfEachRoleAsync();
    }

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task A_change_is_shown_with_who_when_what_before_and_after()
    {
        var owner = await _portal.AsAsync(WorkspaceRole.Owner);
        var viewer = await IdOfAsync(WorkspaceRole.Viewer);

        await owner.PostWithTokenAsync($"/settings/users/{viewer}?handler=Role", ("role", "Member"));
        var page = await owner.GetAsync("/settings/audit");

        Assert.Equal(
            ["Owner owner.canary · Changed a role: Viewer viewer.canary · just now"], page.All(".change-head"));
        Assert.Equal(["Role Viewer became Member"], page.All(".diff li"));
    }

    [Fact]
    public async Task Filters_take_people_areas_and_days()
    {
        var owner = await _portal.AsAsync(WorkspaceRole.Owner);
        var (admin, member) = (await IdOfAsync(WorkspaceRole.Admin), await IdOfAsync(WorkspaceRole.Member));
        await _portal.Database.ExecuteAsync(
            $"""
            update workspaces set time_zone = 'America/New_York';
            insert into audit_log (workspace_id, user_id, action, subject, at) values
              ('{_portal.WorkspaceId}', '{admin}', 'hubspot.sync_requested', null, '2026-03-01 04:59:00Z'),
              ('{_portal.WorkspaceId}', '{admin}', 'hubspot.sync_stopped', null, '2026-03-01 05:00:00Z'),
              ('{_portal.WorkspaceId}', '{member}', 'customers.exported', null, '2026-03-02 04:59:59Z'),
              ('{_portal.WorkspaceId}', '{member}', 'workspace.changed', null, '2026-03-02 05:00:00Z'),
              ('{_portal.WorkspaceId}', null, 'hubspot.fields_disabled', 'hub 4711', '2026-03-09 12:00:00Z')
            """);

        Assert.Equal(5, await CountAsync(""));
        Assert.Equal(2, await CountAsync($"?who={admin}"));
        Assert.Equal(3, await CountAsync("?what=hubspot."));
        Assert.Equal(1, await CountAsync("?what=customer"));
        Assert.Equal(2, await CountAsync("?from=2026-03-01&to=2026-03-01")); // by the workspace's own days
        Assert.Equal(1, await CountAsync($"?from=2026-03-01&who={admin}"));
        Assert.Equal(5, await CountAsync("?who=nonsense&what=nonsense&from=nonsense&before=nonsense"));
        var none = await owner.GetAsync("/settings/audit?from=2030-01-01");
        Assert.Contains("Nothing matches these filters", none.Words, StringComparison.Ordinal);
        var engine = await owner.GetAsync("/settings/audit?from=2026-03-09");
        Assert.Contains("HubSpotSync · Switched fields off or on", engine.Words, StringComparison.Ordinal);
        Assert.Contains("HubSpot account 4711", engine.Words, StringComparison.Ordinal);

        async Task<int> CountAsync(string query) =>
            (await owner.GetAsync("/settings/audit" + query)).Html.QuerySelectorAll(".change-head").Length;
    }

    [Fact]
    public async Task Pages_follow_each_other_without_gap_or_repetition_while_entries_come()
    {
        await AddAsync(1, 120);
        var owner = await _portal.AsAsync(WorkspaceRole.Owner);

        var first = await owner.GetAsync("/settings/audit?what=customer");
        await AddAsync(121, 130);
        var second = await owner.GetAsync(Neighbour(first, "next"));
        var third = await owner.GetAsync(Neighbour(second, "next"));
        var back = await owner.GetAsync(Neighbour(third, "prev"));

        Assert.Equal(Enumerable.Range(71, 50).Reverse(), NumbersOn(first));
        Assert.Equal(Enumerable.Range(21, 50).Reverse(), NumbersOn(second));
        Assert.Equal(Enumerable.Range(1, 20).Reverse(), NumbersOn(third));
        Assert.Equal(NumbersOn(second), NumbersOn(back));
        Assert.Null(third.Html.QuerySelector("a[rel=next]"));
        Assert.Null(first.Html.QuerySelector("a[rel=prev]"));
    }

    [Fact]
    public async Task The_file_holds_all_that_the_filters_find_and_no_formula()
    {
        await AddAsync(1, 1100);
        await _portal.Database.ExecuteAsync(
            $$"""
            insert into audit_log (workspace_id, action, subject, before, after) values
              ('{{_portal.WorkspaceId}}', 'customer.edited', '=HYPERLINK("x")', '{"city": "+1"}', '{"city": "Oslo"}')
            """);
        var owner = await _portal.AsAsync(WorkspaceRole.Owner);

        var answer = await owner.GetAsync("/settings/audit/export?what=customer");
        var lines = answer.Text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(1102, lines.Length);
        Assert.Contains(
            "\"HubSpotSync\",\"Customer edited\",\"'=HYPERLINK(\"\"x\"\")\"", lines[1], StringComparison.Ordinal);
        Assert.Contains("\"City: +1\",\"City: Oslo\"", lines[1], StringComparison.Ordinal);
        Assert.Equal("no-store", answer.Header("Cache-Control"));
        Assert.Equal(1, await _portal.Database.ScalarAsync<long>(
            "select count(*) from audit_log where action = 'audit.exported'"));
    }

    [Fact]
    public async Task Entries_of_another_workspace_are_not_there()
    {
        var other = await _portal.AddWorkspaceAsync("Elsewhere");
        await _portal.Database.ExecuteAsync(
            $"insert into audit_log (workspace_id, action) values ('{other}', 'customer.foreign')");
        var owner = await _portal.AsAsync(WorkspaceRole.Owner);

        Assert.Contains("Nothing yet", (await owner.GetAsync("/settings/audit")).Words, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "foreign", (await owner.GetAsync("/settings/audit/export")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_member_does_not_read_it()
    {
        var member = await _portal.AsAsync(WorkspaceRole.Member);

        Assert.Equal(HttpStatusCode.Forbidden, (await member.GetAsync("/settings/audit")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await member.GetAsync("/settings/audit/export")).Status);
    }

    private static string Neighbour(PageAnswer page, string way) =>
        page.Html.QuerySelector($"a[rel={way}]")?.GetAttribute("href")
            ?? throw new InvalidOperationException($"{page}");

    private static IEnumerable<int> NumbersOn(PageAnswer page) => page.All(".change-head")
        .Select(line => int.Parse(line.Split("no ")[1].Split(' ')[0], CultureInfo.InvariantCulture));

    private Task AddAsync(int from, int to) => _portal.Database.ExecuteAsync(
        $"""
        insert into audit_log (workspace_id, action, subject)
          select '{_portal.WorkspaceId}', 'customer.edited', 'no ' || n from generate_series({from}, {to}) n
        """);

    private Task<Guid> IdOfAsync(WorkspaceRole role) => _portal.Database.ScalarAsync<Guid>(
        $"select id from users where email = '{PortalHost.EmailOf(role)}'");
}
