using System.Net;
using HubSpotSync.Data.Identity;
using HubSpotSync.Tests.Infrastructure;
using HubSpotSync.Tests.Portal.Billing;
using HubSpotSync.Tests.Portal.Hosting;

namespace HubSpotSync.Tests.Portal.Admin;

public sealed class DuplicatesTests : IAsyncLifetime
{
    private const string Address = "/settings/integrations/hubspot/duplicates";

    private PortalHost _portal = null!; // set before each test
    private PageClient _member = null!; // likewise

    public async ValueTask InitializeAsync()
    {
        _portal = await PortalHost.BorrowAsync();
        await _portal.AddUserOfEachRoleAsync();
        _member = await _portal.AsAsync(WorkspaceRole.Member);
    }

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Theory]
    [InlineData("Ada|Lovelace|ada.canary@x.example||", "A.|L.|ada.canary+n@x.example||", "Same e-mail but for its tag")]
    [InlineData("Ada|Lovelace||+44 20 7946 0000|", "Bea|Byron||020 79460000|", "Same phone number")]
    [InlineData("Ada|Lovelace|||Engines", "Adah|Lovelace|||engines", "Similar name at the same company")]
    [InlineData("Ada|Lovelace|||Engines", "Ada|Lovelace|||Looms", null)]
    [InlineData("Ada|Lovelace|||", "Ada|Lovelace|||", null)]
    [InlineData("Ada|Lovelace|a.canary@x.example||", "Bea|Byron|b.canary@x.example||", null)]
    public async Task Likely_duplicates_are_found_by_address_phone_and_name(string one, string other, string? reason)
    {
        await AddAsync(one);
        await AddAsync(other);

        var page = await SearchAsync();

        Assert.Equal(reason is null ? [] : [reason], page.All(".pair .chip"));
        Assert.Equal(reason is null ? "No likely duplicates" : "1 pair may be one person each", page.Heading);
    }

    [Fact]
    public async Task A_number_that_many_share_says_nothing_of_a_person()
    {
        for (var i = 0; i < 25; i++)
        {
            await AddAsync($"P{i}|Q{i}||030 1234567|");
        }

        Assert.Equal("No likely duplicates", (await SearchAsync()).Heading);
    }

    [Fact]
    public async Task Merging_takes_the_values_that_were_picked_and_archives_the_other()
    {
        var (one, other) = await PairAsync();
        await _portal.AddDealAsync("Loom", 10, customerId: other);
        var page = await _member.GetAsync($"{Address}/{one}/{other}");

        var answer = await _member.SubmitAsync(
            page, "Merge", ("stays", $"{one}"), ("take[first_name]", "first"), ("take[email]", "second"));

        Assert.Equal($"/customers/{one}", answer.Location);
        Assert.Equal("Ada adah.canary@x.example", await _portal.Database.ScalarAsync<string>(
            $"select first_name || ' ' || email from customers where id = '{one}' and archived_at is null"));
        Assert.Equal(one, await _portal.Database.ScalarAsync<Guid>(
            $"select merged_into from customers where id = '{other}'"));
        Assert.Equal(one, await _portal.Database.ScalarAsync<Guid>("select customer_id from deal_customers"));
        Assert.Equal("No likely duplicates", (await _member.GetAsync(Address)).Heading);
        Assert.Equal(1, await _portal.Database.ScalarAsync<long>(
            "select count(*) from audit_log where action = 'customer.merged' and user_id is not null"));
    }

    [Fact]
    public async Task The_second_may_stay_and_nothing_is_merged_twice()
    {
        var (one, other) = await PairAsync();
        var page = await _member.GetAsync($"{Address}/{one}/{other}");

        await _member.SubmitAsync(page, "Merge", ("stays", $"{other}"), ("take[first_name]", "first"));
        var again = await _member.SubmitAsync(page, "Merge", ("stays", $"{other}"));

        Assert.Equal("Ada", await _portal.Database.ScalarAsync<string>(
            $"select first_name from customers where id = '{other}' and archived_at is null"));
        Assert.Equal(HttpStatusCode.NotFound, again.Status);
    }

    [Fact]
    public async Task That_two_are_two_sticks_and_is_noted()
    {
        var (one, other) = await PairAsync();

        await _member.SubmitAsync(await _member.GetAsync($"{Address}/{other}/{one}"), "Not a duplicate");
        var page = await SearchAsync();

        Assert.Equal("No likely duplicates", page.Heading);
        Assert.Single((await _member.GetAsync($"{Address}?show=distinct")).All(".pair"));
        Assert.Equal(1, await _portal.Database.ScalarAsync<long>(
            "select count(*) from audit_log where action = 'customer.not_duplicate' and user_id is not null"));
    }

    [Fact]
    public async Task What_is_put_aside_is_under_later()
    {
        var (one, other) = await PairAsync();

        await _member.SubmitAsync(await _member.GetAsync($"{Address}/{one}/{other}"), "Later");

        Assert.Equal("No likely duplicates", (await SearchAsync()).Heading);
        Assert.Single((await _member.GetAsync($"{Address}?show=later")).All(".pair"));
    }

    [Fact]
    public async Task A_customers_page_leads_to_who_may_be_the_same()
    {
        var (one, other) = await PairAsync();

        var page = await _member.GetAsync($"/customers/{other}");

        Assert.Equal(
            $"{Address}/{other}/{one}", page.Html.QuerySelector(".banner-line a")?.GetAttribute("href"));
    }

    [Fact]
    public async Task Without_a_choice_of_who_stays_nothing_is_done()
    {
        var (one, other) = await PairAsync();
        var page = await _member.GetAsync($"{Address}/{one}/{other}");

        var answer = await _member.SubmitAsync(page, "Merge", ("stays", $"{Guid.NewGuid()}"));

        Assert.Equal(["Choose which of the two stays."], answer.All(".form-problem"));
        Assert.Equal(2, await _portal.Database.ScalarAsync<long>(
            "select count(*) from customers where archived_at is null"));
    }

    [Fact]
    public async Task Customers_of_another_workspace_are_not_there()
    {
        var foreign = await _portal.AddWorkspaceAsync("Other");
        var ours = await AddAsync("Ada|Lovelace||030 7654321|");
        var theirs = await _portal.AddCustomerAsync("Ada", "Lovelace", null, workspaceId: foreign);
        await _portal.Database.ExecuteAsync($"update customers set phone = '030 7654321' where id = '{theirs}'");

        Assert.Equal("No likely duplicates", (await SearchAsync()).Heading);
        Assert.Equal(HttpStatusCode.NotFound, (await _member.GetAsync($"{Address}/{ours}/{theirs}")).Status);
        foreach (var handler in new[] { "Merge", "Distinct", "Later" })
        {
            var sent = await _member.PostWithTokenAsync(
                $"{Address}/{ours}/{theirs}?handler={handler}", ("stays", $"{ours}"));
            Assert.Equal(HttpStatusCode.NotFound, sent.Status);
        }
    }

    [Fact]
    public async Task A_viewer_looks_and_changes_nothing()
    {
        var (one, other) = await PairAsync();
        var viewer = await _portal.AsAsync(WorkspaceRole.Viewer);

        var page = await viewer.GetAsync($"{Address}/{one}/{other}");
        foreach (var handler in new[] { "Merge", "Distinct", "Later" })
        {
            var sent = await viewer.PostWithTokenAsync(
                $"{Address}/{one}/{other}?handler={handler}", ("stays", $"{one}"));
            Assert.Equal(HttpStatusCode.Forbidden, sent.Status);
        }

        Assert.Equal(HttpStatusCode.Forbidden, (await viewer.PostWithTokenAsync($"{Address}?handler=Search")).Status);
        Assert.Contains("You can compare them. A member can merge.", page.Words, StringComparison.Ordinal);
        Assert.Empty(page.Html.QuerySelectorAll("main button"));
    }

    private async Task<(Guid One, Guid Other)> PairAsync()
    {
        var one = await AddAsync("Ada|Lovelace|ada.canary@x.example||Engines");
        var other = await AddAsync("Adah|Lovelace|adah.canary@x.example||Engines");
        await SearchAsync();
        return (one, other);
    }

    private async Task<PageAnswer> SearchAsync()
    {
        await _member.PostWithTokenAsync($"{Address}?handler=Search");
        return await _member.GetAsync(Address);
    }

    /// <summary>First name, last name, e-mail, phone and company, parted by bars.</summary>
    private async Task<Guid> AddAsync(string text)
    {
        var parts = text.Split('|').Select(part => part.Length == 0 ? null : part).ToArray();
        var id = await _portal.AddCustomerAsync(parts[0], parts[1], parts[2]);
        await _portal.Database.ExecuteAsync(
            $"""
            update customers set phone = nullif('{parts[3]}', ''), company_name = nullif('{parts[4]}', '')
              where id = '{id}'
            """);
        return id;
    }
}
