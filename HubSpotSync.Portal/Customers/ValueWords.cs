using System.Globalization;
using HubSpotSync.Core.Fields;
using HubSpotSync.Data.Connections;
using HubSpotSync.Portal.Pipelines;
using HubSpotSync.Portal.Shell;
using HubSpotSync.Portal.Words;

namespace HubSpotSync.Portal.Customers;

/// <summary>Values of fields as people read them: HubSpot's owners and stages by their names.</summary>
internal sealed record ValueWords(PipelineMap Map, HubSpotConnection? Connection)
{
    private const string Moment = "d MMM yyyy HH:mm 'UTC'";

    /// <summary>Of the deal: a stage is known by its id within its pipeline. Without it the first is taken.</summary>
    public string? Pipeline { get; init; }

    public string? Say(FieldMap fields, string field, string? value) => (field, value) switch
    {
        (_, null) => null,
        (StandardFields.Owner, _) => Map.OwnerOf(value),
        (StandardFields.LifecycleStage, _) => StageWords.Label(value, Connection),
        ("pipeline_id", _) => Map.Find(value)?.Label ?? value,
        ("stage_id", _) => (Map.StageOf(Pipeline, value)
            ?? Map.Stages.SelectMany(stages => stages).FirstOrDefault(stage => stage.Id == value))?.Label ?? value,
        _ when fields.PositionOf(field) is var at and >= 0 && fields.Fields[at].Type == FieldType.DateTime
            && DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, out var moment) =>
            moment.UtcDateTime.ToString(Moment, CultureInfo.InvariantCulture),
        _ => value,
    };
}

/// <summary>Reads what the words are made of.</summary>
internal sealed class ValueDictionary(PipelineStages stages, WorkspaceShell shell)
{
    public async Task<ValueWords> ReadAsync(CancellationToken cancellationToken) => new(
        await stages.ReadAsync(cancellationToken), (await shell.RequireAsync(cancellationToken)).Connection);
}
