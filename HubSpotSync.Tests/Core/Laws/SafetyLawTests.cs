using HubSpotSync.Core.Planning;
using HubSpotSync.Core.Scheduling;

namespace HubSpotSync.Tests.Core.Laws;

public sealed class SafetyLawTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_safety_stop_never_opens_as_more_is_lost() => Law.Holds(
        draw => (Page: Page(draw), Waiting: draw.Below(300), All: draw.Below(2000), More: Page(draw),
            Away: draw.Below(50)),
        one =>
        {
            var worse = one.Page with
            {
                Blanked = one.Page.Blanked + one.More.Blanked,
                Gone = one.Page.Gone + one.More.Gone,
            };
            return !SafetyGate.Stops(one.Page, one.Waiting, one.All)
                || SafetyGate.Stops(worse, one.Waiting + one.More.Linked, Math.Max(0, one.All - one.Away));
        });

    [Fact]
    public void A_page_is_stopped_only_for_more_than_a_handful_and_more_than_half() => Law.Holds(
        draw => (Page: Page(draw), Waiting: draw.Below(300), All: draw.Below(2000)),
        one =>
        {
            var most = Math.Max(one.Page.Blanked, one.Page.Gone);
            return SafetyGate.Stops(one.Page, one.Waiting, one.All)
                == (most >= 20 && 2 * most > one.Page.Linked && 10 * one.Waiting >= one.All);
        });

    [Fact]
    public void Nobody_is_taken_for_erased_unless_told_or_seen_of_late_and_then_not_many_at_once() => Law.Holds(
        draw => (Told: draw.OneIn(3), Archived: Day(draw), Swept: Day(draw), Together: draw.Below(12)),
        one => Erasure.IsLikely(one.Told, At(one.Archived), At(one.Swept), one.Together, Now)
            == (one.Told || (one.Together <= 5 && (one.Archived ?? one.Swept) is < 85)));

    [Fact]
    public void A_wait_is_at_least_half_of_what_it_could_be_and_never_over_the_most() => Law.Holds(
        draw => (Attempt: draw.OneIn(4) ? draw.Below(int.MaxValue) : draw.Below(12), First: 1 + draw.Below(5000),
            Most: 1 + draw.Below(600_000), Jitter: draw.Below(1001) / 1000.0),
        one =>
        {
            var (first, most) = (TimeSpan.FromMilliseconds(one.First), TimeSpan.FromMilliseconds(one.Most));
            var full = Backoff.Delay(one.Attempt, first, most, 0);
            var wait = Backoff.Delay(one.Attempt, first, most, one.Jitter);
            var next = one.Attempt < int.MaxValue ? Backoff.Delay(one.Attempt + 1, first, most, 0) : full;
            return full <= most && full > TimeSpan.Zero && wait <= full && wait >= full / 2
                && next >= full && next <= 2 * full;
        });

    private static PageEffect Page(Draw draw) => new(draw.Below(101), draw.Below(101), draw.Below(101));

    private static int? Day(Draw draw) => draw.OneIn(3) ? null : draw.Below(200);

    private static DateTimeOffset? At(int? daysAgo) => daysAgo is { } days ? Now.AddDays(-days) : null;
}
