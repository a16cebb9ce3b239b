using System.Net;
using HubSpotSync.Data.Identity;
using HubSpotSync.Tests.Infrastructure;
using HubSpotSync.Tests.Portal.Billing;
using HubSpotSync.Tests.Portal.Hosting;

namespace HubSpotSync.Tests.Portal.Customers;

/// <summary>The company of a customer, as a person chooses it.</summary>
public sealed class CompanyPickTests : IAsyncLifetime
{
    private const string Company = "Fields[companyId]";

    private PortalHost _portal = null!; // set before each test
    private PageClient _member = null!; // likewise
    private Guid _customer;
    private Guid _acme;
    private Guid _beta;

    public async ValueTask InitializeAsync()
    {
        _portal = await PortalHost.BorrowAsync();
        await _portal.AddUserOfEachRoleAsync();
        _member = await _portal.AsAsync(WorkspaceRole.Member);
        _customer = await _portal.AddCustomerAsync("Ada", "Lovelace", "ada.canary@example.com");
        _acme = await _portal.AddCompanyAsync("Acme", "acme.example");
        _beta = await _portal.AddCompanyAsync("Beta", "beta.example");
    }

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task It_is_found_by_its_name_chosen_changed_and_cleared_and_the_timeline_tells()
    {
        var form = await _member.GetAsync($"/customers/{_customer}/edit");
        var found = await _member.SubmitAsync(form, "Find", ("Find", "ac"), ("Fields[city]", "London"));
        var chosen = await _member.SubmitAsync(found, "Save", (Company, $"{_acme}"));
        var card = await _member.FollowAsync(chosen);
        await _member.SubmitAsync(card, "Save company", (Company, $"{_beta}"));
        await _member.SubmitAsync(
            await _member.GetAsync($"/customers/{_customer}"), "Save company", (Company, ""));

        Assert.Equal(["Acme acme.example", "No company"], Options(found));
        Assert.Equal(HttpStatusCode.Redirect, chosen.Status);
        Assert.Contains("Acme", card.All("section[aria-labelledby=company]").Single(), StringComparison.Ordinal);
        Assert.Equal(
            [
                """{"city": [null, "London"], "companyId": [null, "Acme"]}""", """{"companyId": ["Acme", "Beta"]}""",
                """{"companyId": ["Beta", null]}""",
            ],
            await _portal.Database.ListAsync<string>("select fields::text from activities order by id"));
        Assert.Equal("-|person", await SaidAsync());
        var timeline = (await _member.GetAsync($"/customers/{_customer}")).All("#timeline").Single();
        Assert.Contains("Company", timeline, StringComparison.Ordinal);
        Assert.Contains("Beta", timeline, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Enter_after_a_name_shows_what_there_is_and_saves_nothing_yet()
    {
        var form = await _member.GetAsync("/customers/new");

        var shown = await _member.SubmitAsync(form, "Create customer", ("Fields[last_name]", "King"), ("Find", "b"));
        var nothing = await _member.SubmitAsync(shown, "Find", ("Find", "nobody is called so"));
        var made = await _member.SubmitAsync(shown, "Create customer", (Company, $"{_beta}"));

        Assert.Equal(HttpStatusCode.OK, shown.Status);
        Assert.Equal("King", shown.ByLabel("Last name")?.GetAttribute("value"));
        Assert.Contains("No company begins so.", nothing.Words, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, made.Status);
        Assert.Equal(
            _beta,
            await _portal.Database.ScalarAsync<Guid>("select company_id from customers where last_name = 'King'"));
    }

    [Theory]
    [InlineData("mine", "Acme")]
    [InlineData("theirs", "Beta")]
    public async Task Whoever_chooses_another_one_second_sees_both_by_name_and_decides(string choice, string kept)
    {
        var admin = await _portal.AsAsync(WorkspaceRole.Admin);
        var (mine, theirs) = (
            await _member.GetAsync($"/customers/{_customer}/edit"),
            await admin.GetAsync($"/customers/{_customer}/edit"));
        await admin.SubmitAsync(theirs, "Save", (Company, $"{_beta}"));

        var clash = await _member.SubmitAsync(mine, "Save", (Company, $"{_acme}"));
        var found = await _member.SubmitAsync(clash, "Find", ("Find", "acme"));
        var saved = await _member.SubmitAsync(found, "Save", ("Choice[companyId]", choice));

        Assert.Equal(["YoursAcme", "Admin admin.canary'sBeta"], clash.All(".clash-choice label"));
        Assert.Equal(clash.All(".clash-choice label"), found.All(".clash-choice label"));
        Assert.Equal(HttpStatusCode.Redirect, saved.Status);
        Assert.Equal(kept, await _portal.Database.ScalarAsync<string>(
            "select o.name from customers c join companies o on o.id = c.company_id"));
    }

    [Fact]
    public async Task HubSpots_word_is_refused_with_where_to_change_it_and_where_it_says_nothing_ours_counts()
    {
        var connection = await _portal.AddConnectionAsync();
        await _portal.AddLinkAsync(connection, "Contact", _customer, 501);
        var open = await _member.GetAsync($"/customers/{_customer}/edit");
        await SayByHubSpotAsync();

        var page = await _member.GetAsync($"/customers/{_customer}");
        var clash = await _member.SubmitAsync(open, "Save", (Company, $"{_beta}"));
        var form = await _member.GetAsync($"/customers/{_customer}/edit");

        Assert.NotEmpty(Options(open));
        Assert.Empty(Options(page));
        Assert.Contains("Company belongs to HubSpot. Edit it there", page.Words, StringComparison.Ordinal);
        Assert.Empty(Options(form));
        Assert.Contains("Acme", form.All(".locked-value"));
        Assert.Contains("saved this meanwhile", clash.Words, StringComparison.Ordinal);
        Assert.Equal("Acme|hubspot", await SaidAsync());

        var late = await _member.PostWithTokenAsync(
            $"/customers/{_customer}/edit", (Company, $"{_beta}"), ("Was[companyId]", $"{_acme}"));
        Assert.Contains("Company belongs to HubSpot. Edit it there", late.Words, StringComparison.Ordinal);
        Assert.Contains(
            late.Html.QuerySelectorAll("a"),
            link => link.GetAttribute("href") == "https://app.hubspot.com/contacts/4711/record/0-1/501");
        Assert.Equal("Acme|hubspot", await SaidAsync());
    }

    [Fact]
    public async Task Where_HubSpot_is_the_source_it_says_who_has_none_too()
    {
        var connection = await _portal.AddConnectionAsync();
        await _portal.Database.ExecuteAsync("update hubspot_connections set mode = 'HubSpotIsSource'");
        Assert.NotEmpty(Options(await _member.GetAsync($"/customers/{_customer}")));

        await _portal.AddLinkAsync(connection, "Contact", _customer, 501);

        Assert.Empty(Options(await _member.GetAsync($"/customers/{_customer}")));
        await _portal.Database.ExecuteAsync("update hubspot_connections set takes_companies = false");
        Assert.NotEmpty(Options(await _member.GetAsync($"/customers/{_customer}")));
    }

    [Fact]
    public async Task A_company_that_is_archived_or_another_workspaces_is_not_taken()
    {
        var other = await _portal.AddWorkspaceAsync("Other");
        var foreign = await _portal.AddCompanyAsync("Foreign", "foreign.example", other);
        await _portal.Database.ExecuteAsync($"update companies set archived_at = now() where id = '{_beta}'");

        foreach (var id in new[] { $"{foreign}", $"{_beta}", "nonsense" })
        {
            var form = await _member.GetAsync($"/customers/{_customer}/edit");
            var refused = await _member.SubmitAsync(form, "Save", (Company, id));
            Assert.Contains("archived or not there", refused.All(".field-problem").Single(), StringComparison.Ordinal);
        }

        var found = await _member.SubmitAsync(await _member.GetAsync("/customers/new"), "Find", ("Find", "fore"));
        Assert.Equal(["No company"], Options(found));
        Assert.Equal(0L, await _portal.CountAsync("customers where company_id is not null"));
    }

    private static IReadOnlyList<string> Options(PageAnswer page) => [.. page.All("#company-options label")];

    private Task SayByHubSpotAsync() => _portal.Database.ExecuteAsync(
        $"""
        begin;
        select set_config('app.engine', 'on', true);
        update customers set company_id = '{_acme}', company_by = 'hubspot';
        commit;
        """);

    private Task<string> SaidAsync() => _portal.Database.ScalarAsync<string>(
        $"""
        select concat_ws('|', coalesce(o.name, '-'), c.company_by) from customers c
          left join companies o on o.id = c.company_id where c.id = '{_customer}'
        """);
}
