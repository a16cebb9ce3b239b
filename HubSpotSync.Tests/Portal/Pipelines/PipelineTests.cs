using System.Net;
using HubSpotSync.Data.Identity;
using HubSpotSync.Tests.Portal.Billing;
using HubSpotSync.Tests.Portal.Hosting;

namespace HubSpotSync.Tests.Portal.Pipelines;

public sealed class PipelineTests : IAsyncLifetime
{
    private PortalHost _portal = null!; // set before each test
    private PageClient _member = null!; // likewise
    private Guid _connection;

    public async ValueTask InitializeAsync()
    {
        _portal = await PortalHost.BorrowAsync();
        await _portal.AddUserOfEachRoleAsync();
        _member = await _portal.AsAsync(WorkspaceRole.Member);
        _connection = await _portal.AddPipelinesAsync();
    }

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task The_board_has_HubSpots_stages_in_its_order_with_what_their_deals_come_to()
    {
        await _portal.AddDealAsync("Engine", "talk", 1_000);
        await _portal.AddDealAsync("Pump", "talk", 500, currency: "USD");
        await _portal.AddDealAsync("Valve", "offer", 200);
        await _portal.AddDealAsync("Contract", "due", 50, pipeline: "renewals");

        var board = await _member.GetAsync("/pipeline");

        Assert.Equal(
            ["Offer sent 1", "Talking 2", "Won 0", "Lost 0"], board.All(".board-column h2"));
        var talking = board.All(".board-column:nth-child(2) .board-head p").ToList();
        Assert.Equal(["1,000.00 EUR + 500.00 USD", "200.00 EUR + 100.00 USD at 20%"], talking);
        Assert.DoesNotContain("Contract", board.Words, StringComparison.Ordinal);
        var renewals = await _member.GetAsync("/pipeline?pipeline=renewals");
        Assert.Equal(["Contract"], renewals.All(".deal h3"));
    }

    [Fact]
    public async Task What_is_open_waits_for_its_day_and_what_is_late_is_marked()
    {
        await _portal.AddDealAsync("Later", "talk", 1, closes: 20);
        await _portal.AddDealAsync("Late", "talk", 1, closes: -2);
        await _portal.AddDealAsync("Won long ago", "won", 1, closes: -20);
        await _portal.AddDealAsync("Just won", "won", 1, closes: -2);

        var board = await _member.GetAsync("/pipeline");

        Assert.Equal(["Late", "Later", "Just won", "Won long ago"], board.All(".deal h3"));
        Assert.Single(board.All(".deal-late"));
        Assert.Equal(["Late"], (await _member.GetAsync("/pipeline?show=overdue")).All(".deal h3"));
    }

    [Fact]
    public async Task Won_deals_without_an_invoice_stand_out_until_they_have_one()
    {
        var deal = await _portal.AddDealAsync("Engine", "won", 1_000);
        await _portal.AddDealAsync("Pump", "won", 500);
        Assert.Equal("2 won deals to invoice", (await _member.GetAsync("/pipeline")).Heading);

        await _portal.AddInvoiceAsync(change: invoice => invoice.DealId = deal);

        var list = await _member.GetAsync("/pipeline/list?show=toinvoice");
        Assert.Equal("1 won deal to invoice", list.Heading);
        Assert.Equal(["Pump"], list.All(".row-title"));
        var board = await _member.GetAsync("/pipeline");
        Assert.Equal(["Pump"], board.All(".is-to-invoice h3"));
        var viewer = await (await _portal.AsAsync(WorkspaceRole.Viewer)).GetAsync("/pipeline");
        Assert.Empty(viewer.All(".deal .btn"));
    }

    [Fact]
    public async Task A_void_invoice_leaves_its_deal_to_invoice()
    {
        var deal = await _portal.AddDealAsync("Engine", "won", 1_000);
        await _portal.AddSentInvoiceAsync(change: invoice => invoice.DealId = deal);

        await _portal.Database.ExecuteAsync("update invoices set state = 'Void', void_reason = 'Wrong buyer'");

        Assert.Equal("1 won deal to invoice", (await _member.GetAsync("/pipeline")).Heading);
    }

    [Fact]
    public async Task Every_filter_shows_which_it_means()
    {
        await _portal.AddDealAsync("Olgas engine", "talk", 1, owner: "7");
        await _portal.AddDealAsync("Nobodys pump", "lost", 1);
        await _portal.AddDealAsync("100% sure", "due", 1, pipeline: "renewals");

        Assert.Equal(["Olgas engine"], await NamesAsync("?owner=7"));
        Assert.Equal(["100% sure", "Nobodys pump"], await NamesAsync("?owner=none"));
        Assert.Equal(["100% sure"], await NamesAsync("?q=0%25"));
        Assert.Equal(["Nobodys pump"], await NamesAsync("?show=lost"));
        Assert.Equal(["100% sure", "Olgas engine"], await NamesAsync("?show=open"));
        Assert.Equal(["Olgas engine"], await NamesAsync("?pipeline=sales&stage=talk"));
        Assert.Empty(await NamesAsync("?owner=nobody-such"));
        Assert.Equal(3, (await NamesAsync("?show=nonsense&page=-3")).Count);
    }

