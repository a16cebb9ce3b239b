using System.Net;
using HubSpotSync.Data.Identity;
using HubSpotSync.Tests.Infrastructure;
using HubSpotSync.Tests.Portal.Billing;
using HubSpotSync.Tests.Portal.Hosting;

namespace HubSpotSync.Tests.Portal.Customers;

public sealed class TimelineTests : IAsyncLifetime
{
    private PortalHost _portal = null!; // set before each test
    private PageClient _member = null!; // likewise
    private Guid _ada;

    public async ValueTask InitializeAsync()
    {
        _portal = await PortalHost.BorrowAsync();
        await _portal.AddUserOfEachRoleAsync();
        _member = await _portal.AsAsync(WorkspaceRole.Member);
        _ada = await _portal.AddCustomerAsync("Ada", "Lovelace", "ada.canary@example.com");
    }

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task A_note_is_written_once_changed_by_its_author_and_deleted()
    {
        var page = await _member.GetAsync($"/customers/{_ada}");
        await _member.SubmitAsync(page, "Add note", ("Text", "Likes <b>engines</b>"));
        await _member.SubmitAsync(page, "Add note", ("Text", "Likes <b>engines</b>"));

        var written = await _member.GetAsync($"/customers/{_ada}");
        Assert.Equal(["Likes <b>engines</b>"], written.All(".note-text"));
        await _member.SubmitAsync(written, "Save note", ("Text", "Likes trains"));
        var changed = await _member.GetAsync($"/customers/{_ada}");
        Assert.Equal(["Likes trains"], changed.All(".note-text"));
        Assert.Contains(", edited", changed.Words, StringComparison.Ordinal);
        await _member.SubmitAsync(changed, "Delete note");
        Assert.Equal(0L, await _portal.CountAsync("notes"));
        Assert.Equal(0L, await _portal.CountAsync("sync_requests"));
    }

    [Fact]
    public async Task Two_people_who_change_one_note_are_told_and_nothing_is_lost()
    {
        var admin = await _portal.AsAsync(WorkspaceRole.Admin);
        await _member.SubmitAsync(await _member.GetAsync($"/customers/{_ada}"), "Add note", ("Text", "First"));
        var (mine, theirs) = (
            await _member.GetAsync($"/customers/{_ada}"), await admin.GetAsync($"/customers/{_ada}"));
        await admin.SubmitAsync(theirs, "Save note", ("Text", "Theirs"));

        var clash = await _member.SubmitAsync(mine, "Save note", ("Text", "Mine"));
        Assert.Equal("The note was changed meanwhile", clash.Heading);
        Assert.Contains("Theirs", clash.Words, StringComparison.Ordinal);
        Assert.Contains("Mine", clash.Html.QuerySelector("textarea")!.TextContent, StringComparison.Ordinal);
        await _member.SubmitAsync(clash, "Save mine");

        Assert.Equal("Mine", await _portal.Database.ScalarAsync<string>("select text from notes"));
    }

    [Fact]
    public async Task Somebody_elses_note_stays_as_it_is()
    {
        var admin = await _portal.AsAsync(WorkspaceRole.Admin);
        await admin.SubmitAsync(await admin.GetAsync($"/customers/{_ada}"), "Add note", ("Text", "Mine"));
        var note = await _portal.Database.ScalarAsync<Guid>("select id from notes");

        var edit = await _member.FollowAsync(await _member.PostWithTokenAsync(
            $"/customers/{_ada}/notes?handler=Edit", ("NoteId", $"{note}"), ("Text", "Other")));
        await _member.PostWithTokenAsync($"/customers/{_ada}/notes?handler=Delete", ("NoteId", $"{note}"));
        var viewer = await (await _portal.AsAsync(WorkspaceRole.Viewer))
            .PostWithTokenAsync($"/customers/{_ada}/notes", ("Text", "Other"));

        Assert.Contains("Somebody else wrote this note", edit.Words, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, viewer.Status);
        Assert.Equal("Mine", await _portal.Database.ScalarAsync<string>("select text from notes"));
    }

