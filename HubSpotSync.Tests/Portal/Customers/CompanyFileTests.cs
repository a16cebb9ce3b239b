using System.Net;
using HubSpotSync.Data.Identity;
using HubSpotSync.Tests.Infrastructure;
using HubSpotSync.Tests.Portal.Billing;
using HubSpotSync.Tests.Portal.Hosting;

namespace HubSpotSync.Tests.Portal.Customers;

public sealed class CompanyFileTests : IAsyncLifetime
{
    private const string File =
        """
        Firm,Website of it,Phone,City,Shoe size
        Acme,ACME.example,'+44 1,London,7
        Beta,beta.example,,,
        Crooked,https://crooked.example/,,,
        Nameonly,,,Paris,
        Acme again,acme.example,,,
        ,,,Rome,
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
        await _portal.AddCompanyAsync("Beta", "beta.example");
        var preview = await MapAsync(await PreviewAsync(File));

        Assert.Equal(
            ["Create", "Unchanged", "Refused", "Create", "Refused", "Refused"], preview.All("td[data-label=Then]"));
        Assert.Contains("Row 1 is about the same company", preview.Words, StringComparison.Ordinal);
        Assert.Contains("Domain: This is not a domain", preview.Words, StringComparison.Ordinal);
        Assert.Contains("It has neither a domain nor a name", preview.Words, StringComparison.Ordinal);
        Assert.Contains("that has its domain", preview.Words, StringComparison.Ordinal);
        Assert.Equal(1L, await _portal.CountAsync("companies"));

        var started = await _member.SubmitAsync(preview, "Import 6 rows");
        await _member.SubmitAsync(preview, "Import 6 rows");
        var done = await _member.EndedAsync(started.Location!); // it leads on

        Assert.Equal("Imported", done.Heading);
        Assert.Equal(
            ["Acme|acme.example|+44 1|London", "Beta|beta.example", "Nameonly|Paris"],
            await _portal.Database.ListAsync<string>(
                "select concat_ws('|', name, domain, phone, city) from companies order by name"));
        Assert.Equal(2L, await _portal.CountAsync("activities where kind = 'company.created' and by is not null"));
        var refused = await _member.GetAsync($"{started.Location}?handler=Refused");
        Assert.Contains("\"https://crooked.example/\"", refused.Text, StringComparison.Ordinal);
        Assert.Contains("not a domain", refused.Text, StringComparison.Ordinal);
        Assert.Contains("file.csv", (await _member.GetAsync("/companies/import")).Words, StringComparison.Ordinal);
        var others = await _member.GetAsync("/customers/import");
        Assert.DoesNotContain("file.csv", others.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_file_twice_changes_nothing_and_an_export_comes_back_as_it_went()
    {
        await _portal.AddCompanyAsync("=cmd|' /C calc'!A0", "evil.example");
        var file = File.Replace("Firm,Website of it", "Name,Domain", StringComparison.Ordinal);
        await ImportAsync(file);
        var before = await StateAsync();

        var again = await ImportAsync(file);
        var export = await _member.GetAsync("/companies/export");
        var same = await ImportAsync(export.Text);

        Assert.Contains("Unchanged3", again.Words, StringComparison.Ordinal);
        Assert.Contains("Refused3", again.Words, StringComparison.Ordinal);
        Assert.Contains("Unchanged4", same.Words, StringComparison.Ordinal);
        Assert.Equal(before, await StateAsync());
    }

    [Fact]
    public async Task A_row_means_the_company_of_its_id_here_or_in_HubSpot_else_of_its_domain_else_of_its_name()
    {
        var connection = await _portal.AddConnectionAsync();
        await _portal.Database.ExecuteAsync("update hubspot_connections set takes_companies = false");
        var (one, two) = (
            await _portal.AddCompanyAsync("Twin", "twin.example"),
            await _portal.AddCompanyAsync("Twin", "other.example"));
        var three = await _portal.AddCompanyAsync("Alone", "alone.example");
        await _portal.AddLinkAsync(connection, "Company", two, 77);

        var preview = await PreviewAsync(
            $"""
            Id,Record ID,Name,Domain,City
            {one},,Twin,moved.example,Rome
            ,77,,,Paris
            ,,alone,,Oslo
            ,,Alone,ALONE.example,Bergen
            ,,Twin,,Nowhere
            {Guid.NewGuid()},,New,new.example,
            ,88,Found by its domain,other.example,Bern
            """);
        await _member.EndedAsync((await _member.SubmitAsync(preview, "Import 7 rows")).Location!); // it leads on

        Assert.Equal(
            ["Update", "Update", "Refused", "Update", "Refused", "Refused", "Refused"],
            preview.All("td[data-label=Then]"));
        Assert.Contains("Row 4 is about a company of this name", preview.Words, StringComparison.Ordinal);
        Assert.Contains("Several companies are known by this", preview.Words, StringComparison.Ordinal);
        Assert.Contains("No company here has this Id", preview.Words, StringComparison.Ordinal);
        Assert.Contains("Row 2 is about the same company", preview.Words, StringComparison.Ordinal);
        Assert.Equal(
            [$"{one}|moved.example|Rome", $"{two}|other.example|Paris", $"{three}|alone.example|Bergen"],
            await _portal.Database.ListAsync<string>(
                $"""
                select concat_ws('|', id, domain, city) from companies
                  order by array_position(array['{one}', '{two}', '{three}']::uuid[], id)
                """));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    [InlineData(0, 120)]
    [InlineData(120, 0)]
    public async Task A_row_without_a_domain_makes_no_second_company_of_one_that_another_row_makes(
        int withDomain, int without)
    {
        var lines = Enumerable.Range(0, Math.Max(withDomain, without) + 1).Select(at =>
            at == withDomain ? "Acme,acme.example" : at == without ? "ACME," : $"Firm {at},firm-{at}.example");
        var file = "Name,Domain\n" + string.Join('\n', lines);
        var preview = await PreviewAsync(file);
        var at = await _member.GetAsync($"{preview.Path}?from={without}");
        await _member.EndedAsync((await _member.SubmitAsync(preview, "Import")).Location!); // it leads on

        var again = await _member.FollowAsync(await _member.UploadAsync("/companies", file));
        var atAgain = await _member.GetAsync($"{again.Path}?from={without}");

        foreach (var page in new[] { at, atAgain })
        {
            Assert.Equal("Refused", page.All("td[data-label=Then]").First());
        }

        var other = await _member.GetAsync($"{again.Path}?from={withDomain}");
        Assert.Equal("Unchanged", other.All("td[data-label=Then]").First());
        Assert.Contains(
            $"Row {withDomain + 1} is about a company of this name", at.Words, StringComparison.Ordinal);
        Assert.Equal(
            ["acme.example"],
            await _portal.Database.ListAsync<string>("select domain from companies where name ilike 'acme'"));
    }

    [Fact]
    public async Task A_name_that_several_companies_will_have_means_none_of_them()
    {
        await _portal.AddCompanyAsync("Twin", "twin.example");
        await _portal.AddCompanyAsync("Solo", "solo.example");

        var preview = await PreviewAsync(
            $"""
            Id,Name,Domain
            ,Twin,other.example
            ,Twin,
            ,Acme,acme.example
            ,Acme,acme.test
            ,Acme,
            {Guid.NewGuid()},Solo,
            ,Solo,
            """);

        Assert.Equal(
            ["Create", "Refused", "Create", "Create", "Refused", "Refused", "Unchanged"],
            preview.All("td[data-label=Then]"));
        Assert.Equal(2, preview.Words.Split("Several companies are known by this").Length - 1);
    }

    [Fact]
    public async Task What_HubSpot_owns_is_not_taken_from_a_file_and_what_is_only_here_is()
    {
        var connection = await _portal.AddConnectionAsync();
        var theirs = await _portal.AddCompanyAsync("Theirs", "theirs.example");
        await _portal.AddCompanyAsync("Ours", "ours.example");
        await _portal.AddLinkAsync(connection, "Company", theirs, 77);
        const string Rows = "Name,Domain,City\nTheirs,theirs.example,Rome\nOurs,ours.example,Rome\n";

        var preview = await PreviewAsync(Rows);
        await ImportAsync(Rows);

        Assert.Contains("City: HubSpot's, so not taken from the file", preview.Words, StringComparison.Ordinal);
        Assert.Equal(["Unchanged", "Update"], preview.All("td[data-label=Then]"));
        Assert.Equal(
            ["Ours|Rome", "Theirs"],
            await _portal.Database.ListAsync<string>(
                "select concat_ws('|', name, city) from companies order by name"));
    }

    [Fact]
    public async Task A_file_of_companies_is_none_of_customers_and_another_workspaces_is_not_there()
    {
        var other = await _portal.AddWorkspaceAsync("Other");
        await _portal.AddCompanyAsync("Foreign", "foreign.example", other);
        var address = (await _member.UploadAsync("/companies", "Name,Domain\nForeign,foreign.example\n")).Location!;
        var mine = await _member.GetAsync(address);

        Assert.Equal(["Create"], mine.All("td[data-label=Then]"));
        Assert.Null(mine.ByLabel("Tag everybody with"));
        var crossed = address.Replace("companies", "customers", StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await _member.GetAsync(crossed)).Status);
        Assert.Equal(
            HttpStatusCode.NotFound, (await _member.PostWithTokenAsync($"{crossed}?handler=Start")).Status);
    }

    private async Task<PageAnswer> PreviewAsync(string content) =>
        await _member.FollowAsync(await _member.UploadAsync("/companies", content));

    private async Task<PageAnswer> MapAsync(PageAnswer preview) => await _member.FollowAsync(
        await _member.SubmitAsync(preview, "Preview", ("Fields[0]", "name"), ("Fields[1]", "domain")));

    private Task<PageAnswer> ImportAsync(string content) => _member.ImportAsync("/companies", content);

    private Task<string> StateAsync() => _portal.Database.ScalarAsync<string>(
        """
        select (select coalesce(string_agg(to_jsonb(c)::text, E'\n' order by id), '') from companies c)
          || (select count(*) from activities)
        """);
}
