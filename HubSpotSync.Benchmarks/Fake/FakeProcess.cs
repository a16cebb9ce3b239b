using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using HubSpotSync.LocalStack.Servers;

namespace HubSpotSync.Benchmarks.Fake;

/// <summary>The fake HubSpot as a process of its own, and a caller with all scopes.</summary>
internal sealed class FakeProcess : IAsyncDisposable
{
    private const string Token = "benchmark";
    private readonly ProgramServer _server;

    private FakeProcess(ProgramServer server, TimeSpan startTime)
    {
        (_server, StartTime) = (server, startTime);
        Http = new HttpClient { BaseAddress = server.Address };
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
    }

    public int ProcessId => _server.ProcessId;

    /// <summary>From the start of the process until it answers.</summary>
    public TimeSpan StartTime { get; }

    public HttpClient Http { get; }

    public static async Task<FakeProcess> StartAsync(
        int contacts, CancellationToken cancellationToken, params IReadOnlyList<string> more)
    {
        var started = Stopwatch.GetTimestamp();
        var server = await ProgramServer.StartAsync(
            Path.Combine(AppContext.BaseDirectory, "HubSpotSync.FakeHubSpot.dll"),
            [
                string.Create(CultureInfo.InvariantCulture, $"--Fake:Contacts={contacts}"),
                $"--Fake:Token={Token}",
                "--Fake:Limits=off",
                .. more,
            ],
            cancellationToken);
        return new FakeProcess(server, Stopwatch.GetElapsedTime(started));
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _server.DisposeAsync();
    }
}
