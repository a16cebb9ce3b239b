using System.ComponentModel.DataAnnotations.Schema;
using System.Text.Json;
using HubSpotSync.Core.Planning;
using HubSpotSync.Data;
using HubSpotSync.Portal.Web;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Review;

internal sealed record ReviewCounts(
    [property: Column("all")] int All,
    [property: Column("new")] int New,
    [property: Column("matched")] int Matched,
    [property: Column("several")] int Several,
    [property: Column("open")] int Open,
    [property: Column("chosen")] int Chosen,
    [property: Column("decided")] int Decided)
{
    public int Of(string show) => show switch
    {
        "new" => New,
        "matched" => Matched,
        "several" => Several,
        "open" => Open,
        "chosen" => Chosen,
        _ => All,
    };
}

/// <summary>Finds and counts candidates: three queries a page, however many there are.</summary>
internal sealed class ReviewList(CrmDbContext db)
{
    public const int PageSize = 50;

    /// <summary>By the search, without the filter.</summary>
    public async Task<ReviewCounts> CountAsync(
        Guid connectionId, string? search, CancellationToken cancellationToken) =>
        (await db.Database.SqlQuery<ReviewCounts>(
            $"""
            select count(*)::int as "all", count(*) filter (where cardinality(c.match_ids) = 0)::int as new,
                count(*) filter (where cardinality(c.match_ids) = 1)::int as matched,
                count(*) filter (where cardinality(c.match_ids) > 1)::int as several,
                count(*) filter (where c.choice is null)::int as open,
                count(*) filter (where c.choice is not null)::int as chosen,
                count(d.hubspot_id)::int as decided
              from import_candidates c
              left join import_decisions d on d.connection_id = c.connection_id and d.hubspot_id = c.hubspot_id
              where c.connection_id = {connectionId} and ({search}::text is null
                or c.hubspot_id in (select hubspot_id from search_candidates({connectionId}, {search})))
            """).ToListAsync(cancellationToken))[0];

    public async Task<IReadOnlyList<Candidate>> ReadAsync(
        Guid connectionId, ReviewQuery query, Paging paging, CancellationToken cancellationToken)
    {
        var rows = await db.Database.SqlQuery<Row>(Rows(connectionId, query, paging.Skip, paging.Size))
            .ToListAsync(cancellationToken);
        return await WithMatchesAsync(rows, cancellationToken);
    }

    /// <returns><c>null</c>: it does not wait, or not here.</returns>
    public async Task<Candidate?> FindAsync(Guid connectionId, long hubSpotId, CancellationToken cancellationToken)
    {
        var rows = await db.Database.SqlQuery<Row>(
            $"""
            select c.hubspot_id, c.fields::text as fields, c.match_ids, c.matched_by, c.choice, c.choice_local_id,
                false as is_decided
              from import_candidates c where c.connection_id = {connectionId} and c.hubspot_id = {hubSpotId}
            """).ToListAsync(cancellationToken);
        return (await WithMatchesAsync(rows, cancellationToken)).SingleOrDefault();
    }

    /// <summary>All that a filter shows, a thousand at a time.</summary>
    public async IAsyncEnumerable<Candidate> StreamAsync(
        Guid connectionId,
        ReviewQuery query,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        const int Size = 1000;
        for (var skip = 0; ; skip += Size)
        {
            var rows = await db.Database.SqlQuery<Row>(Rows(connectionId, query, skip, Size))
                .ToListAsync(cancellationToken);
            foreach (var candidate in await WithMatchesAsync(rows, cancellationToken))
            {
                yield return candidate;
            }

            if (rows.Count < Size)
            {
                yield break;
            }
        }
    }

    private static FormattableString Rows(Guid connectionId, ReviewQuery query, int skip, int take) =>
        $"""
        select c.hubspot_id, c.fields::text as fields, c.match_ids, c.matched_by, c.choice, c.choice_local_id,
            exists (select 1 from import_decisions d
              where d.connection_id = c.connection_id and d.hubspot_id = c.hubspot_id) as is_decided
          from import_candidates c
          where c.connection_id = {connectionId} and is_shown({query.Show}, c.match_ids, c.choice)
            and ({query.Search}::text is null
              or c.hubspot_id in (select hubspot_id from search_candidates({connectionId}, {query.Search})))
          order by c.hubspot_id offset {skip} limit {take}
        """;

    private async Task<IReadOnlyList<Candidate>> WithMatchesAsync(
        List<Row> rows, CancellationToken cancellationToken)
    {
        Guid[] ids = [.. rows.SelectMany(row => row.MatchIds).Distinct()];
        var found = ids.Length == 0 ? [] : await db.Database.SqlQuery<MatchRow>(
            $"select c.id, (to_jsonb(c) || c.custom)::text as fields from customers c where c.id = any({ids})")
            .ToListAsync(cancellationToken);
        var matches = found.ToDictionary(
            row => row.Id, row => new Match(row.Id, JsonSerializer.Deserialize<JsonElement>(row.Fields)));
        return
        [
            .. rows.Select(row => new Candidate(
                row.HubSpotId,
                JsonSerializer.Deserialize<JsonElement>(row.Fields),
                [.. row.MatchIds.Where(matches.ContainsKey).Select(id => matches[id])],
                row.MatchedBy,
                Enum.TryParse<ReviewAnswer>(row.Choice, out var choice) ? choice : null,
                row.ChosenId,
                row.IsDecided)),
        ];
    }

    private sealed record Row(
        [property: Column("hubspot_id")] long HubSpotId,
        [property: Column("fields")] string Fields,
        [property: Column("match_ids")] Guid[] MatchIds,
        [property: Column("matched_by")] string? MatchedBy,
        [property: Column("choice")] string? Choice,
        [property: Column("choice_local_id")] Guid? ChosenId,
        [property: Column("is_decided")] bool IsDecided);

    private sealed record MatchRow([property: Column("id")] Guid Id, [property: Column("fields")] string Fields);
}
