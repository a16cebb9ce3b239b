using System.Diagnostics;
using System.Globalization;
using HubSpotSync.Benchmarks.Measuring;
using HubSpotSync.Benchmarks.Stages;

namespace HubSpotSync.Benchmarks.Webhooks;

/// <summary>
/// Looks every few milliseconds which customers have the cities expected of them, by their ids, so that looking costs
/// next to nothing of the time that is measured.
/// </summary>
internal sealed class Arrivals(StageDatabase database) : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (Guid Customer, long Since)> _expected = [];
    private readonly List<TimeSpan> _times = [];
    private readonly CancellationTokenSource _end = new();
    private Task _looking = Task.CompletedTask;

    public static string City(int number) => string.Create(CultureInfo.InvariantCulture, $"Told {number}");

    public void Begin(CancellationToken cancellationToken) => _looking = LookAsync(cancellationToken);

    /// <summary>The change was made just now.</summary>
    public void Expect(Guid customer, string city)
    {
        lock (_gate)
        {
            _expected.Add(city, (customer, Stopwatch.GetTimestamp()));
        }
    }

    public async Task<Latencies> AllAsync(CancellationToken cancellationToken)
    {
        await Wait.UntilAsync(
            () => Task.FromResult(_looking.IsCompleted || IsEmpty()), Longest, "all changes", cancellationToken);
        await _end.CancelAsync();
        await _looking;
        return new Latencies(_times);
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _looking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
    }

    private bool IsEmpty()
    {
        lock (_gate)
        {
            return _expected.Count == 0;
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        while (!_end.IsCancellationRequested)
        {
            Guid[] awaited;
            lock (_gate)
            {
                awaited = [.. _expected.Values.Select(one => one.Customer)];
            }

            if (awaited.Length > 0)
            {
                Note(await database.ListAsync<string>(
                    $"select city from customers where city is not null and id in ('{string.Join("','", awaited)}')",
                    cancellationToken));
            }

            await Task.Delay(Interval, cancellationToken);
        }
    }

    private void Note(IEnumerable<string> seen)
    {
        lock (_gate)
        {
            foreach (var city in seen)
            {
                if (_expected.Remove(city, out var expected))
                {
                    _times.Add(Stopwatch.GetElapsedTime(expected.Since));
                }
            }
        }
    }
}
