using System.Diagnostics;
using System.Globalization;
using HubSpotSync.Tests.Infrastructure;
using HubSpotSync.Tests.Schedules;

namespace HubSpotSync.Benchmarks.Schedules;

/// <summary>
/// <c>schedules --count N --seed S [--print]</c>: runs the tests' random schedules from a seed on, as many as one
/// likes. One schedule with <c>--print</c> replays a seed and shows what was done.
/// </summary>
internal static class SchedulesCommand
{
    public const string Name = "schedules";

    public static async Task<int> RunAsync(string[] args, TextWriter output, CancellationToken cancellationToken)
    {
        if (Options.Parse(args) is not { } options)
        {
            await output.WriteLineAsync("schedules --count N --seed S [--print]; both are whole numbers above 0");
            return 2;
        }

        var started = Stopwatch.GetTimestamp();
        var servers = new Servers();
        await using (servers)
        {
            var bad = await ScheduleRuns.RunAsync(
                options.Count, options.Seed, options.Print, output, cancellationToken);
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{options.Count} schedules of {ScheduleRuns.Steps} steps from seed {options.Seed} on: "
                + $"{bad} went wrong, {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s"));
            return bad == 0 ? 0 : 1;
        }
    }

    private sealed record Options(int Count, int Seed, bool Print)
    {
        public static Options? Parse(string[] args)
        {
            var options = new Options(100, 1, false);
            for (var i = 0; i < args.Length; i++)
            {
                _ = int.TryParse(args.ElementAtOrDefault(i + 1), CultureInfo.InvariantCulture, out var value);
                switch (args[i])
                {
                    case "--count" when value > 0:
                        options = options with { Count = value };
                        i++;
                        break;
                    case "--seed" when value > 0:
                        options = options with { Seed = value };
                        i++;
                        break;
                    case "--print":
                        options = options with { Print = true };
                        break;
                    default:
                        return null;
                }
            }

            return options;
        }
    }
}
