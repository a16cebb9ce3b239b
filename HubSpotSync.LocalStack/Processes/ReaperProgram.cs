using System.Runtime.InteropServices;

namespace HubSpotSync.LocalStack.Processes;

/// <summary>
/// Waits for its input to end and then ends what is still running of the run it belongs to, within
/// <see cref="Patience"/>: first politely, then by Kill. It touches only processes it was told of, checked by start
/// time, and processes that carry the run's mark in their environment (started, but not yet reported, at the end).
/// </summary>
internal static class ReaperProgram
{
    public const string Verb = "reap";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public static async Task<int> RunAsync(TextReader input)
    {
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = true);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => context.Cancel = true);
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, context => context.Cancel = true);
        var state = new ReaperState();
        while (await input.ReadLineAsync() is { } line)
        {
            state.Apply(line);
        }

        await EndAsync(state);
        foreach (var path in state.ToDelete.Where(Directory.Exists))
        {
            Directory.Delete(path, recursive: true);
        }

        return 0;
    }

    private static async Task EndAsync(ReaperState state)
    {
        state.FindStrays();
        foreach (var (identity, signal) in state.Alive())
        {
            identity.Signal(signal);
        }

        using var limit = new CancellationTokenSource(Patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (state.Alive().Count > 0 && !limit.IsCancellationRequested)
        {
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }

        state.FindStrays();
        foreach (var (identity, signal) in state.Alive())
        {
            // Postgres' immediate shutdown first: its children know how to leave.
            identity.Signal(signal == StopSignal.Interrupt ? StopSignal.Quit : StopSignal.Kill);
        }

        for (var round = 0; round < 10 && state.Alive().Count > 0; round++)
        {
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }

        foreach (var (identity, _) in state.Alive())
        {
            identity.Signal(StopSignal.Kill);
        }
    }
}
