using static HubSpotSync.FakeHubSpot.Schema.Define;

namespace HubSpotSync.FakeHubSpot.Schema;

internal static class ContactProperties
{
    private const string Group = "contactinformation";

    public static IEnumerable<PropertyDefinition> All() =>
        [.. SetByHubSpot(Group, "lastmodifieddate"), .. Person(), .. Address(), .. Sales(), .. Custom()];

    private static IEnumerable<PropertyDefinition> Person() =>
    [
        Text("email", "Email", Group) with { HasUniqueValue = true },
        LongText("hs_additional_emails", "Additional email addresses", Group),
        Text("salutation", "Salutation", Group),
        Text("firstname", "First name", Group),
        Text("lastname", "Last name", Group),
        Phone("phone", "Phone number", Group),
        Phone("mobilephone", "Mobile phone number", Group),
        Text("fax", "Fax number", Group),
        Text("company", "Company name", Group),
        Text("jobtitle", "Job title", Group),
        Text("industry", "Industry", Group),
        Text("website", "Website URL", Group),
        LongText("message", "Message", Group),
        Text("date_of_birth", "Date of birth", Group),
        Choice(
            "hs_language",
            "Preferred language",
            Group,
            ("en", "English"),
            ("de", "German"),
            ("fr", "French"),
            ("es", "Spanish"),
            ("ja", "Japanese")),
    ];

    private static IEnumerable<PropertyDefinition> Address() =>
    [
        Text("address", "Street address", Group),
        Text("city", "City", Group),
        Text("state", "State/region", Group),
        Text("zip", "Postal code", Group),
        Text("country", "Country/region", Group),
    ];

    private static IEnumerable<PropertyDefinition> Sales() =>
    [
        Owner(Group),
        Choice("lifecyclestage", "Lifecycle stage", Group, LifecycleStages.All) with { FieldType = "radio" },
        Choice(
            "hs_lead_status", "Lead status", Group,
            ("NEW", "New"), ("OPEN", "Open"), ("IN_PROGRESS", "In progress"), ("OPEN_DEAL", "Open deal"),
            ("UNQUALIFIED", "Unqualified"),
            ("ATTEMPTED_TO_CONTACT", "Attempted to contact"), ("CONNECTED", "Connected"), ("BAD_TIMING", "Bad timing")),
        ReadOnly(Number("associatedcompanyid", "Primary associated company ID", Group)),
        ReadOnly(Text("hs_calculated_merged_vids", "Merged contact IDs with timestamps", Group), calculated: true),
        Moment("notes_last_updated", "Last activity date", Group), // writable, so that there need be no activities
        Flag("hs_email_optout", "Unsubscribed from all email", "emailinformation"),
        Moment("hs_email_last_send_date", "Last marketing email send date", "emailinformation"),
    ];

    private static IEnumerable<PropertyDefinition> Custom() =>
    [
        new("customer_since", "Customer since", "date", "date", "shop"),
        new("loyalty_points", "Loyalty points", "number", "number", "shop"),
        new("interests", "Interests", "enumeration", "checkbox", "shop")
        {
            Options =
                [new("Hiking", "hiking", 0), new("Climbing", "climbing", 1), new("Water sports", "water_sports", 2)],
        },
    ];
}
