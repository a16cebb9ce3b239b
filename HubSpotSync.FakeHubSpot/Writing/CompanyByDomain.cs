using HubSpotSync.FakeHubSpot.Store;

namespace HubSpotSync.FakeHubSpot.Writing;

/// <summary>
/// HubSpot can link a contact to the company its address belongs to, and makes that company where there is none. Off
/// unless the settings ask for it.
/// </summary>
internal static class CompanyByDomain
{
    /// <summary>Addresses at these say nothing about where somebody works.</summary>
    private static readonly HashSet<string> FreeMail = new(StringComparer.OrdinalIgnoreCase)
    {
        "gmail.com", "googlemail.com", "yahoo.com", "yahoo.co.uk", "hotmail.com", "hotmail.co.uk", "outlook.com",
        "live.com", "msn.com", "icloud.com", "me.com", "mac.com", "aol.com", "gmx.de", "gmx.net", "gmx.at", "gmx.ch",
        "web.de", "t-online.de", "freenet.de", "protonmail.com", "proton.me", "mail.com", "orange.fr", "free.fr",
        "laposte.net", "libero.it", "wanadoo.fr", "qq.com", "163.com", "yandex.ru", "mail.ru",
    };

    public static void Join(FakeAccount account, CrmRecord contact, WriteContext context)
    {
        var domain = contact.Value("email")?.Split('@')[^1];
        if (string.IsNullOrEmpty(domain) || FreeMail.Contains(domain))
        {
            return;
        }

        var company = Find(account, domain) ?? Make(account, domain, context);
        var primary = AssociationKind.Find(1, ObjectType.Contact, ObjectType.Company)!; // in HubSpot's table
        var hasPrimary = account.Associations.Of(ObjectType.Contact, contact.Id, ObjectType.Company)
            .Any(link => link.TypeIds.Contains(primary.TypeId));
        new AssociationWriter(account, context).Link(
            hasPrimary ? AssociationKind.Default(ObjectType.Contact, ObjectType.Company) : primary,
            contact.Id,
            company.Id);
    }

    private static CrmRecord? Find(FakeAccount account, string domain) =>
        account.Store(ObjectType.Company).Records.FirstOrDefault(
            company => !company.Archived
                && (Is(company.Value("domain"), domain)
                    || (company.Value("hs_additional_domains") ?? "").Split(';').Any(other => Is(other, domain))));

    private static CrmRecord Make(FakeAccount account, string domain, WriteContext context)
    {
        var writer = new RecordWriter(account, ObjectType.Company, context with { HeldToForms = false });
        var properties = new Dictionary<string, string> { ["name"] = domain, ["domain"] = domain };
        return writer.Commit(writer.PlanCreate(new RecordInput(properties)));
    }

    private static bool Is(string? one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
