using System.Globalization;
using HubSpotSync.Core.Planning;
using HubSpotSync.Core.Scheduling;

namespace HubSpotSync.Tests.Core.Rules;

internal static class SafetyRules
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    public static void Stop(RuleRow row) => row.Says("stops", SafetyGate.Stops(
        new PageEffect(Given(row, "linked"), Given(row, "would lose a value"), Given(row, "gone from HubSpot")),
        Given(row, "waiting"),
        Given(row, "all")));

    public static void Erase(RuleRow row) => row.Says("erased", Erasure.IsLikely(
        row.Yes("HubSpot said so"),
        DaysAgo(row, "archived, days ago"),
        DaysAgo(row, "last seen, days ago"),
        Given(row, "gone together"),
        Now));

    public static void Wait(RuleRow row)
    {
        var wait = Backoff.Delay(
            Given(row, "failed before"),
            TimeSpan.FromSeconds(Given(row, "first, s")),
            TimeSpan.FromSeconds(Given(row, "most, s")),
            Given(row, "chance, %") / 100.0);
        row.Says("waits, s", wait.TotalSeconds.ToString(CultureInfo.InvariantCulture));
    }

    private static int Given(RuleRow row, string column) => row.Number(column)!.Value; // these columns have no gaps

    private static DateTimeOffset? DaysAgo(RuleRow row, string column) =>
        row.Number(column) is { } days ? Now.AddDays(-days) : null;
}
