using HubSpotSync.Data.Connections;
using HubSpotSync.Portal.Words;

namespace HubSpotSync.Portal.Rules;

/// <summary>"Customer and Subscriber contacts sync, every day at 02:00".</summary>
internal static class RuleHeading
{
    private const int MostNamed = 3;

    public static string Of(HubSpotConnection connection)
    {
        var stages = connection.LifecycleStages;
        var who = stages.Length switch
        {
            0 => "All contacts",
            <= MostNamed =>
                Numbers.List([.. stages.Select(stage => StageWords.Label(stage, connection))]) + " contacts",
            _ => $"Contacts of {stages.Length} stages",
        };
        var lists = connection.ListIds.Length == 0 ? "" : $" in {Numbers.Of(connection.ListIds.Length, "list")}";
        var activity = connection.Activity is { } filter
            ? ", " + RuleWords.Activity(filter.IsActive, filter.Days) + ","
            : "";
        return $"{who}{lists}{activity} sync {RuleWords.Schedule(connection.Schedule)}";
    }
}
