namespace HubSpotSync.Core.Billing;

/// <summary>Money that came in, or, with <paramref name="RefundOf"/>, went back of what had come in.</summary>
/// <param name="Amount">Above zero, both ways.</param>
public sealed record LedgerEntry(Guid Id, decimal Amount, Guid? RefundOf = null);

/// <summary>So much of one payment goes back.</summary>
public sealed record RefundPart(Guid PaymentId, decimal Amount);

/// <summary>The payments and refunds of one invoice, oldest first.</summary>
public sealed class PaymentLedger(IReadOnlyList<LedgerEntry> entries)
{
    /// <summary>What came in, less what went back.</summary>
    public decimal Paid => entries.Sum(entry => entry.RefundOf is null ? entry.Amount : -entry.Amount);

    /// <summary>What is left of each payment, oldest first.</summary>
    public IReadOnlyList<RefundPart> Left() =>
    [
        .. entries.Where(entry => entry.RefundOf is null)
            .Select(payment => new RefundPart(
                payment.Id,
                payment.Amount - entries.Where(entry => entry.RefundOf == payment.Id).Sum(entry => entry.Amount))),
    ];

    /// <summary>
    /// Of which payments a refund is taken: of the newest one first, and of none more than is left of it.
    /// </summary>
    /// <param name="amount">Above zero and no more than <see cref="Paid"/>.</param>
    public IReadOnlyList<RefundPart> Allocate(decimal amount)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(amount);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(amount, Paid);
        var parts = new List<RefundPart>();
        foreach (var left in Left().Reverse().Where(left => left.Amount > 0))
        {
            var taken = Math.Min(left.Amount, amount);
            parts.Add(left with { Amount = taken });
            amount -= taken;
            if (amount == 0)
            {
                break;
            }
        }

        return parts;
    }
}
