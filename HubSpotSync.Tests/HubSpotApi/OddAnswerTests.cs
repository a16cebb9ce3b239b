using System.Collections.Concurrent;
using HubSpotSync.Core.Records;
using HubSpotSync.HubSpotApi;
using HubSpotSync.HubSpotApi.Errors;
using HubSpotSync.HubSpotApi.Objects;
using HubSpotSync.Tests.Infrastructure;
using Microsoft.AspNetCore.Http;

namespace HubSpotSync.Tests.HubSpotApi;

/// <summary>Gateways, cut lines and strangers: answers that HubSpot itself would not give.</summary>
public sealed class OddAnswerTests
{
    private const string Cut = """{"results": [{"id": "1", "properties": {"email": "marked@x.exam""";
    private static readonly ObjectQuery Query = new(RecordKind.Contact, ["email"], []);
    private static readonly ObjectWrite Write = new("1", new Dictionary<string, string> { ["city"] = "Here" });

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(200, Cut, "application/json")]
    [InlineData(200, "", "application/json")]
    [InlineData(200, "<html>Sign in to this network</html>", "text/html")]
    [InlineData(502, "<html>Bad gateway marked@x.example</html>", "text/html")]
    [InlineData(503, Cut, "application/json")]
    public async Task An_answer_that_is_not_json_is_no_answer_and_a_write_is_not_repeated(
        int status, string body, string contentType)
    {
        await using var server = await ScriptedServer.StartAsync(status, body, contentType);
        await using var client = await HubSpotClient.StartAsync(server.Url);

        var error = await Assert.ThrowsAsync<HubSpotUnavailableException>(() => UpdateAsync(client));

        Assert.DoesNotContain("marked", $"{error}", StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("""cut \ud83d""", "cut \ufffd")]
    [InlineData("""\udc00 first""", "\ufffd first")]
    [InlineData("""whole \ud83d\ude00""", "whole \U0001f600")]
    public async Task Half_an_emoji_does_not_stop_a_page(string written, string read)
    {
        var body = $$$"""{"results": [{"id": "1", "properties": {"firstname": "{{{written}}}"}}]}""";
        await using var server = await ScriptedServer.StartAsync(200, body);
        await using var client = await HubSpotClient.StartAsync(server.Url);

        var page = await ListAsync(client);

        Assert.Equal(read, Assert.Single(page.Records)["firstname"]);
    }

    [Fact]
    public async Task An_answer_that_is_cut_off_is_read_again()
    {
        var answers = 0;
        await using var server = await ScriptedServer.StartAsync(async context =>
        {
            context.Response.ContentType = "application/json";
            if (Interlocked.Increment(ref answers) == 1)
            {
                context.Response.ContentLength = 10_000;
                await context.Response.WriteAsync(Cut);
                await context.Response.Body.FlushAsync();
                context.Abort();
                return;
            }

            await context.Response.WriteAsync("""{"results": []}""");
        });
        await using var client = await HubSpotClient.StartAsync(server.Url);

        var page = await ListAsync(client);

        Assert.Empty(page.Records);
        Assert.Equal(2, answers);
    }

    [Theory]
    [InlineData("DAILY", null, 900)]
    [InlineData("DAILY", "3600", 3600)]
    public async Task A_used_up_daily_limit_is_thrown_with_its_wait(string policy, string? retryAfter, int seconds)
    {
        var body = $$"""{"status": "error", "errorType": "RATE_LIMIT", "policyName": "{{policy}}"}""";
        await using var server = await ScriptedServer.StartAsync(429, body, retryAfter: retryAfter);
        await using var client = await HubSpotClient.StartAsync(server.Url);

        var limited = await Assert.ThrowsAsync<HubSpotRateLimitedException>(() => UpdateAsync(client));

        Assert.Equal((policy, TimeSpan.FromSeconds(seconds)), (limited.Category, limited.RetryAfter));
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task No_redirect_is_followed_so_a_token_goes_to_no_other_address(int status)
    {
        var tokens = new ConcurrentQueue<string>();
        await using var stranger = await ScriptedServer.StartAsync(context =>
        {
            tokens.Enqueue(context.Request.Headers.Authorization.ToString());
            return context.Response.WriteAsync(
                """{"results": [], "access_token": "x", "refresh_token": "y", "expires_in": 1800}""");
        });
        await using var server = await ScriptedServer.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Location = stranger.Url.AbsoluteUri;
            return Task.CompletedTask;
        });
        await using var client = await HubSpotClient.StartAsync(server.Url);

        await Assert.ThrowsAnyAsync<HubSpotException>(() => ListAsync(client));
        await Assert.ThrowsAnyAsync<Exception>(() => client.OAuth.RefreshAsync("refresh", Token));
        await Assert.ThrowsAnyAsync<Exception>(() => client.OAuth.ReadAccountAsync("token", Token));

        Assert.Empty(tokens);
    }

    [Theory]
    [InlineData(200, Cut)]
    [InlineData(200, "<html>Sign in to this network</html>")]
    [InlineData(200, "{}")]
    [InlineData(502, "<html>Bad gateway</html>")]
    [InlineData(429, "{}")]
    public async Task A_token_endpoint_that_makes_no_sense_is_unavailable_and_not_a_refusal(int status, string body)
    {
        await using var server = await ScriptedServer.StartAsync(status, body);
        await using var client = await HubSpotClient.StartAsync(server.Url);

        await Assert.ThrowsAsync<HubSpotUnavailableException>(() => client.OAuth.RefreshAsync("refresh", Token));
        await Assert.ThrowsAnyAsync<HubSpotException>(() => client.OAuth.ReadAccountAsync("token", Token));
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task A_HubSpot_that_is_not_there_is_unavailable()
    {
        Uri gone;
        await using (var server = await ScriptedServer.StartAsync(200, "{}"))
        {
            gone = server.Url;
        }

        await using var client = await HubSpotClient.StartAsync(gone);

        await Assert.ThrowsAsync<HubSpotUnavailableException>(() => client.OAuth.RefreshAsync("refresh", Token));
        await Assert.ThrowsAsync<HubSpotUnavailableException>(() => UpdateAsync(client));
    }

    private static Task<HubSpotPage> ListAsync(HubSpotClient client) =>
        client.Reader.ListAsync(HubSpotClient.Session(new TestTokens("token")), Query, null, Token);

    private static Task<IReadOnlyList<ObjectWritten>> UpdateAsync(HubSpotClient client)
    {
        var session = HubSpotClient.Session(new TestTokens("token"));
        return client.Writer.UpdateAsync(session, RecordKind.Contact, [Write], Token);
    }
}
