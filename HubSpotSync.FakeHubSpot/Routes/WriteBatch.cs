using HubSpotSync.FakeHubSpot.Api;
using HubSpotSync.FakeHubSpot.Wire;
using HubSpotSync.FakeHubSpot.Writing;

namespace HubSpotSync.FakeHubSpot.Routes;

/// <summary>
/// One bad record fails the whole batch and only the first error is told, unless every input has a trace id: then
/// each stands for itself. Ids that do not exist are told one by one either way.
/// </summary>
internal sealed class WriteBatch(ApiCall call, IReadOnlyList<RecordInput> inputs)
{
    private readonly RecordWriter _writer = call.Writer();
    private readonly List<RecordBody> _results = [];
    private readonly List<ErrorBody> _errors = [];

    public bool SaysNew { get; init; }
    public bool NeverPartial { get; init; }

    public IResult Run(int status, Func<RecordWriter, RecordInput, PlannedWrite?> plan)
    {
        RefuseRepeatedValues();
        if (!NeverPartial && inputs.All(input => input.TraceId is not null))
        {
            RunEach(plan);
        }
        else
        {
            RunTogether(plan);
        }

        return BatchBody<RecordBody>.Answer(call.Clock.Now, _results, _errors, status);
    }

    private void RunEach(Func<RecordWriter, RecordInput, PlannedWrite?> plan)
    {
        foreach (var input in inputs)
        {
            try
            {
                Commit(plan(_writer, input));
            }
            catch (RefusalException refusal) when (refusal.Error is { } error)
            {
                _errors.Add(error with { Context = With(error.Context, input.TraceId!) }); // every input has one here
            }
        }
    }

    private void RunTogether(Func<RecordWriter, RecordInput, PlannedWrite?> plan)
    {
        var plans = new List<PlannedWrite?>();
        foreach (var input in inputs)
        {
            try
            {
                plans.Add(plan(_writer, input));
            }
            catch (RefusalException refusal) when (refusal is { Status: 404, Error: { } error })
            {
                _errors.Add(error);
            }
        }

        plans.ForEach(Commit);
    }

    private void Commit(PlannedWrite? plan)
    {
        if (plan is not null)
        {
            var body = ObjectWrites.Written(call, _writer.Commit(plan), plan.Input);
            _results.Add(SaysNew ? body with { New = plan.Existing is null } : body);
        }
    }

    private void RefuseRepeatedValues()
    {
        foreach (var property in call.Account.Schema(call.Type).Unique)
        {
            var repeated = inputs.Select(input => input.Properties.GetValueOrDefault(property.Name))
                .Where(value => !string.IsNullOrEmpty(value))
                .GroupBy(value => value, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1);
            if (repeated is not null)
            {
                throw new RefusalException(
                    409, new ErrorBody($"Duplicate values of {property.Name} found in batch input", "CONFLICT"));
            }
        }
    }

    private static Dictionary<string, IReadOnlyList<string>> With(
        IReadOnlyDictionary<string, IReadOnlyList<string>>? context, string traceId) =>
        new(context ?? new Dictionary<string, IReadOnlyList<string>>()) { ["objectWriteTraceId"] = [traceId] };
}
