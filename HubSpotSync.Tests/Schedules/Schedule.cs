using System.Diagnostics;
using System.Globalization;
using HubSpotSync.Core.Planning;
using HubSpotSync.Data.Runs;

namespace HubSpotSync.Tests.Schedules;

/// <summary>
/// One seeded run of the whole engine: things happen on both sides while workers work and calls fail; then all is
/// quiet, and the invariants are checked against the reference model.
/// </summary>
internal sealed class Schedule(Lane lane, int seed, int steps)
{
    private static readonly TimeSpan QuietLimit = TimeSpan.FromSeconds(60);

    /// <summary>Whose lease lasts longer has lost it with a session or a thread.</summary>
    private static readonly TimeSpan LeaseLimit = TimeSpan.FromSeconds(1);

    /// <summary>In one schedule of so many HubSpot owns the fields.</summary>
    private const int OneWayOf = 5;

    private Tenant _tenant = null!; // set first thing in RunAsync
    private Script _script = null!; // as above

    /// <summary>What was found to be wrong, nothing for a good one.</summary>
    public async Task<Verdict> RunAsync()
    {
        var started = Stopwatch.GetTimestamp();
        lane.Log.Lines.Clear();
        var isOneWay = seed % OneWayOf == 0;
        _tenant = await lane.ConnectAsync(
            1_000_000 + seed, isOneWay ? SyncMode.HubSpotIsSource : SyncMode.TwoWay);
        _script = new Script(lane, _tenant, seed) { IsOneWay = isOneWay };
        var invariants = new Invariants(_tenant, _script);
        var wrong = new List<string>();
        try
        {
            await _script.SetUpAsync();
            await RequestRunAsync(true);
            if (seed % 3 > 0)
            {
                await BeQuietAsync(); // else things happen during the first run already
            }

            for (var step = 0; step < steps; step++)
            {
                await _script.StepAsync(step, RequestRunAsync, PauseAsync);
            }

            _script.Say("all is quiet");
            await BeGoodAgainAsync();
            await SettleAsync(RunDepth.Changes);
            wrong.AddRange(await invariants.AgreeAsync(afterFullRun: false));
            await SettleAsync(RunDepth.Full);
            wrong.AddRange(await invariants.AgreeAsync(afterFullRun: true));
            wrong.AddRange(await invariants.HoldAsync());
            var before = await invariants.WritesAsync();
            await SettleAsync(RunDepth.Changes);
            await SettleAsync(RunDepth.Full);
            wrong.AddRange(Invariants.NothingWritten(before, await invariants.WritesAsync()));
        }
        catch (TimeoutException late)
        {
            wrong.Add($"I11 {late.Message}");
        }
        finally
        {
            await BeGoodAgainAsync();
        }

        if (wrong.Count > 0)
        {
            _script.History.AddRange(await invariants.StoryAsync());
            _script.History.AddRange(lane.Log.Lines);
        }

        return new Verdict(seed, [.. wrong.Distinct()], _script.History, Stopwatch.GetElapsedTime(started));
    }

    private async Task BeGoodAgainAsync()
    {
        lane.Faults.Clear();
        await lane.Webhooks.DeliverAsync(new { shuffle = false, dropShare = 0, duplicateShare = 0, delayMs = 0 });
        await lane.Webhooks.FlushAsync();
        (lane.Settings.SearchLagMs, lane.Settings.LatencyMs) = (0, 0);
    }

    private Task PauseAsync()
    {
        _script.Say("the workers finish what there is");
        return BeQuietAsync();
    }

    private Task RequestRunAsync(bool full) => RequestRunAsync(full ? RunDepth.Full : RunDepth.Changes);

    private async Task RequestRunAsync(RunDepth depth)
    {
        await _tenant.Local.ScalarAsync<object>(
            $"""
            insert into sync_runs (id, workspace_id, connection_id, trigger, depth, state)
              select gen_random_uuid(), workspace_id, id, 'Manual', '{depth}', 'Waiting'
                from hubspot_connections where id = $connection
              on conflict do nothing
            """);
        _script.Say($"a run is asked for: {depth}");
    }

    /// <summary>What is waiting is done, then a run, then what the run left.</summary>
    private async Task SettleAsync(RunDepth depth)
    {
        await BeQuietAsync();
        await RequestRunAsync(depth);
        await BeQuietAsync();
        await lane.Webhooks.FlushAsync();
        await BeQuietAsync();
    }

    /// <summary>
    /// Waits until nothing is left to do. What is put off is due at once: nobody has to wait for a fault.
    /// </summary>
    private async Task BeQuietAsync()
    {
        var started = Stopwatch.GetTimestamp();
        var hurried = started;
        while (true)
        {
            var left = await _tenant.Local.ScalarAsync<string>(
                """
                with hurried as (
                  update sync_requests set due_at = clock_timestamp()
                    where connection_id = $connection and parked_at is null and due_at > clock_timestamp()
                    returning 1),
                hurried_runs as (
                  update sync_runs set due_at = clock_timestamp()
                    where connection_id = $connection and state in ('Waiting', 'Running') and due_at > clock_timestamp()
                    returning 1)
                select string_agg(what, ', '), (select pg_notify('sync_requests', '') from hurried limit 1)
                  from (
                  select 'request ' || record_key || ' of ' || kind || ' tried ' || attempts || ' times, '
                      || coalesce(last_error, 'no error') as what
                    from sync_requests where connection_id = $connection and parked_at is null
                  union all
                  select 'run ' || depth || ' at ' || coalesce(step, 'its start') || ', '
                      || coalesce(wait_reason, last_error, 'no error')
                    from sync_runs where connection_id = $connection and state in ('Waiting', 'Running')) left_over
                """);
            if (string.IsNullOrEmpty(left))
            {
                return;
            }

            if (Stopwatch.GetElapsedTime(hurried) > LeaseLimit)
            {
                hurried = Stopwatch.GetTimestamp();
                await Trouble.EndLeasesAsync(lane, _tenant);
            }

            if (Stopwatch.GetElapsedTime(started) > QuietLimit)
            {
                throw new TimeoutException($"after {QuietLimit.TotalSeconds:0} s there is still: {left}");
            }

            await Trouble.ForgetLimitsAsync(_tenant);
            await Task.Delay(15);
        }
    }
}

/// <summary>How a schedule went.</summary>
internal sealed record Verdict(int Seed, IReadOnlyList<string> Wrong, IReadOnlyList<string> History, TimeSpan Time)
{
    public bool IsGood => Wrong.Count == 0;

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"seed {Seed}: {(IsGood ? "good" : string.Join("; ", Wrong))}");
}
