namespace HubSpotSync.Tests.Schedules;

/// <summary>The real clock, on which waits are over sooner: a schedule is about order, not about patience.</summary>
internal sealed class HurriedTime : TimeProvider
{
    private const int Hurry = 8;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(
            callback,
            state,
            dueTime > TimeSpan.Zero ? dueTime / Hurry : dueTime,
            period > TimeSpan.Zero ? period / Hurry : period);
}
