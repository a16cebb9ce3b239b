using HubSpotSync.Core.Fields;
using HubSpotSync.Data.Connections;
using HubSpotSync.Data.Crm;

namespace HubSpotSync.Portal.Customers;

internal enum FieldOwner
{
    /// <summary>Only here.</summary>
    Local,

    /// <summary>Edits travel both ways.</summary>
    Both,

    /// <summary>Edited in HubSpot only.</summary>
    HubSpot,
}

/// <summary>A field of a record as a page shows it.</summary>
internal sealed record FieldFact(string Name, string Label, string? Value, FieldOwner Owner);

internal static class FieldFacts
{
    public static IReadOnlyList<FieldFact> Of(Customer customer, FieldMap map, HubSpotConnection? connection) =>
        [.. map.Fields.Select(field => new FieldFact(
            field.Name, LabelOf(field), ValueOf(customer, field.Name), OwnerOf(field, connection)))];

    public static IReadOnlyList<FieldFact> Of(Company company, FieldMap map, HubSpotConnection? connection) =>
        [.. map.Fields.Select(field => new FieldFact(
            field.Name, LabelOf(field), ValueOf(company, field.Name), OwnerOf(field, connection)))];

    public static string LabelOf(FieldMap map, string name) =>
        map.PositionOf(name) is var at and >= 0 ? LabelOf(map.Fields[at]) : name;

    private static string LabelOf(FieldDefinition field) => field.Name switch
    {
        "hubspot_owner_id" => "Owner",
        "email" => "E-mail",
        "company_name" => "Company name",
        _ => field.Label,
    };

    private static FieldOwner OwnerOf(FieldDefinition field, HubSpotConnection? connection) =>
        (connection, field.Direction) switch
        {
            (null, _) => FieldOwner.Local,
            (_, FieldDirection.In) => FieldOwner.HubSpot,
            (_, FieldDirection.Both) => FieldOwner.Both,
            _ => FieldOwner.Local,
        };

    private static string? ValueOf(Customer customer, string field) => field switch
    {
        "first_name" => customer.FirstName,
        "last_name" => customer.LastName,
        "email" => customer.Email,
        "phone" => customer.Phone,
        "mobile_phone" => customer.MobilePhone,
        "job_title" => customer.JobTitle,
        "company_name" => customer.CompanyName,
        "website" => customer.Website,
        "address" => customer.Address,
        "city" => customer.City,
        "state" => customer.State,
        "postal_code" => customer.PostalCode,
        "country" => customer.Country,
        "lifecycle_stage" => customer.LifecycleStage,
        "hubspot_owner_id" => customer.HubspotOwnerId,
        _ => null,
    };

    private static string? ValueOf(Company company, string field) => field switch
    {
        "name" => company.Name,
        "domain" => company.Domain,
        "phone" => company.Phone,
        "website" => company.Website,
        "industry" => company.Industry,
        "address" => company.Address,
        "city" => company.City,
        "state" => company.State,
        "postal_code" => company.PostalCode,
        "country" => company.Country,
        "hubspot_owner_id" => company.HubspotOwnerId,
        _ => null,
    };
}
