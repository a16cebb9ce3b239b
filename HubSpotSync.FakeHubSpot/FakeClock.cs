namespace HubSpotSync.FakeHubSpot;

/// <summary>The fake's own time: the host's time, plus what the control API moved it forward.</summary>
public sealed class FakeClock(TimeProvider time)
{
    private long _offsetTicks;

    /// <summary>HubSpot keeps milliseconds; anything finer would not survive a round trip.</summary>
    public DateTimeOffset Now
    {
        get
        {
            var now = time.GetUtcNow() + Offset;
            return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMillisecond));
        }
    }

    public TimeSpan Offset => new(Interlocked.Read(ref _offsetTicks));

    public void Advance(TimeSpan by) => Interlocked.Add(ref _offsetTicks, by.Ticks);

    public void Reset() => Interlocked.Exchange(ref _offsetTicks, 0);
}
