using HubSpotSync.Benchmarks.Measuring;
using HubSpotSync.Benchmarks.Stages;
using HubSpotSync.LocalStack.Servers;

namespace HubSpotSync.Benchmarks.Pages;

/// <summary>
/// How long the portal's lists and boards take in a large workspace: from the request to the last byte, one visitor,
/// the slowest of twenty visits but one.
/// </summary>
internal sealed class PagesScenario : IScenario
{
    private const int Usual = 100_000;
    private const int Visits = 20;
    private const int Warm = 2;
    private const double Bound = 200;

    private static readonly string[] Addresses =
    [
        "/", "/customers", "/customers?sort=newest", "/customers?stage=lead", "/customers?q=family42",
        "/customers?q=example", "/customers?owner=7&source=hubspot", "/companies", "/companies?q=company%204",
        "/pipeline", "/pipeline?show=overdue", "/pipeline?owner=7", "/pipeline/list", "/pipeline/list?show=toinvoice",
        "/pipeline/list?q=deal%2042", "/pipeline/week", "/invoices", "/invoices?state=overdue", "/invoices?q=family42",
        "/invoices/payments", "/invoices/payments?q=family42",
        "/invoices/payments?method=Card&from=2026-01-01", "/invoices/proposals", "/api/customers?sync=in-sync",
        Integration, $"{Integration}/outcomes?state=Failing", $"{Integration}/history", $"{Integration}/duplicates",
        $"{Integration}/review",
    ];

    private static readonly string[] Standings =
        ["in-sync", "on-its-way", "needs-you", "not-synced", "detached", "only-here"];

    private const string Integration = "/settings/integrations/hubspot";

    public string Name => "pages";

    public string Summary => "the portal's lists and boards, 20k deals and 50k invoices: [--contacts N customers]";

    public async Task RunAsync(Report report, BenchmarkOptions options, CancellationToken cancellationToken)
    {
        var customers = options.Contacts ?? Usual;
        await using var database = await StageDatabase.StartAsync(cancellationToken);
        await using var redis = await RedisServer.StartAsync(StageFolder.New("redis"), cancellationToken);
        await BusyWorkspace.FillAsync(database, customers, customers / 5, customers / 2, cancellationToken);
        await using var portal = await ProgramServer.StartAsync(
            Path.Combine(AppContext.BaseDirectory, "HubSpotSync.Portal.dll"),
            [],
            SettingsOf(database, redis),
            cancellationToken);
        using var visitor = await Visitor.SignInAsync(portal.Address, cancellationToken);
        var addresses = Addresses
            .Concat(Standings.Select(standing => $"/customers?sync={standing}"))
            .Concat(Standings.Select(standing => $"/companies?sync={standing}"))
            .Append($"/customers/{await AnyAsync(database, "customers", cancellationToken)}")
            .Append($"/companies/{await AnyAsync(database, "companies", cancellationToken)}")
            .Append($"/deals/{await AnyAsync(database, "deals", cancellationToken)}")
            .Append($"/invoices/{await AnyAsync(database, "invoices", cancellationToken)}");
        foreach (var address in addresses)
        {
            var times = new List<TimeSpan>();
            for (var visit = 0; visit < Warm + Visits; visit++)
            {
                times.Add((await visitor.OpenAsync(address, cancellationToken)).Time);
            }

            report.AtMost(NameOf(address), new Latencies(times.Skip(Warm)).At(0.95), "ms", Bound);
        }

        report.Tell("peak memory of the portal", ProcessUse.Peak(portal.ProcessId), "MB");
    }

    /// <summary>Without the id that nobody knows before.</summary>
    private static string NameOf(string address) =>
        Guid.TryParse(address.AsSpan(address.LastIndexOf('/') + 1), out _)
            ? address[..address.LastIndexOf('/')] + "/…"
            : address;

    private static Task<Guid> AnyAsync(StageDatabase database, string table, CancellationToken cancellationToken) =>
        database.ScalarAsync<Guid>($"select id from {table} limit 1", cancellationToken);

    private static Dictionary<string, string> SettingsOf(StageDatabase database, RedisServer redis) => new()
    {
        ["ConnectionStrings__crm"] = database.AppConnectionString,
        ["ConnectionStrings__redis"] = redis.ConnectionString,
        ["KeyRing__Secret"] = "a-secret-of-benchmarks-that-is-long-enough",
        ["HubSpot__ApiUrl"] = "http://localhost:1/", // no page asks HubSpot
        ["HubSpot__AppUrl"] = "http://localhost:1/",
        ["HubSpot__ClientId"] = "fake-client-id",
        ["HubSpot__ClientSecret"] = "fake-client-secret",
        ["RateLimits__RequestsPerMinute"] = "1000000",
    };
}
