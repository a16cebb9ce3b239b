using HubSpotSync.Core.Records;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HubSpotSync.Portal.Customers.Csv;

/// <summary>What the pages of an import call its records.</summary>
/// <param name="List">The address of their list.</param>
/// <param name="Known">Those that are here already.</param>
internal sealed record ImportWords(RecordKind Kind, string List, string Title, string Many, string Known)
{
    private static readonly ImportWords Customers = new(
        RecordKind.Contact, "/customers", "Customers", "customers", "customers who are here already");

    private static readonly ImportWords Companies = new(
        RecordKind.Company, "/companies", "Companies", "companies", "companies that are here already");

    public string Address => $"{List}/import";

    /// <summary>The pages are the same for both, in a folder each.</summary>
    public static ImportWords Of(PageContext page) =>
        page.ActionDescriptor.ViewEnginePath.StartsWith("/Companies/", StringComparison.Ordinal)
            ? Companies
            : Customers;
}
