namespace HubSpotSync.Data.Crm;

/// <summary>A person we do business with: HubSpot's contact.</summary>
public sealed class Customer : IWorkspaceOwned
{
    public const string EmailIndex = "customers_email_key";

    public Guid Id { get; init; }
    public Guid WorkspaceId { get; init; }
    public string? FirstName { get; set; }
    public string? LastName { get; set; }
    public string? Email { get; set; }
    public string? Phone { get; set; }
    public string? MobilePhone { get; set; }
    public string? JobTitle { get; set; }
    public string? CompanyName { get; set; }
    public string? Website { get; set; }
    public string? Address { get; set; }
    public string? City { get; set; }
    public string? State { get; set; }
    public string? PostalCode { get; set; }
    public string? Country { get; set; }
    public string? LifecycleStage { get; set; }

    /// <summary>HubSpot's id of the owner; see <see cref="Owner"/>.</summary>
    public string? HubspotOwnerId { get; set; }
    public Guid? CompanyId { get; set; }
    public Company? Company { get; set; }

    /// <summary><c>local</c> or <c>hubspot</c>: where the record was first known.</summary>
    public string Source { get; init; } = "local";
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; set; }
    public DateTimeOffset? ArchivedAt { get; set; }

    /// <summary>The customer this one has become part of, since HubSpot or a person merged the two.</summary>
    public Guid? MergedInto { get; init; }

    /// <summary>Kept by the database; lists are ordered by it.</summary>
    public string? SortName { get; private set; }

    /// <summary>Row version.</summary>
    public uint Version { get; private set; }
}
