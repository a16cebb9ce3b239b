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
}
