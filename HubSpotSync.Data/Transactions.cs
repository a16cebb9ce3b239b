using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace HubSpotSync.Data;

public static class Transactions
{
    /// <summary>
    /// A transaction of the caller's own; or, where one is under way, a part in it: then only that one's end counts.
    /// </summary>
    public static async Task<IDbContextTransaction> JoinTransactionAsync(
        this DatabaseFacade database, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(database);
        return database.CurrentTransaction is { } outer
            ? new JoinedTransaction(outer.TransactionId)
            : await database.BeginTransactionAsync(cancellationToken);
    }

    /// <summary>Whoever began the transaction ends it. A part that is not committed has written nothing.</summary>
    private sealed class JoinedTransaction(Guid id) : IDbContextTransaction
    {
        public Guid TransactionId => id;

        public void Commit()
        {
        }

        public Task CommitAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

        public void Rollback() => throw new InvalidOperationException("Whoever began the transaction ends it.");

        public Task RollbackAsync(CancellationToken cancellationToken = default) =>
            throw new InvalidOperationException("Whoever began the transaction ends it.");

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
