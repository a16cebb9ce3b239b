using HubSpotSync.Core.Billing;
using HubSpotSync.Portal.Customers.Csv;
using HubSpotSync.Portal.Words;

namespace HubSpotSync.Portal.Billing;

/// <summary>Writes all that the filters find, row by row, whatever its length.</summary>
internal sealed class PaymentExport(PaymentList payments)
{
    public async Task WriteAsync(PaymentQuery query, Stream to, CancellationToken cancellationToken)
    {
        await using var file = CsvText.Open(to);

        // Two columns of money, for a minus at the beginning is what a formula begins with.
        await file.WriteAsync(CsvText.Line(
            ["Date", "Invoice", "Buyer", "How", "Reference", "Came in", "Went back", "Currency", "Id", "Invoice id"]));
        await foreach (var row in payments.StreamAsync(query).WithCancellation(cancellationToken))
        {
            var amount = AmountText.Write(Math.Abs(row.Amount), Currency.Find(row.Currency)?.MinorUnits ?? 2);
            await file.WriteAsync(CsvText.Line(
            [
                Dates.Field(row.PaidOn), row.Number, row.Buyer, row.Method, row.Reference,
                row.Amount < 0 ? null : amount, row.Amount < 0 ? amount : null, row.Currency, row.Id.ToString(),
                row.InvoiceId.ToString(),
            ]));
        }
    }
}
