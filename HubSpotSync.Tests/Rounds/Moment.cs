using HubSpotSync.FakeHubSpot.Faults;
using HubSpotSync.Tests.Infrastructure;
using HubSpotSync.Tests.Schedules;
using Npgsql;

namespace HubSpotSync.Tests.Rounds;

/// <summary>
/// The moment at which a fault strikes: told by what the work has come to, never by the time that it took. Whoever is
/// caught is held there until the strike is over.
/// </summary>
internal sealed class Moment(Cluster cluster, Tenant tenant, Witness witness, RoundPlan plan) : IAsyncDisposable
{
    private static readonly TimeSpan Held = TimeSpan.FromMilliseconds(600);
    private static readonly TimeSpan Unheard = TimeSpan.FromSeconds(4);

    private readonly int _before = cluster.Requests.Total;
    private PlannedFault? _fault;
    private NpgsqlConnection? _gate;

    /// <summary>Call it before the work begins.</summary>
    public void Arm()
    {
        var portal = tenant.HubSpot.Account.PortalId;
        _fault = plan.Instant switch
        {
            Instant.Asked => new PlannedFault(new FaultMatch(PortalId: portal), Fault.Wait(Held), skip: plan.Nth),
            Instant.Written => new PlannedFault(
                new FaultMatch("POST", Path: "*/batch/up*", PortalId: portal),
                Fault.DropAfterCommit with { Hang = Unheard },
                skip: plan.Nth),
            _ => null,
        };
        if (_fault is not null)
        {
            cluster.Faults.Plan(_fault);
        }
    }

    /// <param name="over">Ends with the work: then it is too late.</param>
    /// <returns>The worker that was caught, or would know best; <c>null</c> where the moment never came.</returns>
    public async Task<string?> ArriveAsync(Task over)
    {
        switch (plan.Instant)
        {
            case Instant.Asked:
                return await SeeAsync(() => _fault!.Hits > 0, over) ? await LastAsync(null) : null; // armed
            case Instant.Answered:
                return await SeeAsync(HasAsked, over) ? await LastAsync(null) : null;
            case Instant.Committing:
                return await SeeAsync(HasAsked, over) ? await CatchCommitAsync(over) : null;
            default:
                return await SeeAsync(() => _fault!.Hits > 0, over) ? await CatchWriteAsync(over) : null; // armed
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_fault is not null)
        {
            cluster.Faults.Remove(_fault.Id);
        }

        if (_gate is not null)
        {
            await _gate.DisposeAsync(); // its lock ends with the session
        }
    }

    public static async Task<bool> SeeAsync(Func<bool> condition, Task over)
    {
        while (!condition())
        {
            if (over.IsCompleted)
            {
                return false;
            }

            await Task.Delay(2);
        }

        return true;
    }

    private bool HasAsked() => cluster.Requests.Total - _before >= plan.Nth;

    private async Task<string> LastAsync(Act? act)
    {
        var log = await witness.ReadAsync();
        return log.FindLast(seen => (act is null || seen.Act == act) && cluster.Workers.ContainsKey(seen.App))?.App
            ?? cluster.Workers.Keys.First();
    }

    /// <summary>Who sends something says so just before.</summary>
    private async Task<string> CatchWriteAsync(Task over)
    {
        var writes = cluster.WritesTo(tenant.HubSpot.Account);
        var sender = await LastAsync(Act.Sent);
        await SeeAsync(() => cluster.WritesTo(tenant.HubSpot.Account) > writes, over);
        return sender;
    }

    /// <summary>Closes the gate before the commits and waits for somebody to stand at it.</summary>
    private async Task<string?> CatchCommitAsync(Task over)
    {
        _gate = new NpgsqlConnection(cluster.Database.OwnerConnectionString);
        await _gate.OpenAsync();
        await _gate.RunAsync($"select pg_advisory_lock(hashtext('{tenant.ConnectionId}'), 1)");
        while (!over.IsCompleted)
        {
            var waiting = await _gate.ListAsync<string>(
                """
                select a.application_name from pg_locks l join pg_stat_activity a on a.pid = l.pid
                  where l.locktype = 'advisory' and not l.granted
                """);
            if (waiting.Count > 0)
            {
                return waiting[0];
            }

            await Task.Delay(2);
        }

        return null;
    }
}
