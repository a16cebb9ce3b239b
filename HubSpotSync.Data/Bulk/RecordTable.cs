using System.Collections.Immutable;
using System.Globalization;
using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Records;

namespace HubSpotSync.Data.Bulk;

/// <summary>
/// Where the records of a kind live and how their mapped columns are read and written as text. A field's name is its
/// column's name; both come from the map and never from outside.
/// </summary>
public sealed class RecordTable
{
    private RecordTable(FieldMap map, string name, string? keyColumn)
    {
        (Map, Name, KeyColumn) = (map, name, keyColumn);
        ReadColumns = string.Join(", ", map.Fields.Select(Read));
        var columns = map.Fields.Index().Where(field => !field.Item.IsCustom)
            .Select(field => (field.Item.Name, Value: Write(field.Item, field.Index))).ToList();
        var assigned = columns.ConvertAll(column => $"{column.Name} = {column.Value}");
        if (columns.Count < map.Fields.Length)
        {
            var custom = CustomOf(map);
            columns.Add(("custom", $"jsonb_strip_nulls({custom})"));
            assigned.Add($"custom = jsonb_strip_nulls(r.custom || {custom})");
        }

        WriteColumns = string.Join(", ", columns.Select(column => column.Name));
        WriteValues = string.Join(", ", columns.Select(column => column.Value));
        Assignments = string.Join(", ", assigned);
    }

    public FieldMap Map { get; }

    public string Name { get; }

    /// <summary>The column that finds a record without a link; <c>null</c> where there is none.</summary>
    public string? KeyColumn { get; }

    internal bool HasFieldClock => Map.Kind == RecordKind.Contact;

    /// <summary>
    /// Where records of this kind are named: table, column, and the other half of a pair that may be there only once.
    /// </summary>
    internal IReadOnlyList<(string Table, string Column, string? Key)> Dependents => Map.Kind switch
    {
        RecordKind.Contact =>
            [
                ("deal_customers", "customer_id", "deal_id"), ("customer_tags", "customer_id", "tag_id"),
                .. Papers("customer_id"),
            ],
        RecordKind.Company =>
            [
                ("customers", "company_id", null), ("deals", "company_id", null),
                ("company_tags", "company_id", "tag_id"), .. Papers("company_id"),
            ],
        _ => Papers("deal_id"),
    };

    internal string ReadColumns { get; }

    internal string WriteColumns { get; }

    internal string WriteValues { get; }

    internal string Assignments { get; }

    public static RecordTable Of(FieldMap map)
    {
        ArgumentNullException.ThrowIfNull(map);
        return map.Kind switch
        {
            RecordKind.Contact => new RecordTable(map, "customers", StandardFields.Email),
            RecordKind.Company => new RecordTable(map, "companies", StandardFields.Domain),
            _ => new RecordTable(map, "deals", null),
        };
    }

    // Payments hang on their invoice and follow it.
    private static (string Table, string Column, string? Key)[] Papers(string column) =>
        [
            ("invoices", column, null), ("proposals", column, null), ("activities", column, null),
            ("notes", column, null),
        ];

    private static string Read(FieldDefinition field) => field.Type switch
    {
        _ when field.IsCustom => $"r.custom->>'{NameOf(field)}'",
        FieldType.Number => $"r.{field.Name}::text",
        FieldType.DateTime => $"to_char(r.{field.Name} at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"')",
        _ => $"r.{field.Name}",
    };

    /// <summary>
    /// The values without numbers and dates that look like one and are none, which Postgres, or whoever reads it, would
    /// refuse with the whole page.
    /// </summary>
    internal string?[] Storable(ImmutableArray<string?> values)
    {
        var storable = values.ToArray();
        for (var at = 0; at < storable.Length; at++)
        {
            var field = Map.Fields[at];
            if (storable[at] is { } value && !field.IsCustom && !FieldValue.IsOfType(field.Type, value))
            {
                storable[at] = null;
            }
        }

        return storable;
    }

    /// <summary>The custom values of a row as one object.</summary>
    private static string CustomOf(FieldMap map)
    {
        var custom = map.Fields.Index().Where(field => field.Item.IsCustom).ToList();
        var names = string.Join(", ", custom.Select(field => $"'{NameOf(field.Item)}'"));
        var values = string.Join(
            ", ",
            custom.Select(field => string.Create(CultureInfo.InvariantCulture, $"p.field_values[{field.Index + 1}]")));
        return $"jsonb_object(array[{names}], array[{values}])";
    }

    /// <summary>The one kind of name that does not come from our own code.</summary>
    private static string NameOf(FieldDefinition field) => FieldDefinition.IsName(field.Name)
        ? field.Name
        : throw new InvalidOperationException("A custom field has a name that is none.");

    // Text that HubSpot holds in a number or date property but that is neither is shown as blank, not refused.
    private static string Write(FieldDefinition field, int at)
    {
        var value = string.Create(CultureInfo.InvariantCulture, $"p.field_values[{at + 1}]");
        return field.Type switch
        {
            FieldType.Number => $"case when {value} ~ '^-?[0-9]+(\\.[0-9]+)?$' then {value}::numeric end",
            FieldType.DateTime =>
                $"case when {value} ~ '^[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}T[0-9:.]+Z$' then {value}::timestamptz end",
            _ => value,
        };
    }
}
