using System.Net;
using HubSpotSync.Data.Identity;
using HubSpotSync.Data.Runs;
using HubSpotSync.Tests.Portal.Hosting;

namespace HubSpotSync.Tests.Portal.Api;

/// <summary>The connection as programs see and steer it.</summary>
public sealed class HubSpotApiTests : IAsyncLifetime
{
    private const string Root = "/api/hubspot";

    private readonly ApiScene _scene = new();

    private ApiClient Program => _scene.Program;

    public ValueTask InitializeAsync() => _scene.InitializeAsync();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task The_status_says_how_it_is_doing_and_what_keeps_records_from_it()
    {
        await _scene.CustomerAsync();
        await _scene.Portal.Database.ExecuteAsync(
            $"""
            insert into record_outcomes (connection_id, kind, record_key, workspace_id, state, reason)
              select '{_scene.Connection}', 'Contact', 'h' || n, '{_scene.Portal.WorkspaceId}',
                case when n < 3 then 'InSync' else 'Failing' end,
                case when n < 3 then 'Agreed' else 'SeveralMatches' end from generate_series(1, 5) n
            """);

        var status = (await Program.GetAsync($"{Root}/status")).Json;

        Assert.Equal("Connected", status.GetProperty("state").GetString());
        Assert.Equal("0 0 2 * * ?", status.GetProperty("schedule").GetProperty("cron").GetString());
        var counts = status.GetProperty("counts");
        Assert.Equal((1, 2, 3, 1), (
            counts.GetProperty("customers").GetInt32(), counts.GetProperty("inSync").GetInt32(),
            counts.GetProperty("failing").GetInt32(), counts.GetProperty("waiting").GetInt32()));
        var error = Assert.Single(status.GetProperty("errors").EnumerateArray());
        Assert.Equal(("SeveralMatches", 3), (
            error.GetProperty("reason").GetString(), error.GetProperty("records").GetInt32()));
        Assert.StartsWith("Needs you:", error.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal(110, status.GetProperty("budget").GetProperty("burst").GetProperty("limit").GetInt32());
    }

    [Fact]
    public async Task A_sync_is_asked_for_once_and_watched_to_its_end()
    {
        var asked = await Program.PostAsync($"{Root}/sync");
        var again = await Program.PostAsync($"{Root}/sync", new { depth = "Full" });
        var run = ApiOperations.Id(asked);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var stream = await Program.StreamAsync($"{asked.Location}/events", limit.Token);
        using var reader = new StreamReader(await stream.Content.ReadAsStreamAsync(limit.Token));
        var first = await ReadEventAsync(reader, limit.Token);
        await _scene.Portal.Database.ExecuteAsync(
            $"update sync_runs set state = 'Done', started_at = now(), finished_at = now() where id = '{run}'");
        string next;
        do
        {
            next = await ReadEventAsync(reader, limit.Token);
        }
        while (next == "progress");

        Assert.Equal((HttpStatusCode.Accepted, $"{Root}/runs/{run}"), (asked.Status, asked.Location));
        Assert.Equal(run, ApiOperations.Id(again));
        Assert.Equal("text/event-stream", stream.Content.Headers.ContentType?.MediaType);
        Assert.Equal(("progress", "final"), (first, next));
        var read = (await Program.GetAsync(asked.Location!)).Json;
        Assert.Equal(("Done", "Full"), (read.GetProperty("state").GetString(), read.GetProperty("depth").GetString()));
        Assert.Equal(1, await _scene.Portal.Database.ScalarAsync<long>(
            $"select count(distinct key_id) from audit_log where action = 'hubspot.sync_requested'"));
    }

    [Fact]
    public async Task Without_a_connection_there_is_nothing_to_steer()
    {
        Assert.Equal(HttpStatusCode.Accepted, (await Program.PostAsync($"{Root}/disconnect")).Status);
        Assert.Equal("Disconnecting", await _scene.Portal.Database.ScalarAsync<string>(
            "select state from hubspot_connections where hub_id = 4711"));
        Assert.Equal(HttpStatusCode.Accepted, (await Program.PostAsync($"{Root}/disconnect")).Status); // no harm done
        await _scene.Portal.Database.ExecuteAsync("update hubspot_connections set state = 'Disconnected'");

        foreach (var answer in new[]
        {
            await Program.PostAsync($"{Root}/sync"), await Program.PostAsync($"{Root}/disconnect"),
            await Program.GetAsync($"{Root}/settings"),
        })
        {
            Assert.Equal((HttpStatusCode.Conflict, "not_connected"), (
                answer.Status, answer.Code()));
        }

        Assert.Equal("Disconnected", (await Program.GetAsync($"{Root}/status")).Json.GetProperty("state").GetString());
    }

    [Fact]
    public async Task Nothing_comes_before_the_first_sync_was_started_by_a_person()
    {
        await _scene.Portal.Database.ExecuteAsync("update hubspot_connections set first_run_done_at = null");

        var answer = await Program.PostAsync($"{Root}/sync");

        Assert.Equal("first_sync_not_started", answer.Code());
    }

    [Fact]
    public async Task Rules_are_changed_once_and_whoever_comes_second_is_shown_both()
    {
        var before = await Program.GetAsync($"{Root}/settings");
        (string, string) seen = before.Seen();

        var saved = await Program.PatchAsync(
            $"{Root}/settings", new { stages = new[] { "lead", "customer" }, schedule = "0 0 6 ? * MON-FRI" }, seen);
        var second = await Program.PatchAsync($"{Root}/settings", new { stages = new[] { "lead" } }, seen);
        var wrong = await Program.PatchAsync(
            $"{Root}/settings", new { stages = new[] { "nowhere" }, schedule = "whenever" },
            saved.Seen());

        Assert.Equal(HttpStatusCode.OK, saved.Status);
        Assert.Equal("0 0 6 ? * MON-FRI", saved.Json.GetProperty("schedule").GetString());
        Assert.Equal(RunDepth.Full.ToString(), await _scene.Portal.Database.ScalarAsync<string>(
            "select depth from sync_runs where trigger = 'Rules'")); // every record is looked at anew
        Assert.Equal(HttpStatusCode.PreconditionFailed, second.Status);
        Assert.Equal(
            ["customer", "lead"],
            second.Json.GetProperty("conflicts").GetProperty("stages").GetProperty("theirs").EnumerateArray()
                .Select(stage => stage.GetString()));
        Assert.Equal(["schedule", "stages"], wrong.Errors());
        var admin = await _scene.Portal.AsAsync(WorkspaceRole.Admin);
        Assert.Contains(
            "A program, by an API key", (await admin.GetAsync("/settings/integrations/hubspot/rules")).Words,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connecting_begins_in_a_persons_browser()
    {
        var admin = await _scene.Portal.AsAsync(WorkspaceRole.Admin);

        var program = (await Program.GetAsync($"{Root}/auth/url")).Json.GetProperty("url").GetString();
        var person = (await admin.GetAsync($"{Root}/auth/url?mode=HubSpotIsSource")).Json;
        var url = new Uri(person.GetProperty("url").GetString()!); // it has one
        _scene.Portal.Secrets.Add(System.Web.HttpUtility.ParseQueryString(url.Query)["state"]!); // likewise

        Assert.Equal("http://localhost/settings/integrations/hubspot/connect", program);
        Assert.Equal("/oauth/authorize", url.AbsolutePath);
        Assert.Contains("hubspotsync.connect", admin.Cookies.Keys);
    }

    [Fact]
    public async Task Pairs_of_customers_are_found_listed_and_answered()
    {
        _scene.Portal.Secrets.Add("pair.canary@example.com");
        await _scene.CustomerAsync("Ada", "pair.canary@example.com");
        await _scene.CustomerAsync("Ada", "pair.canary+news@example.com");

        await Program.PostAsync($"{Root}/duplicates/search");
        var found = await Program.GetAsync($"{Root}/duplicates");
        var pair = Assert.Single(found.Data().EnumerateArray());
        var answered = await Program.PostAsync($"{Root}/duplicates", new
        {
            firstId = pair.GetProperty("firstId").GetGuid(),
            secondId = pair.GetProperty("secondId").GetGuid(),
            answer = "Distinct",
        });

        Assert.Equal("Email", pair.GetProperty("reason").GetString());
        Assert.Equal(HttpStatusCode.NoContent, answered.Status);
        Assert.Equal(0, (await Program.GetAsync($"{Root}/duplicates")).Data().GetArrayLength());
        Assert.Equal(1, (await Program.GetAsync($"{Root}/duplicates?answer=distinct")).Data().GetArrayLength());
    }

    /// <returns>The event's name.</returns>
    private static async Task<string> ReadEventAsync(StreamReader reader, CancellationToken cancellationToken)
    {
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.StartsWith("event: ", StringComparison.Ordinal))
            {
                return line["event: ".Length..];
            }
        }

        return "end";
    }
}
