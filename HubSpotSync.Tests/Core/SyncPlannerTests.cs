using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Matching;
using HubSpotSync.Core.Planning;
using HubSpotSync.Core.Records;

namespace HubSpotSync.Tests.Core;

public sealed class SyncPlannerTests
{
    private static readonly SyncPolicy TwoWay = new(SyncMode.TwoWay, ["customer"]);
    private static readonly SyncPolicy OneWay = new(SyncMode.HubSpotIsSource, ["customer"]);
    private static readonly Guid Id = Guid.NewGuid();
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    private static readonly MatchResult Linked = new MatchResult.Matched(Id, MatchedBy.Link);

    [Fact]
    public void A_new_contact_in_scope_is_created_here() =>
        Assert.IsType<RecordPlan.CreateLocal>(SyncPlanner.Plan(Inward(Contact("a@example.com")), TwoWay, Now));

    [Theory]
    [InlineData("lead")]
    [InlineData(null)]
    public void A_contact_out_of_scope_is_excluded_even_when_linked(string? stage)
    {
        var local = Contact("a@example.com");
        var pair = new PairState(local, false, Contact("a@example.com", stage), Linked, local.Values);

        Assert.Equal(new RecordPlan.Excluded(OutcomeReason.StageNotInScope), SyncPlanner.Plan(pair, TwoWay, Now));
    }

    [Fact]
    public void Without_a_filter_every_contact_is_in_scope()
    {
        var everything = new SyncPolicy(SyncMode.TwoWay, []);

        Assert.IsType<RecordPlan.CreateLocal>(
            SyncPlanner.Plan(Inward(Contact("a@example.com", null)), everything, Now));
    }

    [Fact]
    public void Several_matches_are_left_to_a_person() => Assert.Equal(
        new RecordPlan.NeedsReview(OutcomeReason.SeveralMatches),
        SyncPlanner.Plan(Inward(Contact("a@example.com"), new MatchResult.Ambiguous([Id])), TwoWay, Now));

    [Fact]
    public void Nobody_is_asked_about_a_contact_that_is_out_of_scope() => Assert.Equal(
        new RecordPlan.Excluded(OutcomeReason.StageNotInScope),
        SyncPlanner.Plan(Inward(Contact("a@example.com", "lead"), new MatchResult.Ambiguous([Id])), TwoWay, Now));

    [Fact]
    public void A_linked_pair_that_agrees_needs_nothing()
    {
        var contact = Contact("a@example.com");
        var pair = new PairState(contact, false, contact, Linked, contact.Values);

        Assert.IsType<RecordPlan.Nothing>(SyncPlanner.Plan(pair, TwoWay, Now));
    }

    [Fact]
    public void Both_sides_coming_to_the_same_new_value_is_remembered()
    {
        var before = Contact("a@example.com");
        var after = Contact("b@example.com");

        var plan = SyncPlanner.Plan(new PairState(after, false, after, Linked, before.Values), TwoWay, Now);

        var update = Assert.IsType<RecordPlan.Update>(plan);
        Assert.True(update.Merge.ChangesNothing);
        Assert.Equal(after.Values, update.Merge.Ancestor);
    }

    [Fact]
    public void Who_was_archived_here_stays_archived()
    {
        var contact = Contact("a@example.com");
        var pair = new PairState(contact, true, contact, new MatchResult.Matched(Id, MatchedBy.Email), default);

        Assert.Equal(new RecordPlan.Excluded(OutcomeReason.ArchivedHere), SyncPlanner.Plan(pair, TwoWay, Now));
    }

    [Fact]
    public void Only_two_way_creates_in_HubSpot()
    {
        var pair = new PairState(Contact("a@example.com"), false, null, new MatchResult.None(), default);

        Assert.IsType<RecordPlan.CreateInHubSpot>(SyncPlanner.Plan(pair, TwoWay, Now));
        Assert.IsType<RecordPlan.Nothing>(SyncPlanner.Plan(pair, OneWay, Now));
    }

    [Fact]
    public void Nobody_without_name_and_address_is_created_in_HubSpot() => Assert.Equal(
        new RecordPlan.Excluded(OutcomeReason.NothingToIdentifyBy),
        SyncPlanner.Plan(new PairState(Contact(null), false, null, new MatchResult.None(), default), TwoWay, Now));

    [Fact]
    public void Where_HubSpot_is_the_source_nothing_is_ever_patched_there()
    {
        var map = OneWay.MapOf(RecordKind.Contact);
        var local = Contact("a@example.com") with { Map = map, Values = Contact("mine@example.com").Values };
        var hubSpot = Contact("a@example.com") with { Map = map };

        var plan = SyncPlanner.Plan(new PairState(local, false, hubSpot, Linked, hubSpot.Values), OneWay, Now);

        Assert.Empty(Assert.IsType<RecordPlan.Update>(plan).Merge.HubSpotPatch);
    }

    [Theory]
    [InlineData(RecordKind.Contact, SyncMode.HubSpotIsSource, FieldDirection.Out, FieldDirection.Off)]
    [InlineData(RecordKind.Contact, SyncMode.HubSpotIsSource, FieldDirection.Both, FieldDirection.In)]
    [InlineData(RecordKind.Contact, SyncMode.LocalIsSource, FieldDirection.In, FieldDirection.In)]
    [InlineData(RecordKind.Company, SyncMode.TwoWay, FieldDirection.Off, FieldDirection.Off)]
    [InlineData(RecordKind.Deal, SyncMode.TwoWay, FieldDirection.Out, FieldDirection.In)]
    public void A_custom_field_goes_with_the_mode(
        RecordKind kind, SyncMode mode, FieldDirection wanted, FieldDirection expected)
    {
        var policy = new SyncPolicy(mode, [])
        {
            CustomFields = [new CustomField(kind, new FieldDefinition("f", "h", FieldType.Text, wanted))],
        };

        Assert.Equal(expected, policy.MapOf(kind).Fields[^1].Direction);
    }

    private static PairState Inward(RecordSnapshot contact, MatchResult? match = null) =>
        new(null, false, contact, match ?? new MatchResult.None(), default);

    private static RecordSnapshot Contact(string? email, string? stage = "customer") => RecordSnapshot.OfLocal(
        StandardFields.Contacts,
        [.. StandardFields.Contacts.Fields.Select(field => field.Name switch
        {
            StandardFields.Email => email,
            StandardFields.LifecycleStage => stage,
            _ => null,
        })],
        DateTimeOffset.UnixEpoch);
}
