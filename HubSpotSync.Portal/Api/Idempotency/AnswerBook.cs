using System.Text.Json;
using HubSpotSync.Data;
using HubSpotSync.Portal.Api.Http;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Api.Idempotency;

/// <summary>Keeps for a day what requests with an Idempotency-Key were answered.</summary>
internal sealed class AnswerBook(CrmDbContext db)
{
    private sealed record Row(byte[] Hash, int? Status, string Headers, string? Body);

    /// <summary>Inside of the transaction that does the work.</summary>
    /// <returns>Whether the work is ours; where another one is at it, this waits for its end.</returns>
    public async Task<bool> BeginAsync(Guid program, string key, byte[] hash, CancellationToken cancellationToken) =>
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into api_answers (key_id, idempotency_key, workspace_id, request_hash)
              values ({program}, {key}, {db.WorkspaceId}, {hash})
              on conflict (key_id, idempotency_key) do nothing
            """,
            cancellationToken) == 1;

    public Task KeepAsync(Guid program, string key, GivenAnswer answer, CancellationToken cancellationToken)
    {
        var headers = JsonSerializer.Serialize(answer.Headers);
        return db.Database.ExecuteSqlAsync(
            $"""
            update api_answers set status = {answer.Status}, headers = {headers}::jsonb, body = {answer.Body}
              where key_id = {program} and idempotency_key = {key}
            """,
            cancellationToken);
    }

    public async Task<(byte[] Hash, IResult Answer)?> FindAsync(
        Guid program, string key, CancellationToken cancellationToken)
    {
        var rows = await db.Database.SqlQuery<Row>(
            $"""
            select request_hash as "Hash", status as "Status", headers::text as "Headers", body as "Body"
              from api_answers where key_id = {program} and idempotency_key = {key}
            """).ToListAsync(cancellationToken);
        if (rows is not [{ Status: { } status } row])
        {
            return null;
        }

        var headers = JsonSerializer.Deserialize<Dictionary<string, string>>(row.Headers) ?? [];
        return (row.Hash, row.Body is null
            ? ApiProblem.Of(
                StatusCodes.Status410Gone, "erased",
                "It was done once, and the answer is forgotten since, because a person in it was erased.")
            : new GivenAnswer(status, headers, row.Body));
    }
}
