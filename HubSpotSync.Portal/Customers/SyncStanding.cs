using System.Runtime.CompilerServices;
using HubSpotSync.Core.Records;
using HubSpotSync.Data;
using HubSpotSync.Data.Journal;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Customers;

/// <summary>How a record stands with HubSpot, as its card says; each record is in one of these.</summary>
internal enum SyncStanding
{
    InSync,

    /// <summary>The rules leave it out.</summary>
    NotSynced,

    /// <summary>HubSpot refused it, a person has to decide, or the looks at it were given up.</summary>
    NeedsYou,

    /// <summary>A look at it is due.</summary>
    OnItsWay,

    /// <summary>A person took it out.</summary>
    Detached,

    /// <summary>Nothing was ever decided about it.</summary>
    OnlyHere,
}

/// <summary>Lists by how their records stand with HubSpot.</summary>
internal static class SyncStandings
{
    // The workspace's own, as row-level security has it.
    private const string Here = "(select id from hubspot_connections where state <> 'Disconnected' limit 1)";

    /// <summary>Looks that are due, or were given up: with <c>null</c> or <c>not null</c> behind it.</summary>
    private const string Looks =
        $"""
        select coalesce(q.local_id, l.local_id) as id from sync_requests q
          left join record_links l on l.connection_id = q.connection_id and l.kind = q.kind
            and l.hubspot_id = q.hubspot_id
          where q.connection_id = {Here} and q.kind = {KindAt} and q.parked_at is
        """;

    private const string Due = $"{Looks} null";
    private const string Parked = $"{Looks} not null";

    private const string Apart =
        $"""
        select l.local_id as id from record_links l
          where l.connection_id = {Here} and l.kind = {KindAt} and l.set_apart_at is not null
        """;

    /// <summary>What the last look ended in; there may be an older one under another id of HubSpot.</summary>
    private const string Ended =
        $"""
        select o.local_id as id from record_outcomes o
          where o.connection_id = {Here} and o.kind = {KindAt} and o.local_id is not null and o.state = {StateAt}
            and not exists (select from record_outcomes n
              where n.local_id = o.local_id and n.connection_id = o.connection_id and n.kind = o.kind
                and (n.at, n.record_key) > (o.at, o.record_key))
        """;

    private const string KindAt = "{0}";
    private const string StateAt = "{1}";

    /// <summary>What each is called in addresses, and on pages.</summary>
    public static IReadOnlyList<(SyncStanding Standing, string Code, string Label)> All { get; } =
    [
        (SyncStanding.InSync, "in-sync", "In sync"),
        (SyncStanding.OnItsWay, "on-its-way", "On its way"),
        (SyncStanding.NeedsYou, "needs-you", "Needs you"),
        (SyncStanding.NotSynced, "not-synced", "Not synced, by your settings"),
        (SyncStanding.Detached, "detached", "Detached"),
        (SyncStanding.OnlyHere, "only-here", "Only here"),
    ];

    public static string Codes { get; } = string.Join(", ", All.Select(one => one.Code));

    public static SyncStanding? Parse(string? code) =>
        All.Where(one => one.Code == code).Select(one => (SyncStanding?)one.Standing).FirstOrDefault();

    public static string? CodeOf(SyncStanding? standing) =>
        All.Where(one => one.Standing == standing).Select(one => one.Code).FirstOrDefault();

    /// <summary>The records of a kind that stand so, by the indexes of what was noted of them.</summary>
    public static IQueryable<Guid> Of(CrmDbContext db, RecordKind kind, SyncStanding standing)
    {
        var state = standing switch
        {
            SyncStanding.InSync => OutcomeState.InSync,
            SyncStanding.NotSynced => OutcomeState.Excluded,
            _ => OutcomeState.Failing,
        };
        return db.Database.SqlQuery<Guid>(FormattableStringFactory.Create(
            Sql(standing, kind == RecordKind.Contact ? "customers" : "companies"), kind.ToString(), state.ToString()));
    }

    private static string Sql(SyncStanding standing, string table) => standing switch
    {
        SyncStanding.OnItsWay => $"select id as \"Value\" from ({Due}) found where id is not null",
        SyncStanding.Detached => Without($"({Apart})", Due),
        SyncStanding.NeedsYou => Without($"({Ended} union {Parked})", Due, Apart),
        SyncStanding.OnlyHere => Without(
            $"""
            (select r.id from {table} r where not exists (select from record_outcomes o
              where o.local_id = r.id and o.connection_id = {Here} and o.kind = {KindAt}))
            """,
            Due, Parked, Apart),
        _ => Without($"({Ended})", Due, Parked, Apart),
    };

    private static string Without(string found, params string[] others) =>
        $"select found.id as \"Value\" from {found} found where "
        + string.Join(" and ", others.Select(other =>
            $"not exists (select from ({other}) other where other.id = found.id)"));
}
