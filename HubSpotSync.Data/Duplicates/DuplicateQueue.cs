using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Data.Duplicates;

public enum DuplicateAnswer
{
    /// <summary>Two people; nobody is asked about them again.</summary>
    Distinct,
    Later,
}

public sealed record DuplicatePair(
    [property: Column("low_id")] Guid LowId,
    [property: Column("high_id")] Guid HighId,
    [property: Column("reason")] string Reason,
    [property: Column("low")] string Low,
    [property: Column("high")] string High);

public sealed record DuplicateIds(Guid LowId, Guid HighId, string Reason);

public sealed record DuplicateCounts(
    [property: Column("open")] int Open,
    [property: Column("later")] int Later,
    [property: Column("distinct")] int Distinct,
    [property: Column("searched_at")] DateTimeOffset? SearchedAt);

/// <summary>
/// Customers who may be one person. The search is made when somebody wants it; what people said stays, whatever a later
/// search finds. A pair whose one half was archived or merged is no question any more.
/// </summary>
public sealed class DuplicateQueue(CrmDbContext db, TimeProvider clock)
{
    public async Task SearchAsync(CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.JoinTransactionAsync(cancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into duplicate_searches (workspace_id, searched_at) values ({db.WorkspaceId}, {clock.GetUtcNow()})
              on conflict (workspace_id) do update set searched_at = excluded.searched_at
            """,
            cancellationToken); // and so one search at a time
        await db.Database.ExecuteSqlAsync(
            $"""
            with found as materialized (
              select low_id, high_id, (array['Email', 'Phone', 'Name'])[rank] as reason from find_duplicate_pairs()),
            gone as (
              delete from duplicate_pairs p where p.answer is null
                and not exists (select 1 from found f where f.low_id = p.low_id and f.high_id = p.high_id))
            insert into duplicate_pairs (workspace_id, low_id, high_id, reason)
              select {db.WorkspaceId}, low_id, high_id, reason from found
              on conflict (workspace_id, low_id, high_id) do update set reason = excluded.reason
                where duplicate_pairs.reason <> excluded.reason
            """,
            cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    public async Task<DuplicateCounts> CountAsync(CancellationToken cancellationToken) =>
        (await db.Database.SqlQuery<DuplicateCounts>(
            $"""
            select count(*) filter (where p.answer is null)::int as open,
                count(*) filter (where p.answer = 'Later')::int as later,
                count(*) filter (where p.answer = 'Distinct')::int as distinct,
                (select searched_at from duplicate_searches) as searched_at
              from duplicate_pairs p
              join customers a on a.id = p.low_id and a.archived_at is null
              join customers b on b.id = p.high_id and b.archived_at is null
            """).ToListAsync(cancellationToken))[0];

    /// <param name="answer"><c>null</c>: those that nobody has answered.</param>
    public Task<List<DuplicatePair>> ReadAsync(
        DuplicateAnswer? answer, int skip, int take, CancellationToken cancellationToken) =>
        db.Database.SqlQuery<DuplicatePair>(
            $"""
            select q.low_id, q.high_id, q.reason, to_jsonb(a)::text as low, to_jsonb(b)::text as high
              from (select p.low_id, p.high_id, p.reason from duplicate_pairs p
                where p.answer is not distinct from {answer?.ToString()}
                  and exists (select 1 from customers c where c.id = p.low_id and c.archived_at is null)
                  and exists (select 1 from customers c where c.id = p.high_id and c.archived_at is null)
                order by p.low_id, p.high_id offset {skip} limit {take}) q
              join customers a on a.id = q.low_id join customers b on b.id = q.high_id
              order by q.low_id, q.high_id
            """).ToListAsync(cancellationToken);

    /// <summary>The pairs after this one, by their ids alone.</summary>
    public Task<List<DuplicateIds>> ReadAfterAsync(
        DuplicateAnswer? answer, (Guid Low, Guid High) after, int take, CancellationToken cancellationToken) =>
        db.Database.SqlQuery<DuplicateIds>(
            $"""
            select p.low_id as "LowId", p.high_id as "HighId", p.reason as "Reason" from duplicate_pairs p
              where p.answer is not distinct from {answer?.ToString()}
                and (p.low_id, p.high_id) > ({after.Low}, {after.High})
                and exists (select 1 from customers c where c.id = p.low_id and c.archived_at is null)
                and exists (select 1 from customers c where c.id = p.high_id and c.archived_at is null)
              order by p.low_id, p.high_id limit {take}
            """).ToListAsync(cancellationToken);

    /// <summary>Who may be the same person as this customer.</summary>
    public Task<List<Guid>> OfAsync(Guid customerId, CancellationToken cancellationToken) =>
        db.Database.SqlQuery<Guid>(
            $"""
            select c.id as "Value" from duplicate_pairs p
              join customers c on c.id = case when p.low_id = {customerId} then p.high_id else p.low_id end
              where (p.low_id = {customerId} or p.high_id = {customerId}) and p.answer is null and c.archived_at is null
              limit 5
            """).ToListAsync(cancellationToken);

    /// <returns>Whether there are two such customers.</returns>
    public async Task<bool> AnswerAsync(
        Guid one, Guid other, DuplicateAnswer answer, Guid? userId, CancellationToken cancellationToken) =>
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into duplicate_pairs (workspace_id, low_id, high_id, reason, answer, answered_by, answered_at)
              select a.workspace_id, a.id, b.id, 'Person', {answer.ToString()}, {userId}, {clock.GetUtcNow()}
                from customers a join customers b on a.id < b.id
                where a.id in ({one}, {other}) and b.id in ({one}, {other})
              on conflict (workspace_id, low_id, high_id) do update set answer = excluded.answer,
                answered_by = excluded.answered_by, answered_at = excluded.answered_at
            """,
            cancellationToken) > 0;
}
