namespace HubSpotSync.Data.Crm;

/// <summary>A person we do business with: HubSpot's contact.</summary>
public sealed class Customer : CrmRecord
{
    public const string EmailIndex = "customers_email_key";

    public string? FirstName { get; set; }
    public string? LastName { get; set; }
    public string? Email { get; set; }
    public string? MobilePhone { get; set; }
    public string? JobTitle { get; set; }
    public string? CompanyName { get; set; }
    public string? LifecycleStage { get; set; }
    public Guid? CompanyId { get; set; }
    public Company? Company { get; set; }

    /// <summary>Since when nothing is known of the person any more, because HubSpot was told to forget them.</summary>
    public DateTimeOffset? ErasedAt { get; init; }

    /// <summary>Kept by the database; lists are ordered by it.</summary>
    public string? SortName { get; private set; }
}
