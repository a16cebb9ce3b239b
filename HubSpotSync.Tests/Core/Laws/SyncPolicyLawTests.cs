using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Planning;
using HubSpotSync.Core.Records;

namespace HubSpotSync.Tests.Core.Laws;

public sealed class SyncPolicyLawTests
{
    private static readonly RecordKind[] Kinds = Enum.GetValues<RecordKind>();

    [Fact]
    public void No_field_travels_further_than_mode_and_kind_allow() => Law.Holds(
        MapOf,
        one => one.Map.Fields.All(field => !field.TravelsToHubSpot
            || (one.Kind == RecordKind.Contact && one.Policy.Mode != SyncMode.HubSpotIsSource
                && field.Name is not (StandardFields.LifecycleStage or "hubspot_owner_id"))));

    [Fact]
    public void A_field_that_stands_still_for_the_moment_is_off_and_no_other_for_it() => Law.Holds(MapOf, one =>
    {
        var every = one.Policy.WithEveryField().MapOf(one.Kind);
        return one.Map.Fields.Zip(every.Fields).All(pair =>
            one.Policy.DisabledFields.Contains((one.Kind, pair.First.Name))
                ? pair.First == pair.Second with { Direction = FieldDirection.Off }
                : pair.First == pair.Second);
    });

    [Fact]
    public void What_records_are_told_apart_by_is_never_switched_off_by_a_rule() => Law.Holds(
        MapOf,
        one => one.Policy.WithEveryField().MapOf(one.Kind).Fields.All(field => field.Direction != FieldDirection.Off
            || field.Type is not (FieldType.Email or FieldType.Domain)));

    [Fact]
    public void Whoever_is_in_scope_stays_so_when_the_scope_is_widened() => Law.Holds(
        draw => (Case: PlanCase.Any(draw), What: draw.Below(4)),
        one =>
        {
            var (pair, policy) = (one.Case.Pair, one.Case.Policy);
            var wider = one.What switch
            {
                0 => policy with { LifecycleStages = [] },
                1 => policy with { Lists = [] },
                2 => policy with { Activity = null },
                _ => policy,
            };
            return policy.KeepsOut(pair, PlanCase.Now) is not null
                || wider.KeepsOut(one.What == 3 ? pair with { IsFromHere = true } : pair, PlanCase.Now) is null;
        });

    private static (RecordKind Kind, SyncPolicy Policy, FieldMap Map) MapOf(Draw draw)
    {
        var (kind, policy) = (draw.Of(Kinds), PolicyCase.Fields(draw));
        return (kind, policy, policy.MapOf(kind));
    }
}
