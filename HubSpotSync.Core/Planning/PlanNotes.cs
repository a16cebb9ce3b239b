namespace HubSpotSync.Core.Planning;

/// <summary>Where the planner writes down what it asks, for who wants to know. It decides the same without.</summary>
internal sealed class PlanNotes
{
    private readonly List<PlanStep> _steps = [];

    public IReadOnlyList<PlanStep> Steps => _steps;

    public void Add(PlanRule rule, bool holds, bool decides) => _steps.Add(new PlanStep(rule, holds, decides));
}

internal static class PlanAsking
{
    /// <summary>A rule that decides where it holds.</summary>
    public static bool Decides(this PlanNotes? notes, PlanRule rule, bool holds)
    {
        notes?.Add(rule, holds, decides: holds);
        return holds;
    }

    /// <summary>A rule that only says which rules are asked next.</summary>
    public static bool Leads(this PlanNotes? notes, PlanRule rule, bool holds)
    {
        notes?.Add(rule, holds, decides: false);
        return holds;
    }

    /// <summary>Nothing stands against it.</summary>
    public static TPlan Syncs<TPlan>(this PlanNotes? notes, TPlan plan)
        where TPlan : RecordPlan
    {
        notes?.Add(PlanRule.Syncs, holds: true, decides: true);
        return plan;
    }
}
