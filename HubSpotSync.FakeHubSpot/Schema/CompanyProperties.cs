using static HubSpotSync.FakeHubSpot.Schema.Define;

namespace HubSpotSync.FakeHubSpot.Schema;

internal static class CompanyProperties
{
    private const string Group = "companyinformation";

    public static IEnumerable<PropertyDefinition> All() =>
    [
        .. SetByHubSpot(Group, "hs_lastmodifieddate"),
        Text("name", "Company name", Group),
        Text("domain", "Company domain name", Group),
        Text("hs_additional_domains", "Additional domains", Group),
        Text("website", "Website URL", Group),
        Phone("phone", "Phone number", Group),
        Text("address", "Street address", Group),
        Text("address2", "Street address 2", Group),
        Text("city", "City", Group),
        Text("state", "State/region", Group),
        Text("zip", "Postal code", Group),
        Text("country", "Country/region", Group),
        Text("timezone", "Time zone", Group),
        LongText("description", "Description", Group),
        Number("numberofemployees", "Number of employees", Group),
        Number("annualrevenue", "Annual revenue", Group),
        Text("founded_year", "Year founded", Group),
        Owner(Group),
        Choice("lifecyclestage", "Lifecycle stage", Group, LifecycleStages.All) with { FieldType = "radio" },
        Choice(
            "industry", "Industry", Group,
            ("COMPUTER_SOFTWARE", "Computer Software"), ("RETAIL", "Retail"), ("SPORTING_GOODS", "Sporting Goods"),
            ("HOSPITALITY", "Hospitality"), ("CONSTRUCTION", "Construction"), ("FOOD_BEVERAGES", "Food & Beverages"),
            ("HOSPITAL_HEALTH_CARE", "Hospital & Health Care"), ("EDUCATION_MANAGEMENT", "Education Management"),
            ("LOGISTICS_AND_SUPPLY_CHAIN", "Logistics and Supply Chain"), ("FINANCIAL_SERVICES", "Financial Services")),
        Choice(
            "type", "Type", Group,
            ("PROSPECT", "Prospect"), ("PARTNER", "Partner"), ("RESELLER", "Reseller"), ("VENDOR", "Vendor"),
            ("OTHER", "Other")),
        ReadOnly(Number("num_associated_contacts", "Number of associated contacts", Group), calculated: true),
    ];
}
