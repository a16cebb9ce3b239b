using System.ComponentModel;
using HubSpotSync.Core.Records;
using HubSpotSync.Data.Crm;
using HubSpotSync.Portal.Api.Http;
using HubSpotSync.Portal.Customers;
using HubSpotSync.Portal.Customers.Merging;

namespace HubSpotSync.Portal.Api.Records;

/// <summary>Which record becomes a part of this one.</summary>
internal sealed record MergeInput
{
    [Description("Id of the one that goes: it is archived, and says whose part it has become.")]
    public required Guid With { get; init; }

    [Description("Names of fields whose value is taken from the one that goes; without it those that are empty here.")]
    public IReadOnlyList<string>? Take { get; init; }
}

/// <summary>Merges two customers or two companies as a program wants it.</summary>
internal sealed class RecordMerging(MergeDesk desk, RecordService records)
{
    public async Task<IResult> MergeAsync(
        RecordKind kind, Guid id, MergeInput input, HttpContext http, CancellationToken cancellationToken)
    {
        if (await desk.FindAsync(kind, id, cancellationToken) is not { } mine)
        {
            return ApiProblem.NotFound();
        }

        if (input.With == id || await desk.FindAsync(kind, input.With, cancellationToken) is not { } other)
        {
            return ApiProblem.Invalid("with", $"There is no such {RecordNames.WordOf(kind)} beside this one.");
        }

        var pair = await desk.CompareAsync(kind, mine, other, cancellationToken);
        var (fromOther, problem) = Read(pair, input.Take);
        if (problem is not null)
        {
            return problem;
        }

        return await desk.MergeAsync(kind, pair, fromOther, cancellationToken) switch
        {
            MergeAnswer.NotFound => ApiProblem.NotFound(),
            MergeAnswer.Archived => ApiProblem.Conflict(
                "archived", "One of the two is archived or part of a third one. Restore it, or merge with that one."),
            MergeAnswer.ValueTaken => ApiProblem.Conflict(
                "exists_already", "A third one has a value that you take. Leave that field out."),
            _ => await records.ReadAsync(kind, id, http, cancellationToken),
        };
    }

    private static (HashSet<string> FromOther, IResult? Problem) Read(MergePair pair, IReadOnlyList<string>? take)
    {
        var wanted = take?.ToHashSet(StringComparer.Ordinal);
        var fromOther = pair.FromOther(row => wanted?.Contains(row.Name) ?? row.TakesTheirs);
        var isKnown = wanted?.All(name => pair.Fields.Contains(name)) ?? true;
        IResult? problem = !isKnown ? ApiProblem.Invalid("take", "Not all of these are names of fields.")
            : pair.Rows.Any(row => row is { IsLocked: true, TakesTheirs: false } && wanted?.Contains(row.Name) == true)
                ? ApiProblem.Of(
                    StatusCodes.Status422UnprocessableEntity, "hubspot_owns_field",
                    "Some of these belong to HubSpot and stay as they are there. Leave them out.",
                    new Dictionary<string, string> { ["take"] = "HubSpot owns a field of these." })
            : null;
        return (fromOther, problem);
    }
}
