using HubSpotSync.Core.Records;

namespace HubSpotSync.Portal.Customers;

/// <summary>Names of a kind in statements that are the same for customers and companies.</summary>
/// <param name="Column">Names one of them in other tables.</param>
/// <param name="Live">Holds for rows <c>r</c> of which something may be noted.</param>
/// <param name="Word">Begins the names of what happened to one.</param>
internal sealed record RecordSql(string Table, string Tags, string Column, string Live, string Word)
{
    private static readonly RecordSql Customers =
        new("customers", "customer_tags", "customer_id", "r.erased_at is null", "customer");

    private static readonly RecordSql Companies = new("companies", "company_tags", "company_id", "true", "company");

    public static RecordSql Of(RecordKind kind) => kind == RecordKind.Contact ? Customers : Companies;
}
