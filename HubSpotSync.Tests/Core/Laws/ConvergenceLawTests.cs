namespace HubSpotSync.Tests.Core.Laws;

/// <summary>
/// Whatever comes between whatever, in the end both sides hold the newest edit. The reference knows nothing of merging:
/// it remembers who edited last.
/// </summary>
public sealed class ConvergenceLawTests
{
    private static readonly Step[] Any =
    [
        Step.Look, Step.Look, Step.Look, Step.Look, Step.Look, Step.Look, Step.EditHere, Step.EditHere, Step.EditThere,
        Step.EditThere, Step.EditBoth, Step.LookForLostEdits, Step.LookForLostEdits, Step.LookDies, Step.LookFreezes,
        Step.FrozenLands,
    ];

    [Fact]
    public void Both_sides_come_to_hold_the_newest_edit() => Law.Holds(Script, script =>
    {
        var sides = Play(script);
        return sides.Here == sides.Newest && sides.There == sides.Newest;
    });

    [Fact]
    public void Once_at_rest_nothing_is_ever_written_again() => Law.Holds(Script, script =>
    {
        var sides = Play(script);
        var (writes, version) = (sides.WritesToHubSpot, sides.HereVersion);
        sides.FinishLooks();
        return sides.WritesToHubSpot == writes && sides.HereVersion == version && sides.Notes.Count == 0;
    });

    private static Script Script(Draw draw)
    {
        var frozenLands = draw.OneIn(2);
        var steps = new Step[draw.Below(24)];
        for (var at = 0; at < steps.Length; at++)
        {
            steps[at] = draw.Of(Any);
        }

        return new Script(steps, frozenLands);
    }

    private static TwoSides Play(Script script)
    {
        var sides = new TwoSides();
        foreach (var step in script.Steps)
        {
            sides.Do(step);
        }

        sides.ComeToRest(script.FrozenLands);
        return sides;
    }
}

internal sealed record Script(Step[] Steps, bool FrozenLands)
{
    public override string ToString() => string.Join(' ', Steps) + (FrozenLands ? ", what is frozen lands" : "");
}
