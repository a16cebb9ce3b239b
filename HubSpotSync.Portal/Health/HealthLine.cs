using HubSpotSync.Data.Connections;
using HubSpotSync.Data.Journal;
using HubSpotSync.Data.Runs;
using HubSpotSync.Portal.Words;

namespace HubSpotSync.Portal.Health;

/// <summary>What is known of a connection when somebody asks how it is.</summary>
/// <param name="Latest">Its latest run.</param>
/// <param name="Day">Of today; <c>null</c>: not known.</param>
internal sealed record HealthSigns(
    HubSpotConnection Connection, IReadOnlyList<OutcomeCount> Counts, SyncRun? Latest, DailyLimit? Day)
{
    public int Of(OutcomeState state) =>
        Counts.Where(count => count.State == state.ToString()).Sum(count => count.Records);
}

/// <summary>How the sync is doing in one sentence: what is wrong comes first, the numbers after it.</summary>
internal sealed record HealthLine(bool IsGood, string Text)
{
    /// <summary>More is no exception any more.</summary>
    private const double FailingShare = 0.1;

    /// <summary>A worker looks every few seconds.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(10);

    public static HealthLine Of(HealthSigns signs, DateTimeOffset now)
    {
        var (good, bad, excluded) =
            (signs.Of(OutcomeState.InSync), signs.Of(OutcomeState.Failing), signs.Of(OutcomeState.Excluded));
        var numbers =
            $"{Numbers.Count(good)} in sync, {Numbers.Count(bad)} failing, {Numbers.Count(excluded)} excluded";
        if (WrongOf(signs, now) is { } wrong)
        {
            return new HealthLine(false, $"{wrong} {numbers}");
        }

        if (bad > 0 && bad >= (good + bad) * FailingShare)
        {
            var cause = Cause.Of(signs.Counts, OutcomeState.Failing)[0];
            return new HealthLine(
                false, $"Many records fail, most of them with \"{cause.Title}\". {numbers}");
        }

        return new HealthLine(true, good + bad + excluded == 0 ? "Good: nothing is synced yet" : $"Good: {numbers}");
    }

    private static string? WrongOf(HealthSigns signs, DateTimeOffset now) => signs switch
    {
        { Connection: { State: ConnectionState.NeedsReconnection } lost } => ConnectionWords.Cause(lost.StateReason),
        { Connection.State: ConnectionState.Disconnecting } =>
            "Somebody disconnected it; the last steps are under way.",
        { Connection.State: ConnectionState.Paused } => "Somebody paused it; nothing is written until it is resumed.",
        { Connection.SafetyHalt: { } halt } => $"Stopped before anything was written: {halt.TrimEnd('.')}.",
        { Day: { IsNearlyUsed: true } day } => $"HubSpot's limit for today is {day.Percent} % used.",
        { Latest: { State: RunState.Failed } failed } =>
            $"The last sync failed: {(failed.LastError ?? "nobody knows why").TrimEnd('.')}.",
        { Connection.NextRunAt: { } due, Latest: not { IsActive: true } } when now - due > Late =>
            $"The sync that was due {RelativeTime.Say(due, now)} has not begun.",
        _ => null,
    };
}
