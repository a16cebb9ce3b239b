using System.Runtime.InteropServices;
using HubSpotSync.Benchmarks;

using var stop = new CancellationTokenSource();
using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
try
{
    return await BenchmarkCommand.RunAsync(args, Console.Out, stop.Token);
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    Console.WriteLine("Stopped before the end.");
    return 130; // as shells say of what an interrupt ended
}

// What was started is stopped in order; the hosts in this process must not take the signal for theirs alone.
void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.Cancel();
}
