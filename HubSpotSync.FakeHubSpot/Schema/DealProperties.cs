using static HubSpotSync.FakeHubSpot.Schema.Define;

namespace HubSpotSync.FakeHubSpot.Schema;

internal static class DealProperties
{
    private const string Group = "dealinformation";

    public static IEnumerable<PropertyDefinition> All() =>
    [
        .. SetByHubSpot(Group, "hs_lastmodifieddate"),
        Text("dealname", "Deal name", Group),
        Number("amount", "Amount", Group),
        Choice(
            "deal_currency_code",
            "Currency",
            Group,
            ("EUR", "Euro"),
            ("USD", "US Dollar"),
            ("GBP", "Pound Sterling"),
            ("JPY", "Japanese Yen")),
        Choice("pipeline", "Pipeline", Group),
        Choice("dealstage", "Deal stage", Group) with { FieldType = "radio" },
        Moment("closedate", "Close date", Group),
        Owner(Group),
        Choice(
            "dealtype", "Deal type", Group, ("newbusiness", "New business"), ("existingbusiness", "Existing business")),
        Choice("hs_priority", "Priority", Group, ("low", "Low"), ("medium", "Medium"), ("high", "High")),
        LongText("description", "Deal description", Group),
        LongText("closed_won_reason", "Closed won reason", Group),
        LongText("closed_lost_reason", "Closed lost reason", Group),
        ReadOnly(Flag("hs_is_closed", "Is deal closed?", Group), calculated: true),
        ReadOnly(Flag("hs_is_closed_won", "Is closed won", Group), calculated: true),
        ReadOnly(Number("hs_deal_stage_probability", "Deal probability", Group), calculated: true),
    ];
}
