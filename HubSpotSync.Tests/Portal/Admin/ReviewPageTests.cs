using System.Globalization;
using System.Net;
using HubSpotSync.Data.Identity;
using HubSpotSync.Tests.Infrastructure;
using HubSpotSync.Tests.Portal.Hosting;

namespace HubSpotSync.Tests.Portal.Admin;

public sealed class ReviewPageTests : IAsyncLifetime
{
    private const string Address = "/settings/integrations/hubspot/review";

    private PortalHost _portal = null!; // set before each test
    private PageClient _admin = null!; // likewise
    private Guid _connection;
    private Guid _known;
    private Guid _other;

    public async ValueTask InitializeAsync()
    {
        _portal = await PortalHost.BorrowAsync();
        await _portal.AddUserOfEachRoleAsync();
        _connection = await _portal.AddConnectionAsync();
        await _portal.Database.ExecuteAsync(
            "update hubspot_connections set first_run_done_at = now(), is_under_review = true");
        _admin = await _portal.AsAsync(WorkspaceRole.Admin);
        _known = await _portal.AddCustomerAsync("Ada", "Here", "ada.canary@example.com");
        _other = await _portal.AddCustomerAsync("Adah", "Here", "adah.canary@example.com");
        await _portal.AddCandidateAsync(_connection, 11, "Ada", "ada.canary@example.com", _known);
        await _portal.AddCandidateAsync(_connection, 12, "Fresh", "fresh.canary@example.com");
        await _portal.AddCandidateAsync(_connection, 13, "Both", "both.canary@example.com", _known, _other);
    }

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task Everybody_who_waits_is_listed_with_the_match_and_what_differs()
    {
        var page = await _admin.GetAsync(Address);

        Assert.Equal("3 contacts wait for your decision", page.Heading);
        Assert.Equal(["3", "1", "1", "1", "3", "0"], page.All(".chips .tabular"));
        Assert.Equal("Last nameHere Waits", page.All("#contact-11 tbody tr").Single());
        Assert.Contains("New here", page.All("#contact-12 .review-match").Single(), StringComparison.Ordinal);
        Assert.Contains(
            "2 customers may be it", page.All("#contact-13 .review-match").Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("?show=new", "contact-12")]
    [InlineData("?show=matched", "contact-11")]
    [InlineData("?show=several", "contact-13")]
    [InlineData("?q=FRESH", "contact-12")]
    [InlineData("?q=both.can", "contact-13")]
    [InlineData("?show=chosen", "")]
    [InlineData("?q=%25%25", "")]
    public async Task Filters_and_search_narrow_the_list(string query, string found)
    {
        var page = await _admin.GetAsync(Address + query);

        Assert.Equal(found, string.Join(", ", page.Html.QuerySelectorAll(".review").Select(row => row.Id)));
    }

    [Fact]
    public async Task A_choice_is_kept_and_answers_with_its_row_and_the_counts()
    {
        var answer = await SendAsync("Choose", ("id", "11"), ("answer", "Replace"));

        Assert.Equal("11 Replace, 12 -, 13 -", await _portal.ChoicesAsync());
        Assert.Single(answer.Html.QuerySelectorAll("#contact-11"));
        Assert.Equal("Import 1 chosen", answer.All("#import").Single());
    }

    [Fact]
    public async Task One_of_several_has_to_be_named()
    {
        await SendAsync("Choose", ("id", "13"), ("answer", "Import"));
        var without = await _portal.ChoicesAsync();
        await SendAsync("Choose", ("id", "13"), ("answer", "Import"), ("customer", $"{_other}"));

        Assert.Equal("11 -, 12 -, 13 -", without);
        Assert.Equal("11 -, 12 -, 13 Import", await _portal.ChoicesAsync());
    }

    [Theory]
    [InlineData("id=99", "answer=Skip", HttpStatusCode.NotFound)]
    [InlineData("id=11", "answer=Sultan", HttpStatusCode.BadRequest)]
    [InlineData("id=11", "answer=2", HttpStatusCode.BadRequest)]
    public async Task What_does_not_wait_here_or_is_no_answer_is_refused(
        string id, string answer, HttpStatusCode status)
    {
        var got = await SendAsync("Choose", ("id", id[3..]), ("answer", answer[7..]));

        Assert.Equal(status, got.Status);
        Assert.Equal("11 -, 12 -, 13 -", await _portal.ChoicesAsync());
    }

    [Fact]
    public async Task A_customer_who_is_no_match_cannot_be_named()
    {
        var stranger = await _portal.AddCustomerAsync("No", "Body", "nobody.canary@example.com");

        var got = await SendAsync("Choose", ("id", "13"), ("answer", "Import"), ("customer", $"{stranger}"));

        Assert.Equal(HttpStatusCode.NotFound, got.Status);
    }

    [Theory]
    [InlineData("ticked", "12,13", "Import", "11 -, 12 Import, 13 -", "1 contact chosen. 1 other did not take it")]
    [InlineData("all", "", "Skip", "11 Skip, 12 Skip, 13 Skip", "3 contacts chosen.")]
    [InlineData("all", "", "Replace", "11 Replace, 12 -, 13 -", "1 contact chosen. 2 others did not take it")]
    [InlineData("ticked", "", "Skip", "11 -, 12 -, 13 -", "Tick the contacts that you mean")]
    public async Task Many_are_chosen_at_once(string scope, string ids, string answer, string kept, string said)
    {
        var ticked = ids.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(id => ("ids", id));

        var sent = await _admin.PostWithTokenAsync(
            $"{Address}?handler=Mark", [("scope", scope), ("answer", answer), .. ticked]);

        Assert.Equal(kept, await _portal.ChoicesAsync());
        Assert.Contains(said, (await _admin.FollowAsync(sent)).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rule_is_a_filter_and_one_choice_for_all_it_shows()
    {
        await _admin.PostWithTokenAsync($"{Address}?show=new&handler=Mark", ("scope", "all"), ("answer", "Import"));

        Assert.Equal("11 -, 12 Import, 13 -", await _portal.ChoicesAsync());
    }

    [Fact]
    public async Task Importing_decides_what_was_chosen_once_and_asks_for_a_run()
    {
        await SendAsync("Choose", ("id", "11"), ("answer", "Replace"));
        await SendAsync("Choose", ("id", "12"), ("answer", "Skip"));

        await _admin.SubmitAsync(await _admin.GetAsync(Address), "Import 2 chosen");
        await _admin.PostWithTokenAsync($"{Address}?handler=Import");

        Assert.Equal($"11 Replace {_known}, 12 Skip -", await _portal.Database.ScalarAsync<string>(
            """
            select string_agg(
                hubspot_id || ' ' || answer || ' ' || coalesce(local_id::text, '-'), ', ' order by hubspot_id)
              from import_decisions where decided_by is not null
            """));
        Assert.Equal("Review Decided", await _portal.Database.ScalarAsync<string>(
            "select string_agg(trigger || ' ' || depth, ', ') from sync_runs"));
        Assert.Equal("""{"Skip": 1, "Replace": 1}""", await _portal.Database.ScalarAsync<string>(
            "select string_agg(after::text, '|') from audit_log where action = 'hubspot.review_decided'"));
        var page = await _admin.GetAsync(Address);
        Assert.Contains("under way", page.All("#contact-11 .review-choice").Single(), StringComparison.Ordinal);
        Assert.Single(page.Html.QuerySelectorAll("[data-run]"));
    }

    [Fact]
    public async Task Choices_go_out_and_come_back_as_a_file()
    {
        await _portal.AddCandidateAsync(_connection, 14, "=cmd", "formula.canary@example.com");
        var file = (await _admin.GetAsync($"{Address}?handler=Csv")).Text;
        var lines = file.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        await UploadAsync("hubspot_id;choice;customer_id\n11;replace;\n12;Import;\n13;create new;\n99;skip;");

        Assert.Equal(5, lines.Length);
        Assert.Contains("\"'=cmd Waits\"", file, StringComparison.Ordinal);
        Assert.Contains("Last name", lines[1], StringComparison.Ordinal);
        Assert.Equal("11 Replace, 12 Import, 13 CreateNew, 14 -", await _portal.ChoicesAsync());
    }

    [Theory]
    [InlineData("name\nx", "The first line has to name the columns hubspot_id and choice")]
    [InlineData("hubspot_id,choice\nabc,skip", "Line 2, hubspot_id: “abc” is not HubSpot's id")]
    [InlineData("hubspot_id,choice\n11,skip\n12,perhaps", "Line 3, choice: “perhaps” is none of import")]
    [InlineData("hubspot_id,choice,customer_id\n11,skip,me", "Line 2, customer_id: “me”")]
    [InlineData("", "Choose a CSV file")]
    public async Task A_file_with_a_mistake_is_refused_whole_with_line_and_column(string text, string problem)
    {
        var answer = await UploadAsync(text);

        Assert.Contains(problem, answer.All(".form-problem").Single(), StringComparison.Ordinal);
        Assert.Equal("11 -, 12 -, 13 -", await _portal.ChoicesAsync());
    }

    [Fact]
    public async Task Beginning_and_ending_a_review_is_noted_and_followed_by_a_run()
    {
        var page = await _admin.GetAsync(Address);
        await _admin.SubmitAsync(page, "End the review");

        Assert.Equal("false true->false", await _portal.Database.ScalarAsync<string>(
            """
            select is_under_review || ' ' || (select (before->>'review') || '->' || (after->>'review') from audit_log)
              from hubspot_connections
            """));
        Assert.Equal("Rules Full", await _portal.Database.ScalarAsync<string>(
            "select trigger || ' ' || depth from sync_runs"));
        await _admin.SubmitAsync(await _admin.GetAsync(Address), "Review before anybody comes");
        Assert.True(await _portal.Database.ScalarAsync<bool>("select is_under_review from hubspot_connections"));
    }

    [Theory]
    [InlineData(WorkspaceRole.Viewer)]
    [InlineData(WorkspaceRole.Member)]
    public async Task Others_than_admins_look_and_decide_nothing(WorkspaceRole role)
    {
        var other = await _portal.AsAsync(role);

        var page = await other.GetAsync(Address);
        foreach (var handler in new[] { "Choose", "Mark", "Import", "Begin", "End", "Upload" })
        {
            var sent = await other.PostWithTokenAsync($"{Address}?handler={handler}", ("id", "11"), ("answer", "Skip"));
            Assert.Equal(HttpStatusCode.Forbidden, sent.Status);
        }

        Assert.Contains("You can look at who waits. An admin can decide.", page.Words, StringComparison.Ordinal);
        Assert.Empty(page.Html.QuerySelectorAll("#review form[method=post]"));
    }

    [Fact]
    public async Task However_many_wait_a_page_holds_fifty_and_its_filters_count_them_all()
    {
        await _portal.Database.ExecuteAsync(
            $$"""
            insert into import_candidates (connection_id, hubspot_id, workspace_id, fields, reason)
              select '{{_connection}}', 1000 + n, '{{_portal.WorkspaceId}}', jsonb_build_object('first_name', 'N' || n,
                  'email', 'n' || n || '@example.com'), 'WaitsForReview' from generate_series(1, 10000) n;
            analyze import_candidates
            """);

        var all = await _portal.Database.ScalarAsync<long>("select count(*) from import_candidates");
        foreach (var query in new[] { "", "?page=200", "?show=new" })
        {
            var page = await _admin.GetAsync(Address + query);
            Assert.Equal(HttpStatusCode.OK, page.Status);
            Assert.Contains(
                all.ToString("N0", CultureInfo.InvariantCulture), page.Words, StringComparison.Ordinal);
        }

        var found = await _admin.GetAsync($"{Address}?q=n4711");
        Assert.Contains("n4711@example.com", found.Words, StringComparison.Ordinal);
    }

    private async Task<PageAnswer> SendAsync(string handler, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(
            fields.Append(("__RequestVerificationToken", await TokenAsync()))
                .Select(field => KeyValuePair.Create(field.Item1, field.Item2)));
        return await _admin.SendAsync(
            HttpMethod.Post, $"{Address}?handler={handler}", form, [("HX-Request", "true")]);
    }

    private async Task<PageAnswer> UploadAsync(string text)
    {
        using var form = new MultipartFormDataContent();
        using var file = new StringContent(text);
        using var token = new StringContent(await TokenAsync());
        form.Add(token, "__RequestVerificationToken");
        form.Add(file, "file", "choices.csv");
        return await _admin.SendAsync(HttpMethod.Post, $"{Address}?handler=Upload", form, []);
    }

    private async Task<string> TokenAsync() => (await _admin.GetAsync("/account")).Html
        .QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!; // every form has one
}
