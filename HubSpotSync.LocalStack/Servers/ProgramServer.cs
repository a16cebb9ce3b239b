using HubSpotSync.LocalStack.Processes;

namespace HubSpotSync.LocalStack.Servers;

/// <summary>
/// A program of ours as a process of its own, waited for until it answers; it ends with the process that started it,
/// even a killed one.
/// </summary>
public sealed class ProgramServer : IAsyncDisposable
{
    private readonly ServerRun _run;

    private ProgramServer(ServerRun run, Uri address) => (_run, Address) = (run, address);

    public Uri Address { get; }

    public int ProcessId => _run.ProcessId ?? throw new InvalidOperationException("The program has ended.");

    /// <param name="assembly">The path of the program's .dll; it is told its address by <c>--urls</c>.</param>
    public static Task<ProgramServer> StartAsync(
        string assembly, IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        StartAsync(assembly, arguments, new Dictionary<string, string>(), cancellationToken);

    /// <param name="environment">Variables of its own; passwords, which everybody could read in its arguments.</param>
    public static async Task<ProgramServer> StartAsync(
        string assembly,
        IReadOnlyList<string> arguments,
        IReadOnlyDictionary<string, string> environment,
        CancellationToken cancellationToken)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort.Any()}");
        var spec = new ProcessSpec("dotnet", ["exec", assembly, "--urls", address.OriginalString, .. arguments])
        {
            WorkingFolder = Path.GetDirectoryName(assembly),
            Environment = environment,
        };
        using var http = new HttpClient();
        var run = new ServerRun(
            Path.GetFileNameWithoutExtension(assembly), spec, token => AnswersAsync(http, address, token));
        await run.StartAsync(cancellationToken);
        return new ProgramServer(run, address);
    }

    public async ValueTask DisposeAsync() => await _run.StopAsync();

    private static async Task<bool> AnswersAsync(HttpClient http, Uri address, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri(address, "/alive"), cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
