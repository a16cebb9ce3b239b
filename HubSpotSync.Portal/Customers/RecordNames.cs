using HubSpotSync.Core.Records;
using HubSpotSync.Data.Crm;
using HubSpotSync.Portal.Words;

namespace HubSpotSync.Portal.Customers;

/// <summary>What a customer or a company is called, and where it is shown.</summary>
internal static class RecordNames
{
    public static string Of(CrmRecord record) => record switch
    {
        Customer person => CustomerNames.Of(person.FirstName, person.LastName, person.Email, person.CompanyName),
        Company company => company.Name ?? company.Domain ?? "No name",
        _ => "",
    };

    public static string ListOf(RecordKind kind) => kind == RecordKind.Contact ? "/customers" : "/companies";

    public static string HrefOf(RecordKind kind, Guid id) => $"{ListOf(kind)}/{id}";

    /// <summary>"1 customer", "3,412 companies".</summary>
    public static string Count(RecordKind kind, long number) => kind == RecordKind.Contact
        ? Numbers.Of(number, "customer")
        : Numbers.Of(number, "company", "companies");

    /// <summary>As a word in a sentence.</summary>
    public static string WordOf(RecordKind kind) => kind == RecordKind.Contact ? "customer" : "company";
}
