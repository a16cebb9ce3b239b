using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using HubSpotSync.Tests.Architecture;
using HubSpotSync.Tests.Infrastructure;

namespace HubSpotSync.Tests.FakeHubSpot;

/// <summary>
/// Runs HubSpot's own Node client once against a fake, all checks of the folder <c>NodeClient</c>, and keeps what each
/// said. The client comes from npm, into that folder, when a test first needs it.
/// </summary>
public sealed class NodeClientFixture : IAsyncLifetime
{
    private const string Token = "node-client-token";

    private static readonly string Folder =
        Path.Combine(Repository.Root, "HubSpotSync.Tests", "FakeHubSpot", "NodeClient");

    public IReadOnlyList<NodeCheck> Checks { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await RestoreAsync(cancellationToken);
        await using var host = await FakeHubSpotHost.StartAsync(cancellationToken, [$"--Fake:Token={Token}"]);
        var output = await RunAsync("node run.mjs", cancellationToken, new()
        {
            ["FAKE_URL"] = host.Address.AbsoluteUri.TrimEnd('/'),
            ["FAKE_TOKEN"] = Token,
            ["FAKE_PORTAL"] = host.Accounts.Main.PortalId.ToString(CultureInfo.InvariantCulture),
        });
        Checks =
        [
            .. output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => JsonSerializer.Deserialize<NodeCheck>(line, JsonSerializerOptions.Web))
                .OfType<NodeCheck>(),
        ];
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static async Task RestoreAsync(CancellationToken cancellationToken)
    {
        var restored = new FileInfo(Path.Combine(Folder, "node_modules", ".package-lock.json"));
        if (!restored.Exists
            || restored.LastWriteTimeUtc < File.GetLastWriteTimeUtc(Path.Combine(Folder, "package-lock.json")))
        {
            await RunAsync("npm ci --loglevel=error", cancellationToken);
        }
    }

    private static async Task<string> RunAsync(
        string command, CancellationToken cancellationToken, Dictionary<string, string>? environment = null)
    {
        var start = OperatingSystem.IsWindows()
            ? new ProcessStartInfo("cmd", ["/c", command])
            : new ProcessStartInfo("sh", ["-c", command]);
        (start.WorkingDirectory, start.RedirectStandardOutput, start.RedirectStandardError) = (Folder, true, true);
        foreach (var (name, value) in environment ?? [])
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!; // a shell is always a new process
        var (output, errors) = (
            process.StandardOutput.ReadToEndAsync(cancellationToken),
            process.StandardError.ReadToEndAsync(cancellationToken));
        await process.WaitForExitAsync(cancellationToken);
        Assert.True(
            process.ExitCode == 0,
            $"'{command}' ended with {process.ExitCode}; it needs Node.js 20 with npm. {await errors}");
        return await output;
    }
}
