using System.Diagnostics;
using System.Text.Json;
using HubSpotSync.Tests.Architecture;

namespace HubSpotSync.Tests.AppHost;

/// <summary>The built AppHost, started as people start it; its output kept for assertions.</summary>
internal sealed class AppHostProcess : IDisposable
{
    private readonly Process _process;
    private readonly List<string> _lines = [];

    private AppHostProcess(Process process) => _process = process;

    // artifacts/bin/HubSpotSync.Tests/<configuration>/ lies beside artifacts/bin/HubSpotSync.AppHost/<configuration>/.
    public static string Configuration { get; } = new DirectoryInfo(AppContext.BaseDirectory).Name;

    public int Id => _process.Id;

    public int ExitCode => _process.ExitCode;

    public bool HasExited => _process.HasExited;

    public string Output
    {
        get
        {
            lock (_lines)
            {
                return string.Join('\n', _lines);
            }
        }
    }

    private static string Assembly => Path.Combine(
        AppContext.BaseDirectory, "..", "..", "HubSpotSync.AppHost", Configuration, "HubSpotSync.AppHost.dll");

    public static AppHostProcess Start(string[] args, params (string Name, string Value)[] environment) =>
        StartDotNet(["exec", Path.GetFullPath(Assembly), .. args], environment);

    public static AppHostProcess StartDotNet(string[] args, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet", args)
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("ConnectionStrings__crm");
        start.Environment.Remove("ConnectionStrings__redis");
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var host = new AppHostProcess(new Process { StartInfo = start });
        host._process.OutputDataReceived += (_, line) => host.Keep(line.Data);
        host._process.ErrorDataReceived += (_, line) => host.Keep(line.Data);
        host._process.Start();
        host._process.BeginOutputReadLine();
        host._process.BeginErrorReadLine();
        return host;
    }

    /// <summary>The model as <c>--describe</c> prints it: built, not started.</summary>
    public static async Task<JsonElement> DescribeAsync(string[] args, params (string Name, string Value)[] environment)
    {
        using var host = Start(["--describe", .. args], environment);
        await host._process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return JsonDocument.Parse(host.Output).RootElement;
    }

    public Task WaitForExitAsync() => _process.WaitForExitAsync(TestContext.Current.CancellationToken);

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is not null)
        {
            lock (_lines)
            {
                _lines.Add(line);
            }
        }
    }
}
