namespace HubSpotSync.Portal.Billing;

/// <summary>Invoices for a table, and the day by which they are late or not.</summary>
internal sealed record InvoiceRows(IReadOnlyList<InvoiceRow> Rows, DateOnly Today);
