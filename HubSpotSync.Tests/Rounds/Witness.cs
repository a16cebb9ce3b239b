using HubSpotSync.Tests.Infrastructure;
using Npgsql;

namespace HubSpotSync.Tests.Rounds;

/// <summary>
/// Triggers of the tests' own that write down who claimed what, and who committed what, under which fencing number: a
/// process is known by the name of its sessions, whatever the engine says of itself. A claim holds the connection's row
/// for itself and a page shares it until its commit, so the numbers of the lines are in the order of the commits.
/// </summary>
internal sealed class Witness(NpgsqlDataSource source, Guid connectionId)
{
    public static Task InstallAsync(TestDatabase database) => database.ExecuteAsync(
        """
        create table round_log (
          id bigint generated always as identity primary key,
          at timestamptz not null default clock_timestamp(),
          connection_id uuid not null,
          what text not null,
          app text not null default current_setting('application_name'),
          epoch bigint not null,
          key text not null);
        create index round_log_idx on round_log (connection_id, id);

        create function round_note(what text, connection uuid, key text) returns void
          language sql security definer set search_path = public, pg_temp as
        $$
          insert into round_log (connection_id, what, epoch, key)
            select id, what, epoch, key from hubspot_connections where id = connection
        $$;

        create function round_claimed() returns trigger language plpgsql as $$
        begin
          perform round_note('claim', new.id, 'run');
          return null;
        end $$;
        create trigger round_claimed after update on hubspot_connections for each row
          when (old.epoch <> new.epoch) execute function round_claimed();

        -- Whoever commits a page of this connection waits here while the test holds the lock.
        create function round_committed() returns trigger language plpgsql as $$
        declare
          connection uuid := (select connection_id from sync_runs where id = new.run_id);
        begin
          perform pg_advisory_xact_lock_shared(hashtext(connection::text), 1);
          perform round_note('commit', connection, 'run');
          perform round_note('page', connection, concat_ws(' ', new.step, new.cursor, new.is_done));
          return null;
        end $$;
        create trigger round_committed after insert or update on run_checkpoints for each row
          execute function round_committed();

        create function round_taken() returns trigger language plpgsql as $$
        begin
          perform round_note('taken', new.connection_id, new.kind || ' ' || new.record_key);
          return null;
        end $$;
        create trigger round_taken after update on sync_requests for each row
          when (new.attempts > old.attempts) execute function round_taken();

        create function round_answered() returns trigger language plpgsql as $$
        begin
          perform pg_advisory_xact_lock_shared(hashtext(old.connection_id::text), 1);
          perform round_note('answered', old.connection_id, old.kind || ' ' || old.record_key);
          return null;
        end $$;
        create trigger round_answered after delete on sync_requests for each row execute function round_answered();
        create trigger round_answered_for_now after update on sync_requests for each row
          when (old.lease_owner is not null and new.lease_owner is null and new.attempts = 0)
          execute function round_answered();

        create function round_ended() returns trigger language plpgsql as $$
        begin
          perform round_note('answered', new.connection_id, 'run');
          return null;
        end $$;
        create trigger round_ended after update on sync_runs for each row
          when (old.state in ('Waiting', 'Running') and new.state not in ('Waiting', 'Running'))
          execute function round_ended();

        create function round_sent() returns trigger language plpgsql as $$
        begin
          perform round_note('sent', new.connection_id, new.local_id::text);
          return null;
        end $$;
        create trigger round_sent after insert on sent_writes for each row execute function round_sent();
        grant select on round_log to hubspotsync_app;
        """);

    public async Task<List<Seen>> ReadAsync()
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var command = new NpgsqlCommand(
            "select at, what, app, epoch, key from round_log where connection_id = $1 order by id", connection)
        {
            Parameters = { new() { Value = connectionId } },
        };
        await using var reader = await command.ExecuteReaderAsync();
        var log = new List<Seen>();
        while (await reader.ReadAsync())
        {
            log.Add(new Seen(
                reader.GetFieldValue<DateTimeOffset>(0),
                Enum.Parse<Act>(reader.GetString(1), ignoreCase: true),
                reader.GetString(2),
                reader.GetInt64(3),
                reader.GetString(4)));
        }

        return log;
    }

    /// <summary>I10: no number is given out twice, and nothing is committed under one that is not the newest.</summary>
    public static IEnumerable<string> FencingHolds(IReadOnlyList<Seen> log)
    {
        var holders = new Dictionary<string, Seen>();
        var epoch = 0L;
        foreach (var seen in log)
        {
            switch (seen.Act)
            {
                case Act.Claim when seen.Epoch <= epoch:
                    yield return $"I10 {seen.App} was given the number {seen.Epoch} after {epoch}";
                    break;
                case Act.Claim:
                    epoch = seen.Epoch;
                    holders[seen.Key] = seen;
                    break;
                case Act.Taken:
                    holders[seen.Key] = seen;
                    break;
                case Act.Commit or Act.Answered when holders.GetValueOrDefault(seen.Key) is not { } holder:
                    yield return $"I10 {seen.App} committed {seen.Key}, which nobody held";
                    break;
                case Act.Commit or Act.Answered when holders[seen.Key] is var held
                    && (held.App, held.Epoch) != (seen.App, seen.Epoch):
                    yield return $"I10 {seen.App} committed {seen.Key} under {seen.Epoch}, "
                        + $"which {held.App} held under {held.Epoch}";
                    break;
            }
        }
    }

    /// <summary>What was in somebody's hands at a moment: it was taken, and not answered.</summary>
    public static IReadOnlyDictionary<string, Seen> HeldAt(IReadOnlyList<Seen> log, DateTimeOffset moment)
    {
        var held = new Dictionary<string, Seen>();
        foreach (var seen in log.Where(seen => seen.At < moment && seen.Act is not (Act.Page or Act.Sent)))
        {
            if (seen.Act is Act.Answered)
            {
                held.Remove(seen.Key);
            }
            else
            {
                held[seen.Key] = seen;
            }
        }

        return held;
    }
}

internal enum Act
{
    /// <summary>Somebody takes the run.</summary>
    Claim,

    /// <summary>A page or a step of the run is committed.</summary>
    Commit,

    /// <summary>Which one it was.</summary>
    Page,

    /// <summary>Somebody takes a record to look at.</summary>
    Taken,

    /// <summary>The look, or the whole run, is committed.</summary>
    Answered,

    /// <summary>Something is about to be sent to HubSpot.</summary>
    Sent,
}

/// <param name="App">The process.</param>
/// <param name="Key">The run, the page, or the record.</param>
internal sealed record Seen(DateTimeOffset At, Act Act, string App, long Epoch, string Key);
