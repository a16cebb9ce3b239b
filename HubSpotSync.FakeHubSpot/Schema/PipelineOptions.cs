using HubSpotSync.FakeHubSpot.Store;

namespace HubSpotSync.FakeHubSpot.Schema;

/// <summary>The choices of a deal's pipeline and stage follow the account's pipelines.</summary>
internal static class PipelineOptions
{
    public static void Show(FakeAccount account)
    {
        var pipelines = account.Pipelines.OrderBy(pipeline => pipeline.DisplayOrder).ToList();
        Put(account, "pipeline", pipelines.Select(pipeline => (pipeline.Id, pipeline.Label)));
        Put(
            account,
            "dealstage",
            pipelines.SelectMany(pipeline => pipeline.Stages).Select(stage => (stage.Id, stage.Label)));
    }

    private static void Put(FakeAccount account, string property, IEnumerable<(string Id, string Label)> choices)
    {
        var schema = account.Schema(ObjectType.Deal);
        schema.Put(schema.Find(property)! with // HubSpot's own property
        {
            Options = [.. choices.Select((choice, index) => new PropertyOption(choice.Label, choice.Id, index))],
        });
    }
}
