using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Data.Billing;

/// <summary>A paper that somebody holds the code of, and the workspace to enter before reading it.</summary>
public sealed record PaperPlace(Guid WorkspaceId, Guid? InvoiceId, Guid? ProposalId);

/// <summary>The codes behind which buyers see their papers.</summary>
public sealed class PaperCodes(CrmDbContext db)
{
    private const int Length = 32;
    private const string Letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    /// <summary>190 bits: nobody finds one by trying.</summary>
    public static string Create() => RandomNumberGenerator.GetString(Letters, Length);

    public async Task<PaperPlace?> FindAsync(string? code, CancellationToken cancellationToken)
    {
        if (code?.Length != Length)
        {
            return null;
        }

        var places = await db.Database.SqlQuery<PaperPlace>(
            $"""
            select workspace_id as "WorkspaceId", invoice_id as "InvoiceId", proposal_id as "ProposalId"
              from paper_of_code({code})
            """).ToListAsync(cancellationToken);
        return places.FirstOrDefault();
    }
}
