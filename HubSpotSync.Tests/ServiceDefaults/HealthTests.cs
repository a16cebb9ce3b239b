using System.Net;
using System.Text.Json;
using HubSpotSync.LocalStack.Servers;
using HubSpotSync.Tests.Infrastructure;
using HubSpotSync.Tests.Scenarios;

namespace HubSpotSync.Tests.ServiceDefaults;

public sealed class HealthTests : IAsyncLifetime
{
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(60) };
    private PostgresServer? _postgres;
    private RedisServer? _redis;
    private SyncScenario? _scenario;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        foreach (var one in (IAsyncDisposable?[])[_scenario, _redis, _postgres])
        {
            if (one is not null)
            {
                await one.DisposeAsync();
            }
        }
    }

    [Fact]
    public async Task Alive_is_a_word_and_health_names_each_check_with_a_word()
    {
        var url = await StartAsync();

        Assert.Equal("Healthy", await _http.GetStringAsync(new Uri(url, "/alive"), Token));
        var (status, report) = await HealthAsync(url);

        Assert.Equal((HttpStatusCode.OK, "Healthy"), (status, report.Status));
        Assert.Equal(
            ["CrmDbContext", "hubspot-sync", "redis", "self"], report.Checks.Keys.Order(StringComparer.Ordinal));
        Assert.All(report.Checks.Values, check => Assert.Equal(new Check("Healthy", null), check));
    }

    [Theory]
    [InlineData("state = 'NeedsReconnection'", "reconnected")]
    [InlineData("last_success_at = now() - interval '27 hours'", "26 hours")]
    public async Task A_connection_that_stands_still_is_degraded_and_not_a_reason_to_restart(string set, string said)
    {
        var url = await StartAsync();
        await AddConnectionAsync();
        Assert.Equal("Healthy", (await HealthAsync(url)).Report.Status);

        await _scenario!.Database.ExecuteAsync($"update hubspot_connections set {set}"); // started above
        var (status, report) = await HealthAsync(url);

        Assert.Equal((HttpStatusCode.OK, "Degraded"), (status, report.Status));
        Assert.Contains(said, report.Checks["hubspot-sync"].Description, StringComparison.Ordinal);
        Assert.Equal("Healthy", await _http.GetStringAsync(new Uri(url, "/alive"), Token));
    }

    [Fact]
    public async Task A_success_of_yesterday_is_well_and_a_disconnected_account_does_not_count()
    {
        var url = await StartAsync();
        await AddConnectionAsync();

        await _scenario!.Database.ExecuteAsync( // started above
            "update hubspot_connections set last_success_at = now() - interval '25 hours'");
        Assert.Equal("Healthy", (await HealthAsync(url)).Report.Status);
        await _scenario.Database.ExecuteAsync(
            "update hubspot_connections set state = 'Disconnected', last_success_at = now() - interval '1 year'");
        Assert.Equal("Healthy", (await HealthAsync(url)).Report.Status);
    }

    [Fact]
    public async Task A_Redis_that_is_away_is_degraded_and_work_goes_on()
    {
        _redis = await RedisServer.StartAsync(Servers.Folder("redis"), Token);
        var url = await StartAsync(redis: _redis.ConnectionString);
        await _redis.KillAsync();

        var (status, report) = await HealthAsync(url);

        Assert.Equal(
            (HttpStatusCode.OK, "Degraded", "Degraded"), (status, report.Status, report.Checks["redis"].Status));
    }

    [Fact]
    public async Task A_Postgres_that_is_away_is_unhealthy_and_no_address_is_given_to_whoever_asks()
    {
        _postgres = await PostgresServer.StartAsync(Servers.Folder("postgres"), Token);
        var url = await StartAsync(await TestDatabase.CreateOnAsync(_postgres));
        await _postgres.KillAsync();

        var (status, report) = await HealthAsync(url);
        var text = await (await _http.GetAsync(new Uri(url, "/health"), Token)).Content.ReadAsStringAsync(Token);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "Unhealthy"), (status, report.Status));
        Assert.Equal("Unhealthy", report.Checks["CrmDbContext"].Status);
        Assert.DoesNotContain($"{_postgres.Port}", text, StringComparison.Ordinal);
        Assert.DoesNotContain("127.0.0.1", text, StringComparison.Ordinal);
        Assert.Equal("Healthy", await _http.GetStringAsync(new Uri(url, "/alive"), Token)); // a restart would not help
    }

    private async Task<Uri> StartAsync(TestDatabase? database = null, string? redis = null)
    {
        _scenario = await SyncScenario.StartOnAsync(
            database ?? await TestDatabase.CreateAsync(),
            redis ?? (await Servers.RedisAsync()).ConnectionString,
            SyncScenario.Tiny);
        await _scenario.PauseWorkersAsync();
        return new Uri((await _scenario.StartWorkerAsync()).Urls.Single());
    }

    private Task AddConnectionAsync() =>
        Data.SyncRows.AddConnectionAsync(_scenario!.Database, _scenario.WorkspaceId); // started before

    private async Task<(HttpStatusCode Status, Report Report)> HealthAsync(Uri url)
    {
        using var answer = await _http.GetAsync(new Uri(url, "/health"), Token);
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        var body = await answer.Content.ReadAsStringAsync(Token);
        var report = JsonSerializer.Deserialize<Report>(body, JsonSerializerOptions.Web)!; // an object, always
        return (answer.StatusCode, report);
    }

    private sealed record Check(string Status, string? Description);

    private sealed record Report(string Status, Dictionary<string, Check> Checks);
}
