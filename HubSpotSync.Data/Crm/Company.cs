namespace HubSpotSync.Data.Crm;

public sealed class Company : CrmRecord
{
    /// <summary>One company a name, of those that are known by nothing but the text in a contact.</summary>
    public const string TextIndex = "companies_text_key";

    public string? Name { get; set; }
    public string? Domain { get; set; }
    public string? Industry { get; set; }

    /// <summary>Kept by the database; lists are ordered by it.</summary>
    public string? SortName { get; private set; }
}
