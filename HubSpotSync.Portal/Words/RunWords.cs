using HubSpotSync.Data.Runs;

namespace HubSpotSync.Portal.Words;

internal static class RunWords
{
    public static string Trigger(RunTrigger trigger) => trigger switch
    {
        RunTrigger.Initial => "First sync",
        RunTrigger.Manual => "Sync now",
        RunTrigger.Schedule => "By schedule",
        RunTrigger.Rules => "New rules",
        RunTrigger.Review => "Import review",
        _ => trigger.ToString(),
    };

    /// <summary>Who or what asked for it.</summary>
    public static string Who(SyncRun run, string? name) => (name, run.Trigger) switch
    {
        (not null, _) => name,
        (_, RunTrigger.Schedule or RunTrigger.Rules or RunTrigger.Review) => "By itself",
        _ => "The operator",
    };

    public static string Depth(RunDepth depth) => depth switch
    {
        RunDepth.Full => "Every record",
        RunDepth.Decided => "Whom you let in",
        _ => "What had changed",
    };

    public static string Step(RunStep? step) => step switch
    {
        RunStep.Owners => "Reading who owns what",
        RunStep.Pipelines => "Reading pipelines and stages",
        RunStep.Lists => "Reading who is in the lists",
        RunStep.Companies => "Bringing companies",
        RunStep.Contacts => "Bringing contacts",
        RunStep.Deals => "Bringing deals",
        RunStep.Decided => "Bringing whom you let in",
        RunStep.Push => "Creating your customers in HubSpot",
        RunStep.Overwritten => "Looking over what was written to HubSpot",
        RunStep.Retries => "Trying again what failed",
        _ => "Getting ready",
    };

    public static string State(RunState state) => state switch
    {
        RunState.Waiting => "Waiting",
        RunState.Running => "Running",
        RunState.Done => "Done",
        RunState.Failed => "Failed",
        RunState.Cancelled => "Stopped",
        _ => state.ToString(),
    };

    /// <summary>Tabler's colour of a state; the word always stands beside it.</summary>
    public static string Color(RunState state) => state switch
    {
        RunState.Done => "green",
        RunState.Failed => "red",
        RunState.Running => "blue",
        _ => "secondary",
    };
}
