using HubSpotSync.Data.Identity;
using HubSpotSync.Tests.Infrastructure;
using HubSpotSync.Tests.Portal.Hosting;

namespace HubSpotSync.Tests.Portal.Customers;

/// <summary>HubSpot's ids are shown by the names behind them, wherever a value is.</summary>
public sealed class ValueWordsTests : IAsyncLifetime
{
    private const string Change = "Owner Grace Hopper (left) became HubSpot user 404";

    private PortalHost _portal = null!; // set before each test
    private PageClient _member = null!; // likewise
    private Guid _connection;
    private Guid _ada;

    public async ValueTask InitializeAsync()
    {
        _portal = await PortalHost.BorrowAsync();
        await _portal.AddUserOfEachRoleAsync();
        _member = await _portal.AsAsync(WorkspaceRole.Member);
        _connection = await _portal.AddConnectionAsync();
        _ada = await _portal.AddCustomerAsync("Ada", "Lovelace", "ada.canary@example.com", "lead");
        await _portal.AddLinkAsync(_connection, "Contact", _ada, 501);
        await _portal.Database.ExecuteAsync(
            $$"""
            update customers set hubspot_owner_id = '9' where id = '{{_ada}}';
            insert into owners (connection_id, id, workspace_id, first_name, last_name, is_archived)
              values ('{{_connection}}', '9', '{{_portal.WorkspaceId}}', 'Grace', 'Hopper', true);
            insert into record_changes (workspace_id, connection_id, kind, local_id, hubspot_id, side, action, fields,
                cause)
              values ('{{_portal.WorkspaceId}}', '{{_connection}}', 'Contact', '{{_ada}}', 501, 'Local', 'Update',
                '{"hubspot_owner_id": ["9", "404"], "lifecycle_stage": ["salesqualifiedlead", "lead"]}', 'NewestEdit')
            """);
    }

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task A_locked_owner_has_a_name_in_the_form_and_one_that_is_unknown_their_id()
    {
        var form = await _member.GetAsync($"/customers/{_ada}/edit");
        await _portal.Database.ExecuteAsync($"update customers set hubspot_owner_id = '404' where id = '{_ada}'");
        var unknown = await _member.GetAsync($"/customers/{_ada}/edit");

        Assert.Contains("Grace Hopper (left)", form.All(".locked-value"));
        Assert.Contains("HubSpot user 404", unknown.All(".locked-value"));
    }

    [Fact]
    public async Task The_timeline_and_the_record_of_the_sync_say_names()
    {
        var admin = await _portal.AsAsync(WorkspaceRole.Admin);

        foreach (var address in new[]
            { $"/customers/{_ada}", "/settings/integrations/hubspot/records/contact/h501" })
        {
            var page = await admin.GetAsync(address);
            Assert.Contains(Change, page.Words, StringComparison.Ordinal);
            Assert.Contains("Sales qualified lead became Lead", page.Words, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Two_that_are_merged_are_compared_by_names()
    {
        var other = await _portal.AddCustomerAsync("Ada", "King", "king.canary@example.com", "salesqualifiedlead");

        var compare = await _member.GetAsync($"/customers/{_ada}/merge?with={other}");

        Assert.Contains("Grace Hopper (left)", compare.Words, StringComparison.Ordinal);
        Assert.Contains("Sales qualified lead", compare.Words, StringComparison.Ordinal);
    }
}
