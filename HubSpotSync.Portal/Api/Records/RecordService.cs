using HubSpotSync.Core.Records;
using HubSpotSync.Data.Crm;
using HubSpotSync.Portal.Api.Http;
using HubSpotSync.Portal.Customers.Tags;
using HubSpotSync.Portal.Customers.Writing;

namespace HubSpotSync.Portal.Api.Records;

/// <summary>Customers and companies for programs: read with their other half, written by the one writer.</summary>
internal sealed class RecordService(RuleBook book, RecordWriter writer, TagBook tags, TimeProvider clock)
{
    public async Task<IReadOnlyList<RecordView>> ViewsAsync(
        RecordKind kind, IReadOnlyList<CrmRecord> records, CancellationToken cancellationToken)
    {
        var rules = await book.ReadAsync(kind, cancellationToken);
        var linked = await book.LinkedAsync(rules, [.. records.Select(record => record.Id)], cancellationToken);
        var tagsOf = await tags.OfManyAsync(kind, [.. records.Select(record => record.Id)], cancellationToken);
        return [.. records.Select(record => RecordView.Of(
            record, rules, linked.TryGetValue(record.Id, out var id) ? id : null, tagsOf[record.Id]))];
    }

    public async Task<IResult> ReadAsync(
        RecordKind kind, Guid id, HttpContext http, CancellationToken cancellationToken)
    {
        if (await writer.FindAsync(kind, id, cancellationToken) is not { } record)
        {
            return ApiProblem.NotFound();
        }

        http.SayVersion(record.Version);
        return TypedResults.Ok((await ViewsAsync(kind, [record], cancellationToken))[0]);
    }

    public async Task<IResult> CreateAsync(
        RecordKind kind, RecordInput input, HttpContext http, CancellationToken cancellationToken)
    {
        if (input.Wrong(kind) is { } wrong)
        {
            return ApiProblem.Invalid(wrong);
        }

        var id = Guid.CreateVersion7(clock.GetUtcNow());
        var answer = await writer.CreateAsync(kind, id, input.Values(), cancellationToken);
        if (answer is not WriteAnswer.Saved)
        {
            return await RefusalAsync(kind, answer, input, http, cancellationToken);
        }

        var record = (await writer.FindAsync(kind, id, cancellationToken))!; // just saved
        http.SayVersion(record.Version);
        http.Response.Headers.Location = $"{PathOf(kind)}/{id}";
        return TypedResults.Created((string?)null, (await ViewsAsync(kind, [record], cancellationToken))[0]);
    }

    public async Task<IResult> UpdateAsync(
        RecordKind kind, Guid id, RecordInput input, HttpContext http, CancellationToken cancellationToken)
    {
        var (seen, problem) = http.ReadIfMatch();
        problem ??= input.Wrong(kind) is { } wrong ? ApiProblem.Invalid(wrong) : null;
        if (problem is not null)
        {
            return problem;
        }

        var edit = new RecordEdit(id, input.Values()) { Version = seen!.Number }; // there without a problem
        var answer = await writer.UpdateAsync(kind, edit, cancellationToken);
        return answer is WriteAnswer.Saved
            ? await ReadAsync(kind, id, http, cancellationToken)
            : await RefusalAsync(kind, answer, input, http, cancellationToken);
    }

    public async Task<IResult> MoveAsync(
        RecordKind kind, Guid id, bool archive, HttpContext http, CancellationToken cancellationToken)
    {
        var answer = archive
            ? await writer.ArchiveAsync(kind, id, cancellationToken)
            : await writer.RestoreAsync(kind, id, cancellationToken);
        return answer is WriteAnswer.Saved
            ? await ReadAsync(kind, id, http, cancellationToken)
            : await RefusalAsync(kind, answer, null, http, cancellationToken);
    }

    private async Task<IResult> RefusalAsync(
        RecordKind kind, WriteAnswer answer, RecordInput? input, HttpContext http, CancellationToken cancellationToken)
    {
        switch (answer)
        {
            case WriteAnswer.Clash clash:
                var theirs = clash.Theirs;
                http.SayVersion(theirs.Version);
                return RowVersions.ChangedMeanwhile(
                    clash.Fields.ToDictionary(
                        RecordInput.NameOf,
                        field => new BothValues(input?.Values().GetValueOrDefault(field), theirs.ValueOf(field))),
                    (await ViewsAsync(kind, [theirs], cancellationToken))[0]);
            case WriteAnswer.Refused { OtherId: { } other } refused:
                return ApiProblem.Of(
                    StatusCodes.Status409Conflict, "exists_already", string.Join(' ', refused.Problems.Values),
                    Named(refused), ("otherId", other), ("other", $"{PathOf(kind)}/{other}"));
            case WriteAnswer.Refused { HubSpotHref: { } href } refused:
                return ApiProblem.Of(
                    StatusCodes.Status422UnprocessableEntity, "hubspot_owns_field",
                    string.Join(' ', refused.Problems.Values), Named(refused), ("editAt", href));
            case WriteAnswer.Refused refused:
                return ApiProblem.Invalid(Named(refused));
            default:
                return ApiProblem.NotFound();
        }
    }

    private static Dictionary<string, string> Named(WriteAnswer.Refused refused) => refused.Problems.ToDictionary(
        problem => RecordInput.NameOf(problem.Key), problem => problem.Value);

    public static string PathOf(RecordKind kind) => kind == RecordKind.Contact ? "/api/customers" : "/api/companies";
}
