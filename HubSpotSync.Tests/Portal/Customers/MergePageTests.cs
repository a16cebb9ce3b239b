using HubSpotSync.Data.Identity;
using HubSpotSync.Tests.Infrastructure;
using HubSpotSync.Tests.Portal.Billing;
using HubSpotSync.Tests.Portal.Hosting;

namespace HubSpotSync.Tests.Portal.Customers;

public sealed class MergePageTests : IAsyncLifetime
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
    public async Task Two_customers_become_one_with_the_values_that_were_picked()
    {
        var stays = await _portal.AddCustomerAsync("Ada", "King", "ada.canary@example.com");
        var goes = await _portal.AddCustomerAsync("Augusta", "Lovelace", "augusta.canary@example.com");
        await _portal.Database.ExecuteAsync($"update customers set city = 'London' where id = '{goes}'");
        await _member.SubmitAsync(await _member.GetAsync($"/customers/{goes}"), "Add note", ("Text", "Of Augusta"));
        await _member.SubmitAsync(await _member.GetAsync($"/customers/{goes}"), "Add tag", ("name", "Key"));

        var found = await _member.GetAsync($"/customers/{stays}/merge?q=lovelace");
        var compare = await _member.GetAsync(found.Html.QuerySelector(".find-choices a")!.GetAttribute("href")!);
        var merged = await _member.FollowAsync(
            await _member.SubmitAsync(compare, "Merge into", ("Pick[last_name]", "theirs")));

        Assert.Equal("Merge Augusta Lovelace into Ada King", compare.Heading);
        Assert.Equal("Ada Lovelace", merged.Heading);
        Assert.Equal(
            "Ada Lovelace ada.canary@example.com London",
            await _portal.Database.ScalarAsync<string>(
                $"select concat_ws(' ', first_name, last_name, email, city) from customers where id = '{stays}'"));
        Assert.Equal(stays, await _portal.Database.ScalarAsync<Guid>("select customer_id from notes"));
        Assert.Equal(stays, await _portal.Database.ScalarAsync<Guid>("select customer_id from customer_tags"));
        Assert.Equal(
            stays,
            await _portal.Database.ScalarAsync<Guid>(
                "select merged_into from customers where archived_at is not null"));
        Assert.Contains("Merged with Augusta Lovelace", merged.Words, StringComparison.Ordinal);
        var again = await _member.FollowAsync(
            await _member.PostWithTokenAsync($"/customers/{goes}/archive?handler=Restore"));
        Assert.Contains("merged into another one", again.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_HubSpot_owns_of_the_one_that_stays_is_not_picked_from_the_other()
    {
        var connection = await _portal.AddConnectionAsync();
        var stays = await _portal.AddCustomerAsync("Ada", "King", "ada.canary@example.com", "lead");
        var goes = await _portal.AddCustomerAsync("Ada", "King", "augusta.canary@example.com", "customer");
        await _portal.AddLinkAsync(connection, "Contact", stays, 501);

        await _member.PostWithTokenAsync(
            $"/customers/{stays}/merge?with={goes}", ("Pick[lifecycle_stage]", "theirs"), ("Pick[email]", "theirs"));

        Assert.Equal(
            "lead augusta.canary@example.com",
            await _portal.Database.ScalarAsync<string>(
                $"select lifecycle_stage || ' ' || email from customers where id = '{stays}'"));
    }

    [Fact]
    public async Task Two_companies_become_one_and_all_that_hung_on_the_other_hangs_on_it()
    {
        var stays = await _portal.AddCompanyAsync("Engines", "engines.example");
        var goes = await _portal.AddCompanyAsync("Engine Works", "works.example");
        await HangOnAsync(goes);

        var found = await _member.GetAsync($"/companies/{stays}/merge?q=engine");
        var compare = await _member.GetAsync(found.Html.QuerySelector(".find-choices a")!.GetAttribute("href")!);
        var merged = await _member.FollowAsync(
            await _member.SubmitAsync(compare, "Merge into", ("Pick[name]", "theirs")));
        var twice = await _member.FollowAsync(
            await _member.PostWithTokenAsync($"/companies/{stays}/merge?with={goes}", ("Pick[city]", "mine")));

        Assert.Equal("Merge Engine Works into Engines", compare.Heading);
        Assert.Equal("Engine Works", merged.Heading);
        Assert.Contains("The two are one now.", twice.Words, StringComparison.Ordinal);
        Assert.Equal(
            "Engine Works engines.example Graz",
            await _portal.Database.ScalarAsync<string>(
                $"select concat_ws(' ', name, domain, city) from companies where id = '{stays}'"));
        string[] hung = ["customers", "deals", "invoices", "proposals", "notes", "company_tags"];
        foreach (var table in hung)
        {
            Assert.Equal((table, stays), (table, await _portal.Database.ScalarAsync<Guid>(
                $"select company_id from {table}")));
        }

        Assert.Equal(
            "customer.created company.merged",
            await _portal.Database.ScalarAsync<string>(
                $"select string_agg(kind, ' ' order by id) from activities where company_id = '{stays}'"));
        Assert.Equal(1L, await _portal.CountAsync(
            $"audit_log where action = 'company.merged' and user_id is not null and subject = 'company {stays}'"));
    }

    [Fact]
    public async Task The_old_address_leads_to_the_one_that_stays_and_the_old_page_says_whose_part_it_is()
    {
        var (first, second, third) = (
            await _portal.AddCompanyAsync("First", "first.example"),
            await _portal.AddCompanyAsync("Second", "second.example"),
            await _portal.AddCompanyAsync("Third", "third.example"));
        await _member.PostWithTokenAsync($"/companies/{second}/merge?with={first}");
        await _member.PostWithTokenAsync($"/companies/{third}/merge?with={second}");

        var came = await _member.OpenAsync($"/companies/{first}");
        var old = await _member.GetAsync(
            came.Html.QuerySelector(".banner-line a")!.GetAttribute("href")!); // the line says where it is
        var back = await _member.FollowAsync(
            await _member.PostWithTokenAsync($"/companies/{first}/merge?with={third}"));
        var stranger = await _member.GetAsync($"/companies/{third}?merged={Guid.NewGuid()}");

        Assert.Equal("Third", came.Heading);
        Assert.Contains("First was merged into this one", came.Words, StringComparison.Ordinal);
        Assert.Equal("First", old.Heading);
        Assert.Contains("Merged into Third", old.Words, StringComparison.Ordinal);
        Assert.Contains("Merged into another one", old.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("Restore", old.Words, StringComparison.Ordinal);
        Assert.Contains("Nothing was changed", back.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("was merged", stranger.Words, StringComparison.Ordinal);
        var again = await _member.FollowAsync(
            await _member.PostWithTokenAsync($"/companies/{first}/archive?handler=Restore"));
        Assert.Contains("merged into another one", again.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_the_link_comes_with_the_one_that_goes_its_values_come_too()
    {
        var connection = await _portal.AddConnectionAsync();
        var stays = await _portal.AddCompanyAsync("Ours", "ours.example");
        var goes = await _portal.AddCompanyAsync("Theirs", "theirs.example");
        await _portal.Database.ExecuteAsync($"update companies set city = 'Graz' where id = '{stays}'");
        await _portal.AddLinkAsync(connection, "Company", goes, 501);

        var compare = await _member.GetAsync($"/companies/{stays}/merge?with={goes}");
        await _member.SubmitAsync(compare, "Merge into", ("Pick[name]", "mine"), ("Pick[city]", "mine"));

        Assert.Equal(2, compare.Html.QuerySelectorAll("tr .own-mark").Length);
        Assert.Equal(
            "Theirs theirs.example Graz",
            await _portal.Database.ScalarAsync<string>(
                $"select concat_ws(' ', name, domain, city) from companies where id = '{stays}'"));
        Assert.Equal(stays, await _portal.Database.ScalarAsync<Guid>("select local_id from record_links"));
    }

    [Fact]
    public async Task A_name_that_a_third_company_has_is_not_taken_and_nothing_is_half_done()
    {
        var stays = await _portal.AddCompanyAsync("By text", "text.example");
        var goes = await _portal.AddCompanyAsync("Twice", "one.example");
        var third = await _portal.AddCompanyAsync("Twice", "two.example");
        await _portal.Database.ExecuteAsync(
            $"update companies set source = 'contact' where id in ('{stays}', '{third}')");

        var refused = await _member.FollowAsync(
            await _member.PostWithTokenAsync($"/companies/{stays}/merge?with={goes}", ("Pick[name]", "theirs")));

        Assert.Contains("A third company is called so already", refused.Words, StringComparison.Ordinal);
        Assert.Equal(3L, await _portal.CountAsync("companies where archived_at is null"));
    }

    private async Task HangOnAsync(Guid company)
    {
        await _portal.AddCustomerAsync("Ada", "King", "ada.canary@example.com");
        await _portal.AddDealAsync("Engine", 100);
        await _portal.AddInvoiceAsync();
        await _portal.Database.ExecuteAsync(
            $"""
            update companies set city = 'Graz' where id = '{company}';
            update customers set company_id = '{company}';
            update deals set company_id = '{company}';
            update invoices set company_id = '{company}';
            insert into proposals (id, workspace_id, public_code, currency, issued_on, company_id)
              values (gen_random_uuid(), '{_portal.WorkspaceId}', 'p', 'EUR', '2026-01-01', '{company}');
            insert into notes (id, workspace_id, company_id, text)
              values (gen_random_uuid(), '{_portal.WorkspaceId}', '{company}', 'Of the works');
            insert into tags (id, workspace_id, name) values (gen_random_uuid(), '{_portal.WorkspaceId}', 'Key');
            insert into company_tags select workspace_id, '{company}', id from tags;
            insert into activities (workspace_id, company_id, kind)
              values ('{_portal.WorkspaceId}', '{company}', 'customer.created')
            """);
    }
}
