using System.Globalization;

namespace HubSpotSync.Data.Billing;

/// <summary>Notes what happened to a paper; saved with the change itself.</summary>
public sealed class ActivityLog(CrmDbContext db, TimeProvider clock)
{
    /// <summary>The parameter that names the key of the program that did it.</summary>
    public const string Key = "key";

    /// <summary>Names the program that writes, where it is one.</summary>
    public static Dictionary<string, string> KeyOf(CrmDbContext db)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.ActingKey is { } key ? new() { [Key] = key.ToString() } : [];
    }

    public void Add(Paper paper, string kind, Guid? by, params (string Name, string? Value)[] more)
    {
        ArgumentNullException.ThrowIfNull(paper);
        var values = KeyOf(db);
        foreach (var (name, value) in more.Append(("number", paper.Number)))
        {
            if (value is not null)
            {
                values[name] = value;
            }
        }

        db.Activities.Add(new Activity
        {
            WorkspaceId = paper.WorkspaceId,
            CustomerId = paper.CustomerId,
            CompanyId = paper.CompanyId,
            DealId = paper.DealId,
            InvoiceId = (paper as Invoice)?.Id,
            ProposalId = (paper as Proposal)?.Id,
            Kind = kind,
            Params = values,
            By = by,
            At = clock.GetUtcNow(),
        });
    }

    public void AddMoney(Paper paper, string kind, Guid? by, decimal amount)
    {
        ArgumentNullException.ThrowIfNull(paper);
        Add(
            paper, kind, by,
            ("amount", amount.ToString(CultureInfo.InvariantCulture)), ("currency", paper.Currency));
    }
}
