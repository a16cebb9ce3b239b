namespace HubSpotSync.Data.Crm;

/// <summary>A person we do business with: HubSpot's contact.</summary>
public sealed class Customer : CrmRecord
{
    public const string EmailIndex = "customers_email_key";

    /// <summary>
    /// The company, among the fields that can be asked for by name: its id. No field of an admin can be called so.
    /// </summary>
    public const string CompanyField = "companyId";

    /// <summary>See <see cref="CompanyBy"/>.</summary>
    public const string ByHubSpot = "hubspot";

    public string? FirstName { get; set; }
    public string? LastName { get; set; }
    public string? Email { get; set; }
    public string? MobilePhone { get; set; }
    public string? JobTitle { get; set; }
    public string? CompanyName { get; set; }
    public string? LifecycleStage { get; set; }
    public Guid? CompanyId { get; set; }
    public Company? Company { get; set; }

    /// <summary>
    /// Whose word the company is: <c>hubspot</c>, <c>text</c> (in the contact) or <c>person</c> (here); kept by the
    /// database.
    /// </summary>
    public string? CompanyBy { get; private set; }

    /// <summary>Since when nothing is known of the person any more, because HubSpot was told to forget them.</summary>
    public DateTimeOffset? ErasedAt { get; init; }

    /// <summary>Kept by the database; lists are ordered by it.</summary>
    public string? SortName { get; private set; }

    /// <summary>Name, e-mail, company and phone, in small letters.</summary>
    public string? SearchText { get; private set; }

    public override string? ValueOf(string field) =>
        field == CompanyField ? CompanyId?.ToString() : base.ValueOf(field);

    public override void SetValue(string field, string? value)
    {
        if (field == CompanyField)
        {
            CompanyId = value is null ? null : Guid.Parse(value);
        }
        else
        {
            base.SetValue(field, value);
        }
    }
}
