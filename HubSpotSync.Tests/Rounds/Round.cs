using System.Diagnostics;
using System.Globalization;
using HubSpotSync.Data.Runs;
using HubSpotSync.FakeHubSpot.Store;
using HubSpotSync.Tests.Schedules;

namespace HubSpotSync.Tests.Rounds;

/// <summary>
/// One fault in the middle of the work of real processes. Then the world heals, everything that was begun ends, and
/// both sides are compared.
/// </summary>
internal sealed class Round(Cluster cluster, RoundPlan plan)
{
    private const string ListRoute = "/crm/objects/2026-09/{type}";
    private const int PageSize = 100;
    private static readonly TimeSpan QuietLimit = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(25);

    private readonly List<string> _history = [];
    private readonly long _started = Stopwatch.GetTimestamp();
    private Tenant _tenant = null!; // set first thing in RunAsync
    private Witness _witness = null!; // as above
    private Crowd _crowd = null!; // as above
    private int _listed;

    public async Task<Outcome> RunAsync()
    {
        var wrong = new List<string>();
        var resumed = TimeSpan.Zero;
        var isUnderWay = false;
        var work = Task.CompletedTask;
        try
        {
            await SetUpAsync();
            await using var moment = new Moment(cluster, _tenant, _witness, plan);
            moment.Arm();
            work = WorkAsync();
            var caught = await moment.ArriveAsync(work);
            isUnderWay = caught is not null;
            var struck = await StrikeAsync(caught ?? cluster.Workers.Keys.First(), moment, work);
            await work;
            await SettleAsync();
            var log = await _witness.ReadAsync();
            (resumed, var late) = Recovery(log, struck);
            wrong.AddRange(late);
            wrong.AddRange(Witness.FencingHolds(log));
            var checks = new RoundChecks(_tenant, _crowd);
            wrong.AddRange(checks.LittleWasRedone(log, struck.Redone));
            wrong.AddRange(LittleWasReadAgain(log));
            wrong.AddRange(await checks.HoldAsync());
        }
        catch (TimeoutException late)
        {
            wrong.Add($"I11 {late.Message}");
        }
        catch (Exception unforeseen)
        {
            wrong.Add($"{unforeseen}"); // with the seed and the history of the round, or it would tell nothing
        }

        await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        wrong.AddRange(cluster.Workers.Where(worker => worker.Value.ExitCode is not null)
            .Select(worker => $"{worker.Key} has ended by itself with {worker.Value.ExitCode}"));
        if (wrong.Count > 0)
        {
            await TellAsync();
        }

        return new Outcome(plan, [.. wrong.Distinct()], _history)
        {
            IsUnderWay = isUnderWay,
            Resumed = resumed,
            Time = Stopwatch.GetElapsedTime(_started),
        };
    }

    private async Task SetUpAsync()
    {
        Say($"seed {plan.Seed}: {plan}");
        var (size, own) = plan.Work switch
        {
            Work.Import => (new AccountSize(400, 24, 40), 130),
            Work.Pushes => (new AccountSize(60, 4, 4), 0),
            _ => (new AccountSize(250, 12, 20), 40),
        };
        var staffed = cluster.StaffAsync(Cluster.Usual);
        await cluster.Webhooks.DeliverAsync(new { dropShare = plan.Work == Work.Everything ? 0 : 1 });
        _tenant = await cluster.ConnectAsync(3_000_000 + plan.Seed, size);
        _witness = new Witness(cluster.Source, _tenant.ConnectionId);
        _crowd = new Crowd(_tenant, plan.Seed);
        await _crowd.SettleAsync(own, own / 10);
        if (plan.Work == Work.Pushes)
        {
            await RequestRunAsync("Full");
            await BeQuietAsync();
        }

        await _crowd.MeetAsync();
        await staffed;
        _listed = ListReads();
        Say("set up");
    }

    private async Task WorkAsync()
    {
        if (plan.Work != Work.Pushes)
        {
            await RequestRunAsync("Full");
        }

        if (plan.Work != Work.Import)
        {
            await _crowd.WorkAsync(here: 80, there: 30);
            Say("the people have gone home");
        }

        await BeQuietAsync();
        Say("the work is done");
    }

    private async Task<Struck> StrikeAsync(string victim, Moment moment, Task work)
    {
        Say($"{plan.Strike} {victim}, after {cluster.Requests.Total} requests");
        var strikes = new Strikes(cluster, _witness, plan, TimeProvider.System);
        var struck = await strikes.StrikeAsync(victim, moment.DisposeAsync, work);
        await cluster.StaffAsync(1);
        Say("healed");
        return struck;
    }

    /// <summary>What nobody was told of, a run finds, as it does every night.</summary>
    private async Task SettleAsync()
    {
        cluster.Source.Clear(); // sessions that the fault has ended
        if (plan.Work == Work.Import)
        {
            return;
        }

        await cluster.Webhooks.FlushAsync();
        await RequestRunAsync("Changes");
        await BeQuietAsync();
        Say("settled");
    }

