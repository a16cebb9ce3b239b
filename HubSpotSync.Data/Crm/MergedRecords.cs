using HubSpotSync.Core.Records;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Data.Crm;

public static class MergedRecords
{
    /// <summary>The record that this one is part of by now; itself, where nobody merged it.</summary>
    public static async Task<Guid> ThatStaysAsync(
        this CrmDbContext db, RecordKind kind, Guid id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        var found = kind == RecordKind.Contact
            ? db.Database.SqlQuery<Guid>($"""select customer_that_stays({id}) as "Value" """)
            : db.Database.SqlQuery<Guid>($"""select company_that_stays({id}) as "Value" """);
        return (await found.ToListAsync(cancellationToken))[0];
    }
}
