using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Merging;
using HubSpotSync.Core.Records;

namespace HubSpotSync.Tests.Core.Laws;

public sealed class ValueTableLawTests
{
    [Fact]
    public void What_arrives_goes_back_as_it_came() => Law.Holds(TableCase.Any, one =>
    {
        var here = one.Field.FromHubSpot(one.HubSpotText, out var isKnown);
        return !isKnown || one.Field.ToHubSpot(here) == FieldValue.Normalize(one.Field.Type, one.HubSpotText);
    });

    [Fact]
    public void What_is_sent_comes_back_as_it_was() => Law.Holds(TableCase.Any, one =>
    {
        var here = FieldValue.Normalize(one.Field.Type, one.LocalText);
        return one.Field.ToHubSpot(here) is not { } sent
            || (one.Field.FromHubSpot(sent, out var isKnown) == here && isKnown);
    });

    [Fact]
    public void A_value_is_known_where_the_table_has_all_of_it_and_nowhere_else() => Law.Holds(TableCase.Any, one =>
    {
        one.Field.FromHubSpot(one.HubSpotText, out var isKnown);
        return isKnown == one.HubSpot.All(one.Knows)
            && one.Field.ToHubSpot(FieldValue.Normalize(one.Field.Type, one.LocalText)) is not null
                == one.Local.All(one.Names);
    });

    [Fact]
    public void What_the_table_lacks_is_written_on_neither_side() => Law.Holds(
        draw => (Case: TableCase.Any(draw), Direction: draw.Of(Enum.GetValues<FieldDirection>())),
        one =>
        {
            var field = one.Case.Field with { Direction = one.Direction };
            var map = new FieldMap(RecordKind.Contact, [field]);
            var local = RecordSnapshot.OfLocal(map, [one.Case.LocalText], default);
            var hubSpot = RecordSnapshot.OfHubSpot(
                map, new Dictionary<string, string?> { ["h"] = one.Case.HubSpotText }, default);
            var merge = ThreeWayMerge.Merge(default, local, hubSpot with { FieldClock = [default(DateTimeOffset)] });
            return (one.Case.HubSpot.All(one.Case.Knows) || merge.ChangesNothing)
                && merge.HubSpotPatch.All(change => field.ToHubSpot(change.After) is not null);
        });
}