    [Fact]
    public async Task The_week_tells_what_moved_from_where_and_what_did_not()
    {
        var moved = await _portal.AddDealAsync("Engine", "talk", 1);
        var won = await _portal.AddDealAsync("Pump", "offer", 1);
        var stalled = await _portal.AddDealAsync("Valve", "talk", 1);
        await _portal.AddDealAsync("Came as won", "won", 1, closes: -3);
        await _portal.AddDealAsync("Won in spring", "won", 1, closes: -200);
        await _portal.Database.ExecuteAsync(
            $"""
            update deals set stage_id = 'offer' where id = '{moved}';
            update deals set stage_id = 'won' where id = '{won}';
            update deals set created_at = now() - interval '40 days';
            """);

        var week = await _member.GetAsync("/pipeline/week");

        Assert.Equal("2 deals won this week", week.Heading);
        Assert.Equal(["Came as won", "Pump"], Part(week, "won").Order());
        Assert.Equal(["Engine"], Part(week, "moved"));
        Assert.Contains("Talking became Offer sent", week.Words, StringComparison.Ordinal);
        Assert.Equal(["Valve"], Part(week, "stalled"));
        Assert.Empty(Part(week, "lost"));
        Assert.Contains($"/deals/{stalled}", week.Text, StringComparison.Ordinal);

        static List<string> Part(PageAnswer page, string id) =>
            [.. page.All($"section[aria-labelledby={id}] .week-deal a")];
    }

    [Fact]
    public async Task A_deal_has_a_page_with_its_people_and_its_way_in_HubSpots_words()
    {
        var ada = await _portal.AddCustomerAsync("Ada", "Lovelace", "ada.canary@example.com");
        var deal = await _portal.AddDealAsync("Engine", "won", 1_000, owner: "7");
        await _portal.AddLinkAsync(_connection, "Deal", deal, 99);
        await _portal.Database.ExecuteAsync(
            $$"""
            insert into deal_customers values ('{{_portal.WorkspaceId}}', '{{deal}}', '{{ada}}');
            insert into record_changes (workspace_id, connection_id, kind, local_id, side, action, fields, cause)
              values ('{{_portal.WorkspaceId}}', '{{_connection}}', 'Deal', '{{deal}}', 'Local', 'Update',
                '{"stage_id": ["talk", "won"]}', 'HubSpot owns the field');
            """);

        var page = await _member.GetAsync($"/deals/{deal}");

        Assert.Equal("Engine", page.Heading);
        Assert.Contains("Olga Owner", page.Words, StringComparison.Ordinal);
        Assert.Contains("Ada Lovelace", page.Words, StringComparison.Ordinal);
        Assert.Equal(["Talking"], page.All(".diff del"));
        Assert.Equal(["Won"], page.All(".diff ins"));
        Assert.Contains("/record/0-3/99", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stage_is_named_as_in_the_deals_pipeline_where_another_has_one_of_that_id()
    {
        var ada = await _portal.AddCustomerAsync("Ada", "Lovelace", "ada.canary@example.com");
        var deal = await _portal.AddDealAsync("Renewal", "due", 1_000, pipeline: "renewals");
        await _portal.Database.ExecuteAsync(
            $$"""
            insert into stages (connection_id, pipeline_id, id, workspace_id, label, display_order, is_closed,
                probability)
              values ('{{_connection}}', 'sales', 'due', '{{_portal.WorkspaceId}}', 'Called', 4, false, 0.1);
            insert into deal_customers values ('{{_portal.WorkspaceId}}', '{{deal}}', '{{ada}}');
            insert into record_changes (workspace_id, connection_id, kind, local_id, side, action, fields, cause)
              values ('{{_portal.WorkspaceId}}', '{{_connection}}', 'Deal', '{{deal}}', 'Local', 'Update',
                '{"stage_id": [null, "due"]}', 'HubSpot owns the field');
            """);

        Assert.Equal(["Due"], (await _member.GetAsync($"/deals/{deal}")).All(".diff ins"));
        Assert.DoesNotContain("Called", (await _member.GetAsync($"/customers/{ada}")).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deals_of_another_workspace_do_not_exist_here()
    {
        var other = await _portal.AddWorkspaceAsync("Other");
        var theirs = Guid.NewGuid();
        await _portal.Database.ExecuteAsync(
            $"""
            insert into deals (id, workspace_id, name, pipeline_id, stage_id)
              values ('{theirs}', '{other}', 'Theirs', 'sales', 'won')
            """);

        Assert.Equal(HttpStatusCode.NotFound, (await _member.GetAsync($"/deals/{theirs}")).Status);
        Assert.Empty(await NamesAsync(""));
        Assert.Equal("Pipeline", (await _member.GetAsync("/pipeline")).Heading);
    }

    private async Task<List<string>> NamesAsync(string query) =>
        [.. (await _member.GetAsync("/pipeline/list" + query)).All(".row-title").Order(StringComparer.Ordinal)];
}
