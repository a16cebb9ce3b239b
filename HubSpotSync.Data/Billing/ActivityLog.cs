using System.Globalization;

namespace HubSpotSync.Data.Billing;

/// <summary>Notes what happened to a paper; saved with the change itself.</summary>
public sealed class ActivityLog(CrmDbContext db, TimeProvider clock)
{
    public void Add(Paper paper, string kind, Guid? by, params (string Name, string? Value)[] more)
    {
        ArgumentNullException.ThrowIfNull(paper);
        var values = more.Append(("number", paper.Number)).Where(value => value.Item2 is not null);
        db.Activities.Add(new Activity
        {
            WorkspaceId = paper.WorkspaceId,
            CustomerId = paper.CustomerId,
            CompanyId = paper.CompanyId,
            DealId = paper.DealId,
            InvoiceId = (paper as Invoice)?.Id,
            ProposalId = (paper as Proposal)?.Id,
            Kind = kind,
            Params = values.ToDictionary(value => value.Item1, value => value.Item2!), // filtered above
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
