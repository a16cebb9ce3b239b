using HubSpotSync.Data;
using HubSpotSync.Data.Identity;
using HubSpotSync.Data.Journal;
using HubSpotSync.Portal.Rules;
using HubSpotSync.Portal.Words;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Audit;

/// <summary>An entry in words: who, what, of what, and the values before and after.</summary>
internal sealed record AuditLine(AuditEntry Entry, string Who, string? Subject)
{
    public IReadOnlyList<AuditValue> Values => AuditWords.Values(Entry.Before, Entry.After);
}

/// <summary>A page of the log, the newest entry first, and the entries where its neighbours begin.</summary>
internal sealed record AuditPage(IReadOnlyList<AuditLine> Lines, long? Newer, long? Older);

/// <summary>Reads the audit log from an entry on: a page is as quick at the far end as at the beginning.</summary>
internal sealed class AuditPages(CrmDbContext db)
{
    public const int Size = 50;

    public async Task<AuditPage> ReadAsync(AuditQuery query, CancellationToken cancellationToken)
    {
        var found = await MatchingAsync(query, cancellationToken);
        var isBack = query.After is not null;
        var rows = await (isBack
                ? found.Where(entry => entry.Id > query.After).OrderBy(entry => entry.Id)
                : found.Where(entry => query.Before == null || entry.Id < query.Before)
                    .OrderByDescending(entry => entry.Id))
            .Take(Size + 1)
            .ToListAsync(cancellationToken);
        var hasMore = rows.Count > Size;
        rows = rows.Take(Size).ToList();
        if (isBack)
        {
            rows.Reverse();
        }

        var lines = await SayAsync(rows, cancellationToken);
        return new AuditPage(
            lines,
            rows.Count > 0 && (isBack ? hasMore : query.Before is not null) ? rows[0].Id : null,
            rows.Count > 0 && (isBack || hasMore) ? rows[^1].Id : null);
    }

    /// <summary>Everybody who may stand in the log, those who left too.</summary>
    public async Task<IReadOnlyList<User>> PeopleAsync(CancellationToken cancellationToken) =>
        await db.Users.AsNoTracking()
            .OrderBy(user => user.RemovedAt != null).ThenBy(user => user.DisplayName)
            .ToListAsync(cancellationToken);

    public async Task<IQueryable<AuditEntry>> MatchingAsync(AuditQuery query, CancellationToken cancellationToken)
    {
        var name = await db.Workspaces.Select(workspace => workspace.TimeZone).FirstAsync(cancellationToken);
        var zone = WorkspaceZone.Of(name);
        var (from, to) = (Begin(query.From, zone), Begin(query.To?.AddDays(1), zone));
        var found = db.Audit.AsNoTracking();
        found = query.Who is { } who ? found.Where(entry => entry.UserId == who) : found;
        found = query.What is { } what ? found.Where(entry => entry.Action.StartsWith(what)) : found;
        found = from is { } begin ? found.Where(entry => entry.At >= begin) : found;
        return to is { } end ? found.Where(entry => entry.At < end) : found;
    }

    public async Task<IReadOnlyList<AuditLine>> SayAsync(
        IReadOnlyList<AuditEntry> entries, CancellationToken cancellationToken)
    {
        var named = entries.SelectMany(entry => (Guid?[])
                [entry.UserId, entry.KeyId, Guid.TryParse(entry.Subject, out var id) ? id : null])
            .OfType<Guid>().Distinct().ToList();
        var names = await db.Users.Where(user => named.Contains(user.Id))
            .Select(user => new { user.Id, Name = user.DisplayName })
            .Concat(db.ApiKeys.Where(key => named.Contains(key.Id))
                .Select(key => new { key.Id, Name = "API key " + key.Name }))
            .ToDictionaryAsync(one => one.Id, one => one.Name, cancellationToken);
        return
        [
            .. entries.Select(entry => new AuditLine(
                entry,
                (entry.UserId ?? entry.KeyId) is { } id ? names.GetValueOrDefault(id, "Somebody") : "HubSpotSync",
                Guid.TryParse(entry.Subject, out var subject)
                    ? names.GetValueOrDefault(subject)
                    : AuditWords.Subject(entry.Subject))),
        ];
    }

    private static DateTimeOffset? Begin(DateOnly? day, TimeZoneInfo zone) => day is not { } date
        ? null
        : new DateTimeOffset(TimeZoneInfo.ConvertTimeToUtc(Existing(date.ToDateTime(TimeOnly.MinValue), zone), zone));

    // Where clocks are put forward at midnight, the day begins an hour later.
    private static DateTime Existing(DateTime local, TimeZoneInfo zone) =>
        zone.IsInvalidTime(local) ? local.AddHours(1) : local;
}
