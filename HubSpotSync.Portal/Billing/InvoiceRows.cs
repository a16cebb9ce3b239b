namespace HubSpotSync.Portal.Billing;

/// <summary>Invoices for a table, and the day by which they are late or not.</summary>
/// <param name="IsNarrow">On the page of a record, which says itself who the buyer is.</param>
internal sealed record InvoiceRows(IReadOnlyList<InvoiceRow> Rows, DateOnly Today, bool IsNarrow = false);
