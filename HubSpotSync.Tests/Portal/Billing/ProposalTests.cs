using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using HubSpotSync.Data.Identity;
using HubSpotSync.Tests.Infrastructure;
using HubSpotSync.Tests.Portal.Hosting;

namespace HubSpotSync.Tests.Portal.Billing;

public sealed class ProposalTests : IAsyncLifetime
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
    public async Task From_the_draft_to_the_buyers_yes_to_the_invoice()
    {
        var draft = await _member.SubmitAsync(
            await _member.GetAsync("/invoices/proposals/new"), "Save draft",
            ("Input.BuyerName", "Engines Ltd"), ("Input.Lines[0].Description", "Engine"),
            ("Input.Lines[0].UnitPrice", "1500"));
        var page = draft.Location!; // it leads to the draft
        await _member.SubmitAsync(await _member.GetAsync($"{page}/send"), "Send");
        var code = await CodeAsync();
        using var buyer = _portal.Browser();

        var offered = await buyer.GetAsync($"/proposal?code={code}");
        var answered = await buyer.FollowAsync(await buyer.SubmitAsync(
            offered, "Accept for 1,500.00 EUR", ("Name", "Bea Buyer"), ("Note", "Gladly")));
        var seen = await _member.GetAsync(page);
        var invoice = await _member.SubmitAsync(
            await _member.GetAsync($"/invoices/new?proposal={page.Split('/')[^1]}"), "Save draft");
        var again = await _member.GetAsync($"/invoices/new?proposal={page.Split('/')[^1]}");

        Assert.Contains("PRO-0001", offered.Words, StringComparison.Ordinal);
        Assert.Contains("Accepted by Bea Buyer", answered.Words, StringComparison.Ordinal);
        Assert.Empty(answered.Html.QuerySelectorAll("form"));
        Assert.Equal("PRO-0001 is accepted", seen.Heading);
        Assert.Contains("“Gladly”", seen.Words, StringComparison.Ordinal);
        Assert.StartsWith("/invoices/", invoice.Location, StringComparison.Ordinal);
        Assert.Equal(1500m, await _portal.Database.ScalarAsync<decimal>("select total from invoices"));
        Assert.Contains("There is an invoice for this already", again.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_buyers_page_shows_the_paper_and_nothing_else()
    {
        var id = await _portal.AddProposalAsync();
        var code = await _portal.SendProposalAsync(id);
        using var buyer = _portal.Browser();

        var page = await buyer.GetAsync($"/proposal?code={code}");
        var pdf = await buyer.GetAsync($"/proposal?handler=Pdf&code={code}");

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("1,620.00 EUR", page.Words, StringComparison.Ordinal);
        Assert.All(
            page.Html.QuerySelectorAll("a"),
            link => Assert.StartsWith("/proposal?handler=Pdf", link.GetAttribute("href"), StringComparison.Ordinal));
        Assert.Empty(page.Html.QuerySelectorAll("nav, header.rail"));
        Assert.DoesNotContain("buyer.canary@example.com", page.Text, StringComparison.Ordinal);
        Assert.Equal("no-store", page.Header("Cache-Control"));
        Assert.StartsWith("%PDF-", pdf.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await buyer.GetAsync($"/invoice?code={code}")).Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("short")]
    [InlineData("abcdefghijklmnopqrstuvwxyzABCDEF")]
    [InlineData("'%20or%20true%20--%20aaaaaaaaaaaaaaaaaa")]
    public async Task A_wrong_code_leads_nowhere(string code)
    {
        await _portal.SendProposalAsync(await _portal.AddProposalAsync());
        await _portal.AddSentInvoiceAsync();
        using var nobody = _portal.Browser();

        Assert.Equal(HttpStatusCode.NotFound, (await nobody.GetAsync($"/proposal?code={code}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await nobody.GetAsync($"/invoice?code={code}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await nobody.GetAsync($"/invoice?handler=Pdf&code={code}")).Status);
    }

    [Fact]
    public async Task A_draft_has_no_reader_and_an_ended_one_takes_no_answer()
    {
        var draft = await _portal.AddProposalAsync();
        var draftCode = await _portal.Database.ScalarAsync<string>(
            $"select public_code from proposals where id = '{draft}'");
        var ended = await _portal.SendProposalAsync(await _portal.AddProposalAsync(new DateOnly(2026, 3, 2)));
        using var buyer = _portal.Browser();

        var unread = await buyer.GetAsync($"/proposal?code={draftCode}");
        var late = await buyer.GetAsync($"/proposal?code={ended}");

        Assert.Equal(HttpStatusCode.NotFound, unread.Status);
        Assert.Contains("This proposal has ended", late.Words, StringComparison.Ordinal);
        Assert.Empty(late.Html.QuerySelectorAll("form"));
    }

    [Fact]
    public async Task An_answer_needs_a_name_and_is_given_once()
    {
        var code = await _portal.SendProposalAsync(await _portal.AddProposalAsync());
        using var buyer = _portal.Browser();
        using var colleague = _portal.Browser();
        var (first, second) = (
            await buyer.GetAsync($"/proposal?code={code}"), await colleague.GetAsync($"/proposal?code={code}"));

        var nameless = await buyer.SubmitAsync(first, "Decline", ("Name", " "), ("Note", "kept"));
        await buyer.SubmitAsync(nameless, "Decline", ("Name", "Bea"));
        var late = await colleague.SubmitAsync(second, "Accept for", ("Name", "Carl"));

        Assert.Equal(["Say who you are, in up to 100 characters."], nameless.All(".invalid-feedback"));
        Assert.Contains("kept", nameless.All("textarea"));
        Assert.Contains("Declined by Bea", late.Words, StringComparison.Ordinal);
        Assert.Equal("Declined", await _portal.Database.ScalarAsync<string>("select state from proposals"));
    }

    [Fact]
    public async Task Who_is_signed_in_elsewhere_sees_the_buyers_page_all_the_same()
    {
        var code = await _portal.SendProposalAsync(await _portal.AddProposalAsync());
        var other = await _portal.AddWorkspaceAsync("Another company");
        await _portal.AddUserAsync("buyer2.canary@portal.example", WorkspaceRole.Owner, other);
        using var buyer = await _portal.SignInAsync("buyer2.canary@portal.example");

        var page = await buyer.GetAsync($"/proposal?code={code}");
        await buyer.SubmitAsync(page, "Accept for", ("Name", "Bea"));

        Assert.Equal("Accepted", await _portal.Database.ScalarAsync<string>("select state from proposals"));
        Assert.Equal(0, await _portal.Database.ScalarAsync<long>(
            $"select count(*) from activities where workspace_id = '{other}'"));
    }

    [Fact]
    public async Task The_list_tells_the_states_apart()
    {
        await _portal.AddProposalAsync();
        await _portal.SendProposalAsync(await _portal.AddProposalAsync(new DateOnly(2026, 3, 2)));
        var viewer = await _portal.AsAsync(WorkspaceRole.Viewer);

        var all = await viewer.GetAsync("/invoices/proposals");
        var drafts = await viewer.GetAsync("/invoices/proposals?state=Draft&q=engine");

        Assert.Equal(["All 2", "Draft 1", "Sent 1"], all.All("main .chip-link"));
        Assert.Equal(["Ended", "Draft"], all.All("[data-label=State]"));
        Assert.Equal(["Draft"], drafts.All(".row-title"));
    }

    [Fact]
    public async Task A_code_is_in_no_trace()
    {
        var code = await _portal.SendProposalAsync(await _portal.AddProposalAsync());
        var seen = new ConcurrentQueue<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "Microsoft.AspNetCore" or "Npgsql",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => seen.Enqueue($"{activity.DisplayName} {Tags(activity)}"),
        };
        ActivitySource.AddActivityListener(listener);
        using var buyer = _portal.Browser();

        await buyer.GetAsync($"/proposal?code={code}");

        // The answer is here before its trace ends.
        await Eventually.BeTrueAsync(
            () => Task.FromResult(seen.Any(line => line.Contains("HttpRequestIn", StringComparison.Ordinal))),
            TimeSpan.FromSeconds(20),
            "the trace of the request");
        Assert.DoesNotContain(seen, line => line.Contains(code, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Buyers_pages_are_looked_at_only_so_often()
    {
        await using var portal = await PortalHost.StartAsync(("RateLimits:PublicPagesPerAddress", "3"));
        await portal.AddUserOfEachRoleAsync();
        using var nobody = portal.Browser();

        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(HttpStatusCode.NotFound, (await nobody.GetAsync("/proposal?code=guess")).Status);
        }

        var refused = await nobody.GetAsync("/invoice?code=guess");
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.Status);
        Assert.NotNull(refused.Header("Retry-After"));
    }

    private static string Tags(Activity activity) =>
        string.Join(' ', activity.TagObjects.Select(tag => $"{tag.Key}={tag.Value}"));

    private Task<string> CodeAsync() => _portal.Database.ScalarAsync<string>("select public_code from proposals");
}
