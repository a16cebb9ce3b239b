using HubSpotSync.Data.Runs;
using HubSpotSync.Portal.Words;

namespace HubSpotSync.Portal.Progress;

/// <summary>
/// A run in words and numbers, ready to be shown: the page writes it once, the stream again and again.
/// </summary>
internal sealed record RunProgress(
    Guid Id,
    string State,
    bool IsFinal,
    int? Percent,
    string Headline,
    string Amount,
    string Pace,
    string Wait,
    RunCounts Counts)
{
    /// <summary>What was done so far, or in all.</summary>
    public required string Done { get; init; }

    /// <summary>Somebody asked to stop.</summary>
    public bool IsStopping { get; init; }

    /// <param name="perSecond">Measured pace, or <c>null</c> to take the average of the whole run.</param>
    public static RunProgress Of(SyncRun run, DateTimeOffset now, double? perSecond = null) => new(
        run.Id,
        RunWords.State(run.State),
        !run.IsActive,
        PercentOf(run),
        HeadlineOf(run, now),
        AmountOf(run),
        PaceOf(run, perSecond ?? AverageOf(run, now)),
        WaitOf(run, now),
        RunCounts.Of(run))
    {
        Done = run.IsActive && RunSummary.IsBlank(run) ? "Nothing has changed yet" : RunSummary.Of(run),
        IsStopping = run is { IsActive: true, CancelRequested: true },
    };

    /// <summary>100 only when it is done; <c>null</c> while nobody knows how much there is.</summary>
    public static int? PercentOf(SyncRun run) => run switch
    {
        { State: RunState.Done } => 100,
        { Total: null } => null,
        { Total: 0 } => 0,
        { Total: { } total } => Math.Clamp((int)(100L * run.Processed / total), 0, 99),
    };

    private static string HeadlineOf(SyncRun run, DateTimeOffset now) => run.State switch
    {
        RunState.Done when run.Failed > 0 =>
            $"Done; {Numbers.Of(run.Failed, "record")} need{(run.Failed == 1 ? "s" : "")} you",
        RunState.Done => "Everything is in step",
        RunState.Failed => "The sync stopped",
        RunState.Cancelled => "The sync was stopped",
        _ when run.CancelRequested => "Stopping after this page of records",
        RunState.Waiting when run.StartedAt is null && now - run.RequestedAt > TimeSpan.FromSeconds(20) =>
            "Waiting for the worker",
        RunState.Waiting when run.StartedAt is null => "Starting",
        _ => RunWords.Step(run.Step),
    };

    private static string AmountOf(SyncRun run) => run switch
    {
        { Total: { } total } when run.IsActive =>
            $"{Numbers.Count(Math.Min(run.Processed, total))} of {Numbers.Of(total, "record")}",
        { State: RunState.Cancelled } => $"{Numbers.Of(run.Processed, "record")} done before",
        { IsActive: false } => Numbers.Of(run.Processed, "record"),
        _ => run.Processed == 0 ? "Counting what there is" : Numbers.Of(run.Processed, "record"),
    };

    private static double? AverageOf(SyncRun run, DateTimeOffset now) =>
        run.StartedAt is { } started && (now - started).TotalSeconds is var seconds and >= 3 && run.Processed > 0
            ? run.Processed / seconds
            : null;

    private static string PaceOf(SyncRun run, double? perSecond)
    {
        if (!run.IsActive || perSecond is not (>= 0.05 and { } pace))
        {
            return "";
        }

        var rate = pace >= 1 ? $"{Numbers.Count((long)pace)} a second" : $"{Numbers.Count((long)(pace * 60))} a minute";
        return run.Total is { } total && total > run.Processed
            ? $"{rate}, {LeftOf(TimeSpan.FromSeconds((total - run.Processed) / pace))}"
            : rate;
    }

    private static string LeftOf(TimeSpan left) => left switch
    {
        { TotalSeconds: < 10 } => "a few seconds left",
        { TotalSeconds: < 60 } => "less than a minute left",
        { TotalMinutes: < 2 } => "about a minute left",
        { TotalHours: < 1 } => $"about {(int)left.TotalMinutes} minutes left",
        _ => $"about {RelativeTime.Duration(left)} left",
    };

    private static string WaitOf(SyncRun run, DateTimeOffset now)
    {
        if (!run.IsActive)
        {
            return "";
        }

        if (!string.IsNullOrEmpty(run.WaitReason))
        {
            return run.WaitUntil is { } until && until > now
                ? $"{run.WaitReason.TrimEnd('.')}. We go on in {RelativeTime.Duration(until - now)}."
                : run.WaitReason;
        }

        if (run.Hindrance is not null)
        {
            return run.Hindrance;
        }

        return run is { State: RunState.Waiting, StartedAt: null } && now - run.RequestedAt > TimeSpan.FromSeconds(20)
            ? "The worker has not taken this sync yet. It begins by itself as soon as the worker runs."
            : "";
    }
}