    private Task<object?> RequestRunAsync(string depth) => Patience.AskAsync(() => _tenant.Local.ScalarAsync<object>(
        $"""
        insert into sync_runs (id, workspace_id, connection_id, trigger, depth, state)
          select gen_random_uuid(), workspace_id, id, 'Manual', '{depth}', 'Waiting'
            from hubspot_connections where id = $connection
          on conflict do nothing
        """));

    private async Task BeQuietAsync()
    {
        var started = Stopwatch.GetTimestamp();
        while (await Patience.AskAsync(() => _tenant.Local.ScalarAsync<string>(
            """
            select string_agg(what, ', ') from (
              select 'request ' || record_key || ' of ' || kind || ' tried ' || attempts || ' times by '
                  || coalesce(lease_owner, 'nobody') || ', ' || coalesce(last_error, 'no error') as what
                from sync_requests where connection_id = $connection and parked_at is null
              union all
              select 'run ' || depth || ' at ' || coalesce(step, 'its start') || ', '
                  || coalesce(wait_reason, last_error, 'no error')
                from sync_runs where connection_id = $connection and state in ('Waiting', 'Running')) left_over
            """)) is { } left)
        {
            if (Stopwatch.GetElapsedTime(started) > QuietLimit)
            {
                throw new TimeoutException($"after {QuietLimit.TotalSeconds:0} s there is still: {left}");
            }

            await Task.Delay(LookAgain);
        }
    }

    /// <summary>
    /// R9: whatever somebody had in hand goes on soon. What the dead had sent to Postgres may still be committed.
    /// </summary>
    private static (TimeSpan Longest, List<string> Late) Recovery(List<Seen> log, Struck struck)
    {
        var (longest, late) = (TimeSpan.Zero, new List<string>());
        foreach (var (key, holder) in Witness.HeldAt(log, struck.At))
        {
            var next = log.Find(seen => seen.Key == key && seen.At > struck.At && !struck.Gone.Contains(seen.App));
            var answered = log.FindLast(seen => seen.Key == key && seen.Act == Act.Answered);
            var waited = (next ?? answered)?.At - struck.Healed ?? TimeSpan.MaxValue;
            longest = waited > longest ? waited : longest;
            if (waited > Strikes.RecoveryLimit)
            {
                late.Add($"R9 {key}, held by {holder.App}, went on after {waited.TotalSeconds:0.0} s");
            }
        }

        return (longest, late);
    }

    /// <summary>
    /// R9: the first run commits no page twice, and each claim after the first reads again only what was under way: two
    /// pages, and one that a frozen worker asks for before it notices.
    /// </summary>
    private IEnumerable<string> LittleWasReadAgain(List<Seen> log)
    {
        var first = log.TakeWhile(seen => (seen.Act, seen.Key) != (Act.Answered, "run")).ToList();
        foreach (var again in first.Where(IsPageOfRecords).GroupBy(seen => seen.Key).Where(same => same.Count() > 1))
        {
            yield return $"R9 the page {again.Key} was committed {again.Count()} times";
        }

        var claims = first.Count(seen => seen.Act == Act.Claim);
        var read = ListReads() - _listed;
        var once = Enum.GetValues<ObjectType>()
            .Sum(type => (_tenant.HubSpot.Look(store => store.Records.Count, type) / PageSize) + 1);
        var allowed = once + (3 * (claims - 1));
        Say($"{read} list pages of {once} read in {claims} claims");
        if (plan.Work != Work.Pushes && read > allowed)
        {
            yield return $"R9 {read} pages were read in {claims} claims, {allowed} would do";
        }
    }

    /// <summary>What was overwritten is looked over without a cursor.</summary>
    private static bool IsPageOfRecords(Seen seen) =>
        seen.Act == Act.Page && !seen.Key.StartsWith(nameof(RunStep.Overwritten), StringComparison.Ordinal);

    private int ListReads() => cluster.Requests.CountOf("GET", ListRoute);

    private async Task TellAsync()
    {
        var log = await Patience.AskAsync(_witness.ReadAsync);
        _history.AddRange(log.Select(seen =>
            $"{seen.At:mm:ss.fff} {seen.App} {seen.Act} {seen.Key} under {seen.Epoch}"));
        _history.AddRange(cluster.Workers.SelectMany(
            worker => worker.Value.LastLines.Select(line => $"{worker.Key}: {line}")));
    }

    private void Say(string what) => _history.Add(string.Create(
        CultureInfo.InvariantCulture,
        $"{TimeProvider.System.GetUtcNow():mm:ss.fff} {what}"));
}

/// <summary>How a round went.</summary>
internal sealed record Outcome(RoundPlan Plan, IReadOnlyList<string> Wrong, IReadOnlyList<string> History)
{
    /// <summary>The fault found somebody at work.</summary>
    public bool IsUnderWay { get; init; }

    /// <summary>The longest that something lay where the fault had left it.</summary>
    public TimeSpan Resumed { get; init; }

    public TimeSpan Time { get; init; }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"round {Plan.Seed}, {Plan}, {(IsUnderWay ? "" : "too late, ")}"
            + $"resumed in {Resumed.TotalSeconds:0.0} s, over in {Time.TotalSeconds:0.0} s");
}
