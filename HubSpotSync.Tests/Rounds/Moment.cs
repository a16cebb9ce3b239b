using HubSpotSync.FakeHubSpot.Faults;
using HubSpotSync.Tests.Infrastructure;
using HubSpotSync.Tests.Schedules;
using Npgsql;

namespace HubSpotSync.Tests.Rounds;

/// <summary>
/// The moment at which a fault strikes: told by what the work has come to, never by the time that it took. Whoever is
/// caught is held there until the strike is over.
/// </summary>
internal sealed class Moment(Cluster cluster, Tenant tenant, RoundPlan plan) : IAsyncDisposable
{
    private static readonly TimeSpan Held = TimeSpan.FromMilliseconds(600);
    private static readonly TimeSpan Unheard = TimeSpan.FromSeconds(30);

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
    /// <returns>The session that was caught, where it is known; <c>null</c> where the moment never came.</returns>
    public async Task<Caught?> ArriveAsync(Task over)
    {
        switch (plan.Instant)
        {
            case Instant.Asked:
                return await SeeAsync(() => _fault!.Hits > 0, over) ? new Caught(null) : null; // armed
            case Instant.Written:
                if (!await SeeAsync(() => _fault!.Hits > 0, over)) // armed
                {
                    return null;
                }

                var writes = cluster.WritesTo(tenant.HubSpot.Account);
                await SeeAsync(() => cluster.WritesTo(tenant.HubSpot.Account) > writes, over);
                return new Caught(null);
            case Instant.Answered:
                return await SeeAsync(HasAsked, over) ? new Caught(null) : null;
            default:
                return await SeeAsync(HasAsked, over) ? await CatchCommitAsync(over) : null;
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

    /// <summary>Closes the gate before the commits and waits for somebody to stand at it.</summary>
    private async Task<Caught?> CatchCommitAsync(Task over)
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
                return new Caught(waiting[0]);
            }

            await Task.Delay(2);
        }

        return null;
    }
}

/// <param name="Worker">Who was caught, where that is known.</param>
internal sealed record Caught(string? Worker);
