using HubSpotSync.Core.Records;

namespace HubSpotSync.Core.Fields;

/// <summary>The fields that are mapped before an admin changes anything.</summary>
public static class StandardFields
{
    public const string Email = "email";
    public const string LifecycleStage = "lifecycle_stage";

    /// <summary>HubSpot's id of the owner.</summary>
    public const string Owner = "hubspot_owner_id";
    public const string Domain = "domain";

    /// <summary>A company that HubSpot knows by nothing but this text of a contact.</summary>
    public const string CompanyName = "company_name";

    /// <summary>
    /// Contacts travel both ways, except the lifecycle stage, which HubSpot refuses to move back and which therefore
    /// only arrives, and the owner, who is a user of HubSpot.
    /// </summary>
    public static FieldMap Contacts { get; } = new(RecordKind.Contact,
    [
        new("first_name", "firstname", FieldType.Text),
        new("last_name", "lastname", FieldType.Text),
        new(Email, "email", FieldType.Email),
        new("phone", "phone", FieldType.Phone),
        new("mobile_phone", "mobilephone", FieldType.Phone),
        new("job_title", "jobtitle", FieldType.Text),
        new(CompanyName, "company", FieldType.Text),
        new("website", "website", FieldType.Text),
        new("address", "address", FieldType.Text),
        new("city", "city", FieldType.Text),
        new("state", "state", FieldType.Text),
        new("postal_code", "zip", FieldType.Text),
        new("country", "country", FieldType.Text),
        new(LifecycleStage, "lifecyclestage", FieldType.Enumeration, FieldDirection.In, ConflictRule.HubSpot),
        new(Owner, Owner, FieldType.Enumeration, FieldDirection.In, ConflictRule.HubSpot),
    ]);

    /// <summary>Companies only arrive.</summary>
    public static FieldMap Companies { get; } = new FieldMap(RecordKind.Company,
    [
        new("name", "name", FieldType.Text),
        new(Domain, "domain", FieldType.Domain),
        new("phone", "phone", FieldType.Phone),
        new("website", "website", FieldType.Text),
        new("industry", "industry", FieldType.Enumeration),
        new("address", "address", FieldType.Text),
        new("city", "city", FieldType.Text),
        new("state", "state", FieldType.Text),
        new("postal_code", "zip", FieldType.Text),
        new("country", "country", FieldType.Text),
        new(Owner, Owner, FieldType.Enumeration),
    ]).OwnedByHubSpot();

    /// <summary>Deals only arrive. A stage is known by its id within its pipeline, never by its label.</summary>
    public static FieldMap Deals { get; } = new FieldMap(RecordKind.Deal,
    [
        new("name", "dealname", FieldType.Text),
        new("amount", "amount", FieldType.Number),
        new("currency", "deal_currency_code", FieldType.Enumeration),
        new("pipeline_id", "pipeline", FieldType.Enumeration),
        new("stage_id", "dealstage", FieldType.Enumeration),
        new("close_date", "closedate", FieldType.DateTime),
        new(Owner, Owner, FieldType.Enumeration),
    ]).OwnedByHubSpot();
}
