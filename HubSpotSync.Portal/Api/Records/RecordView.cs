using System.ComponentModel;
using System.Text.Json.Serialization;
using HubSpotSync.Core.Records;
using HubSpotSync.Data.Connections;
using HubSpotSync.Data.Crm;
using HubSpotSync.Portal.Customers;
using HubSpotSync.Portal.Customers.Writing;

namespace HubSpotSync.Portal.Api.Records;

/// <summary>The record's other half.</summary>
internal sealed record HubSpotRecord(long Id, string Url)
{
    public static HubSpotRecord? Of(HubSpotConnection? connection, RecordKind kind, long? id) =>
        connection is null || id is null
            ? null
            : new HubSpotRecord(id.Value, HubSpotLinks.Record(connection, kind, id.Value));
}

internal sealed record TagView(Guid Id, string Name);

/// <summary>A customer or a company.</summary>
internal sealed record RecordView
{
    public required Guid Id { get; init; }

    [Description("How people see it in lists.")]
    public required string Name { get; init; }

    [Description("Every field by its name, also those that an admin added; null where it is empty.")]
    public required IReadOnlyDictionary<string, string?> Fields { get; init; }

    [Description("The company that a customer belongs to.")]
    public Guid? CompanyId { get; init; }

    [Description("Words that people here sort by, by name.")]
    public required IReadOnlyList<TagView> Tags { get; init; }

    [Description("Where it was first known: local, hubspot or contact.")]
    public required string Source { get; init; }

    [Description("The same record in HubSpot; null while it is not there.")]
    public HubSpotRecord? HubSpot { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public DateTimeOffset? ArchivedAt { get; init; }

    [Description("The record it has become part of.")]
    public Guid? MergedInto { get; init; }

    public static RecordView Of(
        CrmRecord record, RecordRules rules, long? hubSpotId, IEnumerable<Tag> tags) => new()
    {
        Id = record.Id,
        Name = RecordNames.Of(record),
        Fields = rules.Map.Fields.ToDictionary(field => field.Name, field => record.ValueOf(field.Name)),
        CompanyId = (record as Customer)?.CompanyId,
        Tags = [.. tags.Select(tag => new TagView(tag.Id, tag.Name))],
        Source = record.Source,
        HubSpot = HubSpotRecord.Of(rules.Connection, rules.Map.Kind, hubSpotId),
        CreatedAt = record.CreatedAt,
        UpdatedAt = record.UpdatedAt,
        ArchivedAt = record.ArchivedAt,
        MergedInto = record.MergedInto,
    };
}

/// <summary>What a record is to say.</summary>
internal sealed record RecordInput
{
    [Description("By field name; null empties a field, and fields that are not here stay as they are.")]
    public required Dictionary<string, string?> Fields { get; init; }

    [Description("The company that a customer belongs to; null for none. Without it that stays as it is.")]
    public Guid? CompanyId
    {
        get;
        init => (field, HasCompany) = (value, true);
    }

    /// <summary>Whether the company was sent, which may be none.</summary>
    [JsonIgnore]
    public bool HasCompany { get; private init; }

    /// <summary>All that is to be written.</summary>
    public IReadOnlyDictionary<string, string?> Values() => HasCompany
        ? new Dictionary<string, string?>(Fields) { [Customer.CompanyField] = CompanyId?.ToString() }
        : Fields;

    /// <summary>What an edit calls a field, as a program calls it.</summary>
    public static string NameOf(string field) => field is "" or Customer.CompanyField ? field : $"fields.{field}";

    /// <returns>By field, as it was sent; <c>null</c>: nothing is.</returns>
    public Dictionary<string, string>? Wrong(RecordKind kind) =>
        Fields.ContainsKey(Customer.CompanyField)
            ? new() { [$"fields.{Customer.CompanyField}"] = "Name the company beside the fields, as companyId." }
        : HasCompany && kind != RecordKind.Contact
            ? new() { [Customer.CompanyField] = "Only a customer belongs to a company." }
        : null;
}
