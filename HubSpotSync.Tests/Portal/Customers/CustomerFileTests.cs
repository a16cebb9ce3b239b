using System.Net;
using HubSpotSync.Data.Identity;
using HubSpotSync.Tests.Infrastructure;
using HubSpotSync.Tests.Portal.Billing;
using HubSpotSync.Tests.Portal.Hosting;

namespace HubSpotSync.Tests.Portal.Customers;

public sealed class CustomerFileTests : IAsyncLifetime
{
    private const string File =
        """
        First name,Last name,Email,Phone,City,Shoe size
        Ada,Lovelace,Ada.Canary@example.com,'+44 1,London,7
        Bea,Byron,bea.canary@example.com,,,
        Cem,Crooked,cem@nowhere,,,
        Dan,Nameonly,,,Paris,
        Ada,Again,ada.canary@example.com,,,
        ,,,,Rome,
        """;

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
    public async Task A_file_shows_what_would_happen_before_it_does_and_is_taken_once()
    {
        await _portal.AddCustomerAsync("Bea", "Byron", "bea.canary@example.com");
        var preview = await _member.FollowAsync(await UploadAsync(File));

        Assert.Equal(
            ["Create", "Unchanged", "Refused", "Create", "Refused", "Refused"], preview.All("td[data-label=Then]"));
        Assert.Contains("Row 1 is about the same person", preview.Words, StringComparison.Ordinal);
        Assert.Equal(1L, await _portal.CountAsync("customers"));

        var started = await _member.SubmitAsync(preview, "Import 6 rows");
        await _member.SubmitAsync(preview, "Import 6 rows");
        var done = await EndedAsync(started.Location!); // it leads on

        Assert.Equal("Imported", done.Heading);
        Assert.Equal(
            [
                "Ada|Lovelace|ada.canary@example.com|+44 1|London",
                "Bea|Byron|bea.canary@example.com",
                "Dan|Nameonly|Paris",
            ],
            await _portal.Database.ListAsync<string>(
                "select concat_ws('|', first_name, last_name, email, phone, city) from customers order by first_name"));
        var refused = await _member.GetAsync($"{started.Location}?handler=Refused");
        Assert.Contains("\"cem@nowhere\"", refused.Text, StringComparison.Ordinal);
        Assert.Contains("not an e-mail address", refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_file_twice_changes_nothing()
    {
        await ImportAsync(File);
        var before = await StateAsync();

        var again = await ImportAsync(File);

        Assert.Equal(before, await StateAsync());
        Assert.Contains("Unchanged3", again.Words, StringComparison.Ordinal);
        Assert.Contains("Refused3", again.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_HubSpot_owns_is_not_taken_from_a_file_and_the_rest_is()
    {
        var connection = await _portal.AddConnectionAsync();
        await _portal.Database.ExecuteAsync(
            """update hubspot_connections set contact_rules = '{"city": {"direction": "In"}}'""");
        var id = await _portal.AddCustomerAsync("Ada", "Old", "ada.canary@example.com");
        await _portal.AddLinkAsync(connection, "Contact", id, 501);

        var preview = await _member.FollowAsync(await UploadAsync(File));
        await ImportAsync(File);

        Assert.Contains("City: HubSpot's, so not taken from the file", preview.Words, StringComparison.Ordinal);
        Assert.Equal(
            "Lovelace|-", await _portal.Database.ScalarAsync<string>(
                $"select last_name || '|' || coalesce(city, '-') from customers where id = '{id}'"));
    }

    [Fact]
    public async Task Columns_can_be_chosen_and_everybody_tagged()
    {
        var preview = await _member.FollowAsync(await UploadAsync("Name;Adresse\nLovelace;ada.canary@example.com\n"));
        await _member.SubmitAsync(
            preview, "Preview", ("Fields[0]", "last_name"), ("Fields[1]", "email"), ("tag", "Fair 2026"));
        var started = await _member.SubmitAsync(preview, "Import 1 row");
        await EndedAsync(started.Location!); // it leads on

        Assert.Equal(
            ["Lovelace Fair 2026"],
            await _portal.Database.ListAsync<string>(
                """
                select c.last_name || ' ' || t.name from customers c join customer_tags x on x.customer_id = c.id
                  join tags t on t.id = x.tag_id
                """));
    }

    [Fact]
    public async Task An_export_holds_what_the_list_shows_is_safe_to_open_and_comes_back_as_it_went()
    {
        await _portal.AddCustomerAsync("=cmd|' /C calc'!A0", "Evil", "evil.canary@example.com", "lead");
        await _portal.AddCustomerAsync("Bea", "Byron", "bea.canary@example.com", "customer");
        await _portal.Database.ExecuteAsync("update customers set phone = '+44 1'");
        var other = await _portal.AddWorkspaceAsync("Other");
        await _portal.AddCustomerAsync("Eve", "Other", "eve.canary@example.com", workspaceId: other);

        var all = await _member.GetAsync("/customers/export");
        var lead = await _member.GetAsync("/customers/export?stage=lead");
        var before = await StateAsync();
        await ImportAsync(all.Text);

        Assert.Contains("\"'=cmd|' /C calc'!A0\"", lead.Text, StringComparison.Ordinal);
        Assert.Contains("\"'+44 1\"", all.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Byron", lead.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Eve", all.Text, StringComparison.Ordinal);
        Assert.Equal(before, await StateAsync());
        Assert.Equal(2L, await _portal.CountAsync("audit_log where action = 'customers.exported'"));
    }

    [Fact]
    public async Task A_file_of_another_workspace_is_not_there()
    {
        var other = await _portal.AddWorkspaceAsync("Other");
        var id = Guid.NewGuid();
        await _portal.Database.ExecuteAsync(
            $"""
            insert into csv_imports (id, workspace_id, file_name, headers, row_count)
              values ('{id}', '{other}', 'x.csv', array['Email'], 1)
            """);

        Assert.Equal(HttpStatusCode.NotFound, (await _member.GetAsync($"/customers/import/{id}")).Status);
        var start = await _member.PostWithTokenAsync($"/customers/import/{id}?handler=Start");
        Assert.Equal(HttpStatusCode.NotFound, start.Status);
    }

    [Theory]
    [InlineData("", "The file is empty")]
    [InlineData("Email\n", "a head and no rows")]
    public async Task A_file_with_nothing_in_it_is_refused(string content, string why) =>
        Assert.Contains(why, (await UploadAsync(content)).Words, StringComparison.Ordinal);

    private Task<string> StateAsync() => _portal.Database.ScalarAsync<string>(
        """
        select (select coalesce(string_agg(to_jsonb(c)::text, E'\n' order by id), '') from customers c)
          || (select count(*) from activities)
        """);

    private Task<PageAnswer> ImportAsync(string content) => _member.ImportAsync("/customers", content);

    private Task<PageAnswer> UploadAsync(string content) => _member.UploadAsync("/customers", content);

    private Task<PageAnswer> EndedAsync(string path) => _member.EndedAsync(path);
}
