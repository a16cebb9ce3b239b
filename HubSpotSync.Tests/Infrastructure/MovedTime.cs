namespace HubSpotSync.Tests.Infrastructure;

/// <summary>The real clock, ahead by what a test says. Waits on it are over many times sooner.</summary>
public sealed class MovedTime : TimeProvider
{
    private const int Hurry = 40;
    private long _ahead;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + new TimeSpan(Interlocked.Read(ref _ahead));

    public void Advance(TimeSpan by) => Interlocked.Add(ref _ahead, by.Ticks);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(callback, state, Sooner(dueTime), Sooner(period));

    private static TimeSpan Sooner(TimeSpan time) => time > TimeSpan.Zero ? time / Hurry : time; // never stays never
}