    [Fact]
    public async Task A_tag_is_one_in_any_letter_case_and_is_put_on_and_taken_off()
    {
        var bea = await _portal.AddCustomerAsync("Bea", "Byron", "bea.canary@example.com");
        await _member.SubmitAsync(await _member.GetAsync($"/customers/{_ada}"), "Add tag", ("name", "Key account"));
        await _member.SubmitAsync(await _member.GetAsync($"/customers/{_ada}"), "Add tag", ("name", "KEY ACCOUNT "));
        await _member.SubmitAsync(await _member.GetAsync($"/customers/{bea}"), "Add tag", ("name", "key account"));

        Assert.Equal(1L, await _portal.CountAsync("tags"));
        Assert.Equal(2L, await _portal.CountAsync("customer_tags"));
        await _member.SubmitAsync(await _member.GetAsync($"/customers/{_ada}"), "Take off Key account");
        Assert.Equal(1L, await _portal.CountAsync("customer_tags"));
        var page = await _member.GetAsync($"/customers/{_ada}");
        Assert.Contains("Tagged “Key account”", page.Words, StringComparison.Ordinal);
        Assert.Contains("Tag “Key account” taken off", page.Words, StringComparison.Ordinal);
        Assert.Equal(2L, await _portal.CountAsync($"activities where customer_id = '{_ada}'"));
    }

    [Fact]
    public async Task Everything_that_happened_is_told_the_newest_first()
    {
        await _portal.AddConnectionAsync();
        var deal = await _portal.AddDealAsync("Engine", 1000, customerId: _ada);
        await _portal.AddInvoiceAsync(change: invoice => invoice.CustomerId = _ada);
        await _portal.Database.ExecuteAsync(
            $$"""
            insert into pipelines (connection_id, id, workspace_id, label, display_order)
              select id, 'p', workspace_id, 'Sales', 0 from hubspot_connections;
            insert into stages (connection_id, pipeline_id, id, workspace_id, label, display_order, is_closed,
                probability)
              select id, 'p', s, workspace_id, upper(s), 0, false, 0
                from hubspot_connections, unnest(array['open', 'won']) s;
            insert into record_changes (workspace_id, connection_id, kind, local_id, side, action, fields, cause, at)
              select workspace_id, id, 'Deal', '{{deal}}', 'Local', 'Update', '{"stage_id": ["open", "won"]}',
                'HubSpot',
                now() - interval '3 hours' from hubspot_connections;
            insert into record_changes (workspace_id, connection_id, kind, local_id, side, action, fields, cause, at)
              select workspace_id, id, 'Deal', '{{deal}}', 'Local', 'Update', '{"amount": ["1", "2"]}', 'HubSpot', now()
              from hubspot_connections;
            insert into activities (workspace_id, customer_id, kind, params, at)
              values ('{{_portal.WorkspaceId}}', '{{_ada}}', 'invoice.sent',
                '{"number": "INV-0001", "amount": "100", "currency": "EUR"}', now() - interval '2 hours'),
              ('{{_portal.WorkspaceId}}', '{{_ada}}', 'invoice.paid', '{}', now() - interval '1 hour');
            update customers set created_at = now() - interval '1 day'
            """);
        await _member.SubmitAsync(
            await _member.GetAsync($"/customers/{_ada}/edit"), "Save", ("Fields[city]", "London"));

        var page = await _member.GetAsync($"/customers/{_ada}");

        Assert.Equal(
            ["Edited", "Paid in full", "Invoice INV-0001 sent, 100.00 EUR", "Deal Engine moved", "Created here"],
            page.All(".timeline-list strong"));
        Assert.Contains("Stage OPEN became WON", page.Words, StringComparison.Ordinal);
        Assert.Contains("City London", page.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_timeline_comes_page_by_page_with_no_gap_and_none_twice()
    {
        await _portal.Database.ExecuteAsync(
            $"""
            insert into notes (id, workspace_id, customer_id, text, created_at)
              select gen_random_uuid(), '{_portal.WorkspaceId}', '{_ada}', 'Note ' || n, now() - n * interval '1 minute'
              from generate_series(1, 75) n
            """);
        var seen = new List<string>();
        for (var next = $"/customers/{_ada}"; next is not null;)
        {
            var page = await _member.GetAsync(next);
            seen.AddRange(page.All(".note-text"));
            next = page.Html.QuerySelector("#timeline .card-footer a")?.GetAttribute("hx-get");
        }

        Assert.Equal(Enumerable.Range(1, 75).Select(n => $"Note {n}"), seen);
    }
}
