using HubSpotSync.Data.Connections;

namespace HubSpotSync.Portal.Words;

/// <summary>Lifecycle stages by the name their HubSpot account gives them.</summary>
internal static class StageWords
{
    public const string None = "No stage";

    public static string Label(string? stage, HubSpotConnection? connection)
    {
        if (string.IsNullOrEmpty(stage))
        {
            return None;
        }

        var label = connection?.StageOptions.Find(option => option.Value == stage)?.Label;
        return string.IsNullOrEmpty(label) ? Known(stage) : label;
    }

    private static string Known(string stage) => stage switch
    {
        "marketingqualifiedlead" => "Marketing qualified lead",
        "salesqualifiedlead" => "Sales qualified lead",
        _ => char.ToUpperInvariant(stage[0]) + stage[1..].Replace('_', ' '),
    };
}
