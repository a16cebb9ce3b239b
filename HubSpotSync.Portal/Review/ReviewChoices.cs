using System.ComponentModel.DataAnnotations.Schema;
using HubSpotSync.Core.Planning;
using HubSpotSync.Data;
using HubSpotSync.Data.Connections;
using HubSpotSync.Data.Runs;
using HubSpotSync.Portal.Access;
using HubSpotSync.Portal.Rules;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Review;

/// <summary>A choice for one contact, as a file brings it.</summary>
internal sealed record FileChoice(long HubSpotId, ReviewAnswer? Answer, Guid? CustomerId);

/// <summary>
/// Keeps what people choose for candidates, and turns it into decisions when they say so. A choice that does not go
/// with a candidate (replacing where nobody is alike, one of several without saying which) is left out and counted.
/// </summary>
internal sealed class ReviewChoices(CrmDbContext db, RunRequests runs, AuditLog audit, TimeProvider clock)
{
    public const string Decided = "hubspot.review_decided";

    /// <param name="answer"><c>null</c> takes the choice back.</param>
    /// <param name="ids"><c>null</c>: everybody whom the filter shows.</param>
    /// <returns>How many took it.</returns>
    public Task<int> MarkAsync(
        Guid connectionId, ReviewAnswer? answer, long[]? ids, ReviewQuery query, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync(
            $"""
            update import_candidates c
              set choice = {answer?.ToString()}, choice_local_id = case when {answer?.ToString()}::text is not null
                then coalesce(c.choice_local_id, case when cardinality(c.match_ids) = 1 then c.match_ids[1] end) end
              where c.connection_id = {connectionId}
                and ({ids}::bigint[] is null or c.hubspot_id = any({ids}))
                and ({ids}::bigint[] is not null or is_shown({query.Show}, c.match_ids, c.choice))
                and ({ids}::bigint[] is not null or {query.Search}::text is null
                  or c.hubspot_id in (select hubspot_id from search_candidates({connectionId}, {query.Search})))
                and goes_with({answer?.ToString()}, c.match_ids, c.choice_local_id)
                and not exists (select 1 from import_decisions d
                  where d.connection_id = c.connection_id and d.hubspot_id = c.hubspot_id)
            """,
            cancellationToken);

    public Task<int> ChooseAsync(
        Guid connectionId, IReadOnlyList<FileChoice> choices, CancellationToken cancellationToken)
    {
        var ids = choices.Select(choice => choice.HubSpotId).ToArray();
        var answers = choices.Select(choice => choice.Answer?.ToString()).ToArray();
        var customers = choices.Select(choice => choice.CustomerId).ToArray();
        return db.Database.ExecuteSqlAsync(
            $"""
            update import_candidates c
              set choice = f.answer, choice_local_id = coalesce(f.customer,
                case when cardinality(c.match_ids) = 1 then c.match_ids[1] end)
              from unnest({ids}, {answers}, {customers}) as f(id, answer, customer)
              where c.connection_id = {connectionId} and c.hubspot_id = f.id
                and (f.customer is null or f.customer = any(c.match_ids))
                and goes_with(f.answer, c.match_ids, f.customer)
                and not exists (select 1 from import_decisions d
                  where d.connection_id = c.connection_id and d.hubspot_id = c.hubspot_id)
            """,
            cancellationToken);
    }

    /// <summary>What was chosen becomes decided, and a run carries it out.</summary>
    /// <returns>How many were decided; the run is asked for in any case, so that a second press goes on.</returns>
    public async Task<int> DecideAsync(HubSpotConnection connection, Guid? userId, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var now = clock.GetUtcNow();
        var counts = await db.Database.SqlQuery<Count>(
            $"""
            with decided as (
              insert into import_decisions (connection_id, hubspot_id, workspace_id, answer, local_id, decided_by,
                  decided_at)
                select c.connection_id, c.hubspot_id, c.workspace_id, c.choice,
                    case when c.choice in ('Import', 'Replace') then c.choice_local_id end, {userId}, {now}
                  from import_candidates c where c.connection_id = {connection.Id} and c.choice is not null
                  order by c.hubspot_id
                on conflict do nothing
                returning answer)
            select answer, count(*)::int as contacts from decided group by answer
            """).ToListAsync(cancellationToken);
        if (counts.Count > 0)
        {
            audit.Add(
                userId, Decided, $"hub {connection.HubId}", null,
                counts.ToDictionary(count => count.Answer, count => count.Contacts));
            await db.SaveChangesAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        await runs.RequestAsync(connection.Id, RunTrigger.Review, RunDepth.Decided, userId, cancellationToken);
        return counts.Sum(count => count.Contacts);
    }

    /// <summary>Puts a connection under review, or ends that; a full run follows.</summary>
    public async Task ReviewAsync(
        Guid connectionId, bool isUnderReview, Guid? userId, CancellationToken cancellationToken)
    {
        var connection = await db.Connections.SingleAsync(one => one.Id == connectionId, cancellationToken);
        if (connection.IsUnderReview == isUnderReview)
        {
            return;
        }

        audit.Add(
            userId, RulesSaving.Action, $"hub {connection.HubId}",
            new { review = connection.IsUnderReview }, new { review = isUnderReview });
        (connection.IsUnderReview, connection.RulesChangedAt) = (isUnderReview, clock.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        var trigger = connection.FirstRunDoneAt is null ? RunTrigger.Initial : RunTrigger.Rules;
        await runs.RequestAsync(connectionId, trigger, RunDepth.Full, userId, cancellationToken);
    }

    private sealed record Count(
        [property: Column("answer")] string Answer, [property: Column("contacts")] int Contacts);
}
