using System.Globalization;
using HubSpotSync.Core.Billing;
using HubSpotSync.Portal.Customers.Csv;
using HubSpotSync.Portal.Words;

namespace HubSpotSync.Portal.Billing;

/// <summary>Writes all that the list of invoices finds, row by row, whatever its length.</summary>
internal sealed class InvoiceExport(InvoiceList invoices)
{
    public async Task WriteAsync(InvoiceQuery query, DateOnly today, Stream to, CancellationToken cancellationToken)
    {
        await using var file = CsvText.Open(to);
        await file.WriteAsync(CsvText.Line(
        [
            "Invoice", "State", "Buyer", "Date", "Due", "Days overdue", "Net", "Tax", "Total", "Paid", "Open",
            "Currency", "Id",
        ]));
        await foreach (var row in invoices.StreamAsync(query, today).WithCancellation(cancellationToken))
        {
            var decimals = Currency.Find(row.Currency)?.MinorUnits ?? 2;
            var late = InvoiceRules.DaysOverdue(row.State, row.DueOn, today);
            await file.WriteAsync(CsvText.Line(
            [
                row.Number, BillingWords.Chip(row.State, 0).Word, row.Buyer, Dates.Field(row.IssuedOn),
                Dates.Field(row.DueOn), late > 0 ? late.ToString(CultureInfo.InvariantCulture) : null,
                .. new[] { row.Net, row.Tax, row.Total, row.Paid, row.Balance }
                    .Select(money => AmountText.Write(money, decimals)),
                row.Currency, row.Id.ToString(),
            ]));
        }
    }
}
