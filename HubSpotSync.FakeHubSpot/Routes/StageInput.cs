using System.Globalization;
using System.Text.Json;
using HubSpotSync.FakeHubSpot.Api;
using HubSpotSync.FakeHubSpot.Store;

namespace HubSpotSync.FakeHubSpot.Routes;

/// <summary>A deal stage as a caller wrote it, checked as HubSpot does.</summary>
internal static class StageInput
{
    public const int MostStages = 100;

    public static PipelineStage Create(JsonElement body, string id, DateTimeOffset now) => new(
        id, body.Required("label"), Order(body.RequiredWhole("displayOrder")), Probability(body, null))
    {
        CreatedAt = now,
        UpdatedAt = now,
    };

    public static PipelineStage Update(PipelineStage stage, JsonElement body, DateTimeOffset now) => stage with
    {
        Label = body.Child("label") is null ? stage.Label : body.Required("label"),
        DisplayOrder = Order(body.Whole("displayOrder") ?? stage.DisplayOrder),
        Probability = Probability(body, stage.Probability),
        UpdatedAt = now,
    };

    public static void CheckTogether(IReadOnlyList<PipelineStage> stages)
    {
        switch (stages.Count)
        {
            case 0:
                throw Refuse.Validation("Pipeline must have at least one stage");
            case > MostStages:
                throw Refuse.Validation($"A deal pipeline can have up to {MostStages} stages.");
        }

        if (stages.GroupBy(stage => Plain(stage.Label)).FirstOrDefault(group => group.Count() > 1) is { } same)
        {
            throw Refuse.Validation(
                $"Stage with label {same.First().Label} already exists", "PipelineError.STAGE_LABEL_EXISTS");
        }

        if (stages.GroupBy(stage => stage.Id).Any(group => group.Count() > 1))
        {
            throw Refuse.Validation("Stage ids must be unique in a pipeline.", "PipelineError.STAGE_ID_EXISTS");
        }
    }

    /// <summary>Labels differ only when more than case and outer spaces differ.</summary>
    public static string Plain(string label) => label.Trim().ToUpperInvariant();

    public static int Order(int order) => order >= 0
        ? order
        : throw Refuse.Validation("Pipeline display order cannot be negative");

    /// <summary>
    /// HubSpot prints whole numbers with one decimal and works out from them whether the stage is closed.
    /// </summary>
    private static string Probability(JsonElement body, string? before)
    {
        if (body.Child("metadata") is { ValueKind: not JsonValueKind.Object })
        {
            throw Refuse.Validation("Invalid input JSON on line 1, column 1: metadata must be an object.");
        }

        if ((body.Child("metadata")?.Text("probability") ?? before) is not { } text)
        {
            throw Refuse.Validation("must specify probability when writing a dealstage");
        }

        return decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var share)
            && share is >= 0 and <= 1
            ? share.ToString("0.0###", CultureInfo.InvariantCulture)
            : throw Refuse.Validation(
                "dealstage probability is not valid, must be between 0.0 and 1.0 (inclusive)");
    }
}
