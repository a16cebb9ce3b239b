using HubSpotSync.Tests.Infrastructure;
using System.Globalization;
using HubSpotSync.LocalStack.Processes;
using HubSpotSync.Tests.LocalStack;

namespace HubSpotSync.Tests.AppHost;

/// <summary>The real AppHost, ended in every way it can end: nothing it started is left within ten seconds.</summary>
public sealed class LeftoverTests : IDisposable
{
    private static readonly string[] SignsOfLife =
    [
        "postgres | ", "ready to accept connections", "Ready to accept connections",
        "hubspot  |       Application started",
    ];

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(10);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData((int)StopSignal.Interrupt)]
    [InlineData((int)StopSignal.Terminate)]
    [InlineData((int)StopSignal.Kill)]
    public async Task Nothing_is_left_of_a_signalled_AppHost(int signal)
    {
        using var host = AppHostProcess.Start(["--demo"], DataVariables());
        var started = await WaitForLifeAsync(host, host.Id);

        ProcessIdentity.Of(host.Id).Signal((StopSignal)signal);

        await NothingLeftAsync(started, host);
        Assert.Empty(Directory.GetDirectories(_folder.Path));
    }

    [Fact]
    public async Task Nothing_is_left_when_dotnet_run_is_killed()
    {
        using var run = AppHostProcess.StartDotNet(
            [
                "run", "--no-build", "-c", AppHostProcess.Configuration,
                "--project", "HubSpotSync.AppHost", "--", "--demo",
            ],
            DataVariables());
        var started = await WaitForLifeAsync(run, run.Id);

        Native.Kill(run.Id, (int)StopSignal.Kill);

        await NothingLeftAsync(started, run);
    }

    private static async Task<IReadOnlyList<ProcessIdentity>> WaitForLifeAsync(AppHostProcess host, int processId)
    {
        await Eventually.IsTrueAsync(
            () => host.HasExited || SignsOfLife.All(sign => host.Output.Contains(sign, StringComparison.Ordinal)),
            StartLimit,
            () => host.Output);
        Assert.False(host.HasExited, host.Output);
        var started = DescendantsOf(processId);
        Assert.True(started.Count > 5, $"only {started.Count} processes run");
        return started;
    }

    private static Task NothingLeftAsync(IReadOnlyList<ProcessIdentity> started, AppHostProcess host) =>
        Eventually.IsTrueAsync(
            () => started.All(identity => !identity.IsAlive()),
            EndLimit,
            () => string.Join(", ", started.Where(identity => identity.IsAlive())) + "\n" + host.Output);

    private static List<ProcessIdentity> DescendantsOf(int processId)
    {
        var children = Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id > 0)
            .ToLookup(id => ProcessIdentity.ReadParent(id) ?? 0);
        return [.. Below(processId).Select(ProcessIdentity.Of)];

        IEnumerable<int> Below(int id) => children[id].SelectMany(child => Below(child).Prepend(child));
    }

    // TMPDIR: the demo's throw-away folder is made there, and has to be gone as well.
    private (string Name, string Value)[] DataVariables() => [("TMPDIR", _folder.Path), ("DOTNET_CLI_HOME", Home())];

    private static string Home() => Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
}
