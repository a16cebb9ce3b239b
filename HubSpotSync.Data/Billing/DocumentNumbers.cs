using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Data.Billing;

public enum NumberedKind
{
    Invoice,
    Proposal,
}

/// <summary>
/// Numbers without gaps. The row stays locked until the caller's transaction ends, so who comes next waits, and a
/// transaction that fails gives its number back.
/// </summary>
public sealed class DocumentNumbers(CrmDbContext db)
{
    /// <remarks>Inside a transaction, after every other lock: it is the one that all sendings share.</remarks>
    public async Task<long> NextAsync(NumberedKind kind, CancellationToken cancellationToken)
    {
        if (db.Database.CurrentTransaction is null)
        {
            throw new InvalidOperationException("A number is taken inside the transaction that uses it.");
        }

        var name = kind.ToString();
        var numbers = await db.Database.SqlQuery<long>(
            $"""
            insert into document_numbers as n (workspace_id, kind, last_number) values ({db.WorkspaceId}, {name}, 1)
              on conflict (workspace_id, kind) do update set last_number = n.last_number + 1
              returning last_number as "Value"
            """).ToListAsync(cancellationToken);
        return numbers[0];
    }

    /// <summary>The number that the next sending gets, unless another one comes first.</summary>
    public async Task<long> PeekAsync(NumberedKind kind, CancellationToken cancellationToken)
    {
        var name = kind.ToString();
        var last = await db.Database.SqlQuery<long>(
            $"""select last_number as "Value" from document_numbers where kind = {name}""")
            .ToListAsync(cancellationToken);
        return last.FirstOrDefault() + 1;
    }

    /// <summary>Goes on after another program's numbers. Only before the first one was given.</summary>
    /// <returns>Whether it was early enough.</returns>
    public async Task<bool> StartAtAsync(NumberedKind kind, long first, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(first, 1);
        var (name, last) = (kind.ToString(), first - 1);
        var written = await db.Database.ExecuteSqlAsync(
            $"""
            insert into document_numbers as n (workspace_id, kind, last_number)
              select {db.WorkspaceId}, {name}, {last}
                where not exists (select 1 from invoices where sequence is not null and {name} = 'Invoice')
                  and not exists (select 1 from proposals where sequence is not null and {name} = 'Proposal')
              on conflict (workspace_id, kind) do update set last_number = excluded.last_number
            """,
            cancellationToken);
        return written == 1;
    }
}
