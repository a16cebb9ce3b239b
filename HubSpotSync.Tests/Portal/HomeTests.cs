using HubSpotSync.Data.Identity;
using HubSpotSync.Tests.Portal.Billing;
using HubSpotSync.Tests.Portal.Hosting;
using HubSpotSync.Tests.Portal.Pipelines;

namespace HubSpotSync.Tests.Portal;

public sealed class HomeTests : IAsyncLifetime
{
    private PortalHost _portal = null!; // set before each test
    private PageClient _viewer = null!; // likewise

    public async ValueTask InitializeAsync()
    {
        _portal = await PortalHost.StartAsync();
        await _portal.AddUserOfEachRoleAsync();
        _viewer = await _portal.AsAsync(WorkspaceRole.Viewer);
    }

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task Where_nothing_waits_it_says_so()
    {
        var connection = await _portal.AddPipelinesAsync();
        await _portal.Database.ExecuteAsync(
            $"update hubspot_connections set first_run_done_at = now() where id = '{connection}'");

        var home = await _viewer.GetAsync("/");

        Assert.Equal("All is well", home.Heading);
        Assert.Contains("Nothing today.", home.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_waits_for_a_person_is_counted_and_leads_to_where_it_is_dealt_with()
    {
        var connection = await _portal.AddPipelinesAsync();
        await _portal.AddDealAsync("Engine", "won", 1_000);
        await _portal.AddDealAsync("Pump", "talk", 700);
        await _portal.AddSentInvoiceAsync(250);
        var (one, other) = (
            await _portal.AddCustomerAsync("Ada", "Lovelace", "ada.canary@example.com"),
            await _portal.AddCustomerAsync("Ada", "Lovelace", "ada2.canary@example.com"));
        await _portal.Database.ExecuteAsync(
            $$"""
            update hubspot_connections set first_run_done_at = now();
            insert into duplicate_pairs (workspace_id, low_id, high_id, reason)
              values ('{{_portal.WorkspaceId}}', least('{{one}}'::uuid, '{{other}}'),
                greatest('{{one}}'::uuid, '{{other}}'), 'Name');
            insert into import_candidates (connection_id, hubspot_id, workspace_id, fields, reason)
              values ('{{connection}}', 5, '{{_portal.WorkspaceId}}', '{}', 'WaitsForReview'),
                ('{{connection}}', 6, '{{_portal.WorkspaceId}}', '{}', 'WaitsForReview');
            """);

        var home = await _viewer.GetAsync("/");

        Assert.Equal("4 things to look at", home.Heading);
        Assert.Equal(
            [
                "2 contacts to review before they come",
                "1 pair of customers who may be one",
                "1 won deal to invoice",
                "1 invoice overdue",
            ],
            home.All(".outcome"));
        Assert.Contains("700.00 EUR", home.Words, StringComparison.Ordinal);
        Assert.Contains("250.00 EUR open, 250.00 EUR overdue", home.Words, StringComparison.Ordinal);
        foreach (var errand in home.Html.QuerySelectorAll(".outcome"))
        {
            var there = await _viewer.OpenAsync(errand.GetAttribute("href")!); // it is a link
            Assert.Equal(System.Net.HttpStatusCode.OK, there.Status);
        }
    }
}
