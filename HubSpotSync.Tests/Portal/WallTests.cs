using System.Net;
using HubSpotSync.Data.Identity;
using HubSpotSync.Tests.Data;
using HubSpotSync.Tests.Portal.Api;
using HubSpotSync.Tests.Portal.Hosting;

namespace HubSpotSync.Tests.Portal;

/// <summary>
/// Who may not change something changes nothing, and what another workspace has is not there: on every route and for
/// every form that the portal itself lists.
/// </summary>
public sealed class WallTests : IAsyncLifetime
{
    /// <summary>Kept by looking at pages, and by the loops that send mails and webhooks.</summary>
    private static readonly string[] Moving =
        ["user_sessions", "outgoing_mails", "outgoing_webhooks", "webhook_deliveries"];

    /// <summary>Below the settings, but work with records.</summary>
    private static readonly string[] Work = ["/duplicates", "/outcomes", "/health", "/records/"];

    private static readonly string[] RecordKinds = ["api/customers/", "api/companies/"];

    private PortalHost _portal = null!; // set before each test
    private Guid _other;

    public async ValueTask InitializeAsync()
    {
        _portal = await PortalHost.BorrowAsync();
        await TwoTenants.FillAsync(_portal.Database, _portal.WorkspaceId, 1001);
        _other = await _portal.AddWorkspaceAsync("Next door");
        await TwoTenants.FillAsync(_portal.Database, _other, 2002);
        await _portal.Database.ExecuteAsync( // the job of an import has no page of its own
            "update bulk_jobs set kind = 'Tag', import_id = null where kind = 'Import'");
        await _portal.AddUserOfEachRoleAsync();
        await _portal.AddUserAsync("owner.canary@nextdoor.example", WorkspaceRole.Owner, _other);
    }

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task A_viewer_sends_their_own_account_only_and_a_member_no_settings()
    {
        var forms = await FormTable.ListAsync(_portal);

        Assert.All(
            forms.Where(form => form.Needs <= WorkspaceRole.Viewer),
            form => Assert.StartsWith("account", form.Rule.Route, StringComparison.Ordinal));
        Assert.All(
            forms.Where(form => form.Needs <= WorkspaceRole.Member),
            form => Assert.True(
                !form.Rule.Route.StartsWith("settings/", StringComparison.Ordinal)
                || Work.Any(part => form.Rule.Route.Contains(part, StringComparison.Ordinal)),
                $"{form}"));
        Assert.All(
            EndpointTable.Rules.Where(rule => rule is { IsPage: false, Needs: not null, Method: not "GET" }),
            rule => Assert.True(rule.Needs >= WorkspaceRole.Member, rule.Route));
    }

    [Theory]
    [InlineData(WorkspaceRole.Viewer)]
    [InlineData(WorkspaceRole.Member)]
    [InlineData(WorkspaceRole.Admin)]
    public async Task Who_may_not_send_a_form_is_refused_and_nothing_changes(WorkspaceRole role)
    {
        var browser = await _portal.AsAsync(role);
        var ids = new WallIds(_portal.Database, _portal.WorkspaceId);
        var before = await DumpAsync(_portal.WorkspaceId);

        foreach (var form in (await FormTable.ListAsync(_portal)).Where(form => form.Needs > role))
        {
            var answer = await browser.PostWithTokenAsync(form.At(await ids.AddressAsync(form.Rule)));
            Assert.True(answer.Status == HttpStatusCode.Forbidden, $"{form}: {answer}");
        }

        foreach (var rule in EndpointTable.Rules.Where(rule => !rule.IsPage && rule.Needs > role))
        {
            using var content = new StringContent("{}", System.Text.Encoding.UTF8, "application/json");
            var answer = await browser.SendAsync(
                new HttpMethod(rule.Method), await ids.AddressAsync(rule), rule.Method == "GET" ? null : content, []);
            Assert.True(answer.Status == HttpStatusCode.Forbidden, $"{rule}: {answer}");
        }

        Assert.Equal(before, await DumpAsync(_portal.WorkspaceId));
    }

    [Fact]
    public async Task What_another_workspace_has_is_not_there_on_any_route()
    {
        var here = await _portal.AsAsync(WorkspaceRole.Owner);
        using var there = await _portal.SignInAsync("owner.canary@nextdoor.example");
        var ids = new WallIds(_portal.Database, _other);
        var readable = await FormTable.ReadableAsync(_portal);
        var before = await DumpAsync(_other);
        var named = EndpointTable.Rules.Where(rule => rule.Needs is not null
            && rule.Address.Contains(EndpointTable.Nobody.ToString(), StringComparison.Ordinal)).ToList();

        foreach (var rule in named.Where(
            rule => rule.Method == "GET" && (!rule.IsPage || readable.Contains(rule.Route))))
        {
            var address = await ids.AddressAsync(rule);
            Assert.Equal((rule, HttpStatusCode.NotFound), (rule, (await here.OpenAsync(address)).Status));
            if (rule.IsPage)
            {
                Assert.NotEqual((rule, HttpStatusCode.NotFound), (rule, (await there.OpenAsync(address)).Status));
            }
        }

        foreach (var form in (await FormTable.ListAsync(_portal)).Where(form => named.Contains(form.Rule)))
        {
            var answer = await here.PostWithTokenAsync(form.At(await ids.AddressAsync(form.Rule)));
            Assert.True(answer.Status == HttpStatusCode.NotFound, $"{form}: {answer}");
        }

        using var program = await _portal.ProgramAsync();
        foreach (var rule in named.Where(rule => rule is { IsPage: false, Method: not "GET" }))
        {
            object? body = !RecordKinds.Any(rule.Route.StartsWith) ? null
                : rule.Method == "PATCH" ? new { fields = new { lastName = "Taken" } }
                : rule.Route.EndsWith("/merge", StringComparison.Ordinal) ? new { with = Guid.NewGuid() }
                : rule.Route.EndsWith("/tags", StringComparison.Ordinal) ? new { name = "Taken" }
                : null;
            var answer = await program.SendAsync(
                new HttpMethod(rule.Method), await ids.AddressAsync(rule), body, ("If-Match", "*"));
            Assert.True(answer.Status == HttpStatusCode.NotFound, $"{rule}: {answer}");
        }

        Assert.Equal(before, await DumpAsync(_other));
    }

    [Fact]
    public async Task Ids_of_another_workspace_in_a_form_touch_nothing_of_it()
    {
        var owner = await _portal.AsAsync(WorkspaceRole.Owner);
        var own = new WallIds(_portal.Database, _portal.WorkspaceId);
        var foreign = await new WallIds(_portal.Database, _other).AllAsync();
        var before = await DumpAsync(_other);

        foreach (var form in (await FormTable.ListAsync(_portal)).Where(form => form.Ids.Count > 0))
        {
            var address = form.At(await own.AddressAsync(form.Rule));
            foreach (var id in foreign)
            {
                var answer = await owner.PostWithTokenAsync(
                    address, [.. form.Ids.Select(field => (field, id.ToString()))]);
                Assert.True((int)answer.Status < 500, $"{form}: {answer}");
            }
        }

        Assert.Equal(before, await DumpAsync(_other));
    }

    private async Task<List<string>> DumpAsync(Guid workspace)
    {
        var rows = new List<string>();
        foreach (var table in (await TenantTables.ListAsync(_portal.Database)).Where(one => !Moving.Contains(one.Name)))
        {
            rows.AddRange((await table.RowsAsync(_portal.Database, workspace)).Select(row => $"{table.Name} {row}"));
        }

        return rows;
    }
}
