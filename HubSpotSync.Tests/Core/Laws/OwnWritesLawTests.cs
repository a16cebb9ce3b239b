using HubSpotSync.Core.Merging;

namespace HubSpotSync.Tests.Core.Laws;

public sealed class OwnWritesLawTests
{
    [Fact]
    public void A_write_is_taken_for_landed_just_where_it_landed() => Law.Holds(SentCase.Any, one =>
        Landed(one.Recognize().Settled).SetEquals(one.Landed));

    [Fact]
    public void What_landed_last_is_what_was_agreed_on() => Law.Holds(SentCase.Any, one =>
        one.Recognize().Ancestor.SequenceEqual(one.Expected));

    [Fact]
    public void What_cannot_land_any_more_is_given_up_and_nothing_else() => Law.Holds(SentCase.Any, one =>
        one.Recognize().Settled.Where(write => !write.HasLanded).Select(write => write.Id)
            .SequenceEqual(one.Sent.Where(write => write.IsOld && !one.Landed.Contains(write.Id))
                .Select(write => write.Id)));

    [Fact]
    public void What_people_entered_is_never_taken_for_ours() => Law.Holds(SentCase.Any, one =>
    {
        var entered = one with
        {
            History = [.. one.History.Select(field => field.Select(version => version with { ByIntegration = false })
                .ToArray())],
        };
        var (ancestor, settled) = entered.Recognize();
        return Landed(settled).Count == 0 && ancestor.All(value => value == SentCase.Agreed);
    });

    [Fact]
    public void Each_version_is_the_doing_of_one_write() => Law.Holds(SentCase.Any, one =>
    {
        var twice = one with
        {
            Sent = [.. one.Sent.SelectMany(write => new[] { write, write with { Id = Guid.Empty } })],
        };
        return twice.Recognize().Settled.Count(write => write.HasLanded) == one.Landed.Count;
    });

    [Fact]
    public void What_is_known_to_have_landed_is_neither_settled_nor_agreed_on_anew() => Law.Holds(SentCase.Any, one =>
    {
        var known = one with
        {
            Sent = [.. one.Sent.Select(write => write with { HasLanded = one.Landed.Contains(write.Id) })],
        };
        var (ancestor, settled) = known.Recognize();
        return Landed(settled).Count == 0 && ancestor.All(value => value == SentCase.Agreed);
    });

    [Fact]
    public void Without_the_history_nothing_is_told() => Law.Holds(SentCase.Any, one =>
    {
        var (ancestor, settled) = one.Recognize(hasHistory: false);
        return settled.Length == 0 && ancestor.All(value => value == SentCase.Agreed)
            && OwnWrites.AreDoubtful(one.Sent) == one.Sent.Length > 0;
    });

    private static HashSet<Guid> Landed(IEnumerable<SentWrite> settled) =>
        [.. settled.Where(write => write.HasLanded).Select(write => write.Id)];
}
