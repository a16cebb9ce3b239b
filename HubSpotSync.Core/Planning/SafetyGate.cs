namespace HubSpotSync.Core.Planning;

/// <summary>What a page of work is about to do to records that both sides have.</summary>
/// <param name="Linked">How many of them the page looks at.</param>
/// <param name="Blanked">How many would lose a value on either side and get none for it.</param>
/// <param name="Gone">How many HubSpot does not have any more.</param>
public readonly record struct PageEffect(int Linked, int Blanked, int Gone);

/// <summary>
/// Stops what looks like an accident: an account that was emptied, a column that was cleared, an answer of HubSpot that
/// lacks a field. A person can say that it is meant.
/// </summary>
public static class SafetyGate
{
    /// <summary>Fewer can be put back by hand.</summary>
    public const int Fewest = 20;

    private const double ShareOfPage = 0.5;
    private const double ShareOfAll = 0.1;

    /// <summary>Whether it is worth to ask how many records there are in all.</summary>
    public static bool IsSuspicious(PageEffect effect) =>
        Worst(effect) >= Fewest && Worst(effect) > effect.Linked * ShareOfPage;

    /// <param name="waiting">Records that wait to be looked at for the same reason, with those of the page.</param>
    /// <param name="all">Records that both sides have.</param>
    public static bool Stops(PageEffect effect, int waiting, int all) =>
        IsSuspicious(effect) && waiting >= all * ShareOfAll;

    private static int Worst(PageEffect effect) => Math.Max(effect.Blanked, effect.Gone);
}
