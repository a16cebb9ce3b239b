using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;

namespace HubSpotSync.Portal.Billing;

internal enum InvoiceFilter
{
    All,
    Draft,
    Open,
    Overdue,
    Paid,
    Void,
}

/// <summary>What the address of the invoice list asks for.</summary>
internal sealed record InvoiceQuery(string? Search, InvoiceFilter Filter, Guid? Customer, int Page)
{
    public const string Path = "/invoices";

    public static InvoiceQuery Of(string? search, string? filter, Guid? customer, int page) => new(
        search?.Trim() is { Length: > 0 } wanted ? wanted : null,
        Enum.TryParse<InvoiceFilter>(filter, ignoreCase: true, out var parsed) && Enum.IsDefined(parsed)
            ? parsed
            : InvoiceFilter.All,
        customer,
        Math.Max(1, page));

    public string Href(
        InvoiceFilter? filter = null, int page = 1, bool anyCustomer = false, string path = Path) =>
        QueryHelpers.AddQueryString(path, new Dictionary<string, string?>(
            new (string Name, string? Value)[]
            {
                ("q", Search),
                ("state", (filter ?? Filter) is not InvoiceFilter.All and var chosen
                    ? chosen.ToString().ToLowerInvariant()
                    : null),
                ("customer", anyCustomer ? null : Customer?.ToString()),
                ("page", page > 1 ? page.ToString(CultureInfo.InvariantCulture) : null),
            }
            .Where(pair => pair.Value is not null)
            .Select(pair => KeyValuePair.Create(pair.Name, pair.Value))));
}
