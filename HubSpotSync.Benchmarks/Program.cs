using HubSpotSync.Benchmarks;

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};
return await BenchmarkCommand.RunAsync(args, Console.Out, stop.Token);
