using System.Net;
using HubSpotSync.Tests.Portal.Hosting;

namespace HubSpotSync.Tests.Portal;

public sealed class OperatorTests
{
    private const string Address = "/internal/sync-now";

    [Fact]
    public async Task Without_a_configured_key_the_address_does_not_exist()
    {
        await using var portal = await PortalHost.StartAsync();
        using var program = portal.Browser();

        Assert.Equal(HttpStatusCode.NotFound, (await CallAsync(program, "")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await CallAsync(program, "anything")).Status);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("canary-operator-ke")]
    [InlineData("Canary-Operator-Key")]
    public async Task A_wrong_key_starts_nothing(string? key)
    {
        await using var portal = await StartAsync();
        using var program = portal.Browser();

        var answer = key is null ? await program.PostAsync(Address) : await CallAsync(program, key);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.Status);
        Assert.Equal(0, await portal.Database.ScalarAsync<long>("select count(*) from sync_runs"));
    }

    [Fact]
    public async Task The_key_starts_a_sync_of_every_account_that_has_synced_before()
    {
        await using var portal = await StartAsync();
        var other = await portal.AddWorkspaceAsync("Elsewhere");
        await portal.AddConnectionAsync(other, 2);
        await portal.Database.ExecuteAsync("update hubspot_connections set first_run_done_at = now()");
        await portal.AddConnectionAsync(await portal.AddWorkspaceAsync("Not chosen yet"), 3);
        using var program = portal.Browser();

        var first = await CallAsync(program, PortalHost.OperatorKey);
        var second = await CallAsync(program, PortalHost.OperatorKey);

        Assert.Equal(2, first.Json.GetProperty("runs").GetArrayLength());
        Assert.Equal(first.Text, second.Text);
        Assert.Equal(2, await portal.Database.ScalarAsync<long>(
            "select count(distinct workspace_id) from sync_runs where trigger = 'Manual' and requested_by is null"));
    }

    private static async Task<PortalHost> StartAsync()
    {
        var portal = await PortalHost.StartAsync(("Operator:Key", PortalHost.OperatorKey));
        await portal.AddConnectionAsync();
        return portal;
    }

    private static Task<PageAnswer> CallAsync(PageClient program, string key) =>
        program.SendAsync(HttpMethod.Post, Address, null, [("X-Operator-Key", key)]);
}
