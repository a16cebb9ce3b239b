namespace HubSpotSync.Tests.Portal.Hosting;

/// <summary>The real clock, moved ahead by as much as a test wants.</summary>
public sealed class ShiftedClock : TimeProvider
{
    private long _ahead;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _ahead));

    public void SetRight() => Interlocked.Exchange(ref _ahead, 0);

    public void Advance(TimeSpan by) => Interlocked.Add(ref _ahead, by.Ticks);
}
