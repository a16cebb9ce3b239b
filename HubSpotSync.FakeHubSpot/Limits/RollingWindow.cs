namespace HubSpotSync.FakeHubSpot.Limits;

/// <summary>So many calls in any stretch of the given length. Refused calls do not count.</summary>
internal sealed class RollingWindow(TimeSpan length)
{
    private readonly Queue<DateTimeOffset> _calls = [];
    private readonly Lock _gate = new();

    public bool TryTake(DateTimeOffset now, int limit, out int remaining)
    {
        lock (_gate)
        {
            while (_calls.TryPeek(out var oldest) && oldest <= now - length)
            {
                _calls.Dequeue();
            }

            var taken = _calls.Count < limit;
            if (taken)
            {
                _calls.Enqueue(now);
            }

            remaining = Math.Max(0, limit - _calls.Count);
            return taken;
        }
    }
}
