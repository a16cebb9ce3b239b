using System.ComponentModel.DataAnnotations.Schema;
using HubSpotSync.Core.Planning;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Data.Bulk;

/// <summary>What is kept here about contacts of HubSpot, whether or not they have come.</summary>
/// <param name="IsCandidate">A person was asked about it.</param>
public sealed record ArrivingContact(bool IsInLists, ReviewDecision? Decision, bool IsCandidate);

/// <summary>Reads it for a page, in one query, and in none where nothing is kept.</summary>
public sealed class ArrivingContacts(CrmDbContext db)
{
    private bool? _anyReviewed;

    public async Task<IReadOnlyDictionary<long, ArrivingContact>> ReadAsync(
        Guid connectionId, SyncPolicy policy, long[] hubSpotIds, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(policy);
        var asks = policy.IsUnderReview || policy.Duplicates == DuplicateRule.Ask;
        if (policy.Lists.IsEmpty && !asks && !await AnyReviewedAsync(connectionId, cancellationToken))
        {
            return new Dictionary<long, ArrivingContact>();
        }

        long[] lists = [.. policy.Lists];
        var rows = await db.Database.SqlQuery<Row>(
            $"""
            select p.id, exists (select 1 from list_members m where m.connection_id = {connectionId}
                  and m.hubspot_id = p.id and m.list_id = any({lists})) as in_lists,
                d.answer, d.local_id, c.hubspot_id is not null as is_candidate
              from unnest({hubSpotIds}) as p(id)
              left join import_decisions d on d.connection_id = {connectionId} and d.hubspot_id = p.id
              left join import_candidates c on c.connection_id = {connectionId} and c.hubspot_id = p.id
            """).ToListAsync(cancellationToken);
        return rows.ToDictionary(
            row => row.Id, row => new ArrivingContact(row.InLists, row.Decision, row.IsCandidate));
    }

    private async Task<bool> AnyReviewedAsync(Guid connectionId, CancellationToken cancellationToken) =>
        _anyReviewed ??= (await db.Database.SqlQuery<bool>(
            $"""
            select exists (select 1 from import_decisions where connection_id = {connectionId})
              or exists (select 1 from import_candidates where connection_id = {connectionId}) as "Value"
            """).ToListAsync(cancellationToken))[0];

    private sealed record Row(
        [property: Column("id")] long Id,
        [property: Column("in_lists")] bool InLists,
        [property: Column("answer")] string? Answer,
        [property: Column("local_id")] Guid? LocalId,
        [property: Column("is_candidate")] bool IsCandidate)
    {
        public ReviewDecision? Decision =>
            Answer is null ? null : new ReviewDecision(Enum.Parse<ReviewAnswer>(Answer), LocalId);
    }
}
