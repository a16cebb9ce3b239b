using System.Globalization;
using System.Text.Json;
using HubSpotSync.Core.Records;
using HubSpotSync.HubSpotApi;
using HubSpotSync.HubSpotApi.Errors;
using HubSpotSync.HubSpotApi.Objects;
using HubSpotSync.Tests.Infrastructure;
using Microsoft.AspNetCore.Http;

namespace HubSpotSync.Tests.HubSpotApi;

/// <summary>More records than a request takes.</summary>
public sealed class BatchTests
{
    private const int AtOnce = 5;
    private static readonly ObjectQuery Query = new(RecordKind.Contact, ["city"], []);

    private readonly HubSpotSession _session = HubSpotClient.Session(new TestTokens("token"));
    private readonly TaskCompletionSource _hasAllAtOnce = new();
    private int _came;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Their_requests_are_on_their_way_at_once_and_the_answers_in_the_order_of_what_was_asked()
    {
        await using var server = await ScriptedServer.StartAsync(async context =>
        {
            var ids = await IdsOfAsync(context);
            await AllAtOnceAsync(); // one after the other, this would last for ever
            await context.Response.WriteAsJsonAsync(
                new { results = ids.Select(id => new { id, properties = new { city = "Lund" } }) }, Token);
        });
        await using var client = await HubSpotClient.StartAsync(server.Url);
        var ids = Enumerable.Range(1, 450).Select(id => id.ToString(CultureInfo.InvariantCulture));

        var read = await client.Reader.ReadAsync(_session, Query, ids, Token);

        Assert.Equal(AtOnce, server.Requests.Count);
        Assert.Equal(Enumerable.Range(1, 450), read.Select(record => (int)record.Id));
    }

    [Fact]
    public async Task Where_one_fails_those_on_their_way_end_and_no_more_are_sent()
    {
        const int Batches = 100;
        var ended = 0;
        var failed = new TaskCompletionSource();
        await using var server = await ScriptedServer.StartAsync(async context =>
        {
            var ids = await IdsOfAsync(context);
            await AllAtOnceAsync();
            if (ids[0] == "1")
            {
                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                context.Response.OnCompleted(() =>
                {
                    failed.TrySetResult();
                    return Task.CompletedTask;
                });
                return;
            }

            await failed.Task.WaitAsync(TimeSpan.FromSeconds(20), Token);
            await context.Response.WriteAsJsonAsync(
                new { results = ids.Select(id => new { id, properties = new { } }) }, context.RequestAborted);
            Interlocked.Increment(ref ended);
        });
        await using var client = await HubSpotClient.StartAsync(server.Url);
        ObjectWrite[] writes =
        [
            .. Enumerable.Range(1, Batches * 100).Select(id => new ObjectWrite(
                id.ToString(CultureInfo.InvariantCulture), new Dictionary<string, string> { ["city"] = "Lund" })),
        ];

        await Assert.ThrowsAsync<HubSpotUnavailableException>(
            () => client.Writer.UpdateAsync(_session, RecordKind.Contact, writes, Token));

        // Who has an answer before the failure is seen goes on.
        Assert.InRange(server.Requests.Count, AtOnce, Batches / 2);
        Assert.Equal(server.Requests.Count - 1, ended);
    }

    private Task AllAtOnceAsync()
    {
        if (Interlocked.Increment(ref _came) == AtOnce)
        {
            _hasAllAtOnce.SetResult();
        }

        return _hasAllAtOnce.Task.WaitAsync(TimeSpan.FromSeconds(20), Token);
    }

    private static async Task<string[]> IdsOfAsync(HttpContext context)
    {
        using var body = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: Token);
        return
        [
            .. from input in body.RootElement.GetProperty("inputs").EnumerateArray()
               select input.GetProperty("id").GetString(),
        ];
    }
}
