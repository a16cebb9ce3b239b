using System.Runtime.CompilerServices;
using HubSpotSync.Core.Records;
using HubSpotSync.Data.Crm;
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

    /// <summary>
    /// Looks that are due, or were given up: with <c>null</c> or <c>not null</c> behind it. A link is looked up only
    /// where HubSpot alone was named: asked for each look, Postgres reads all links for it.
    /// </summary>
    private const string Looks =
        $"""
        select q.local_id as id, q.parked_at from sync_requests q
          where q.connection_id = {Here} and q.kind = {KindAt} and q.local_id is not null
        union all
        select l.local_id, q.parked_at from sync_requests q
          join record_links l on l.connection_id = q.connection_id and l.kind = q.kind and l.hubspot_id = q.hubspot_id
          where q.connection_id = {Here} and q.kind = {KindAt} and q.local_id is null
        """;

    private const string Due = $"select id from ({Looks}) looks where parked_at is null";
    private const string Parked = $"select id from ({Looks}) looks where parked_at is not null";
    private const string DueOrParked = $"select id from ({Looks}) looks";

    private const string Apart =
        $"""
        select l.local_id as id from record_links l
          where l.connection_id = {Here} and l.kind = {KindAt} and l.set_apart_at is not null
        """;

    /// <summary>
    /// What the last look ended in; there may be an older one under another id of HubSpot, and only one that ended
    /// otherwise makes a difference.
    /// </summary>
    private const string Ended =
        $"""
        select o.local_id as id from record_outcomes o
          where o.connection_id = {Here} and o.kind = {KindAt} and o.local_id is not null and o.state = {StateAt}
            and not exists (select from record_outcomes n
              where n.connection_id = {Here} and n.kind = {KindAt} and n.state <> {StateAt}
                and n.local_id = o.local_id and (n.at, n.record_key) > (o.at, o.record_key))
        """;

    /// <summary>Whatever it was.</summary>
    private const string Decided =
        $"""
        select o.local_id as id from record_outcomes o
          where o.connection_id = {Here} and o.kind = {KindAt} and o.local_id is not null
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

    /// <summary>
    /// The records that stand so. Each condition is one of its own, so that Postgres may go through a list in its order
    /// and ask for each record, where a page is wanted, or through all there is, where they are counted.
    /// </summary>
    public static IQueryable<TRecord> Of<TRecord>(DbSet<TRecord> records, RecordKind kind, SyncStanding standing)
        where TRecord : CrmRecord =>
        records.FromSql(FormattableStringFactory.Create(
            $"select r.*, r.xmin from {RecordSql.Of(kind).Table} r where {Conditions(standing)}",
            kind.ToString(),
            StateOf(standing).ToString()));

    private static string Conditions(SyncStanding standing) => standing switch
    {
        SyncStanding.OnItsWay => In(Due),
        SyncStanding.Detached => $"{In(Apart)} and not {In(Due)}",
        SyncStanding.NeedsYou => $"{In($"{Ended} union all {Parked}")} and not {In(Due)} and not {In(Apart)}",
        SyncStanding.OnlyHere => $"not {In(Decided)} and not {In(DueOrParked)} and not {In(Apart)}",
        _ => $"{In(Ended)} and not {In(DueOrParked)} and not {In(Apart)}",
    };

    private static string In(string those) => $"exists (select from ({those}) those where those.id = r.id)";

    /// <summary>What the last look at such a record ended in.</summary>
    private static OutcomeState StateOf(SyncStanding standing) => standing switch
    {
        SyncStanding.InSync => OutcomeState.InSync,
        SyncStanding.NotSynced => OutcomeState.Excluded,
        _ => OutcomeState.Failing,
    };
}
