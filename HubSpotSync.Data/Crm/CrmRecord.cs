using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Reflection;
using HubSpotSync.Core.Fields;
using HubSpotSync.Data.Mapping;

namespace HubSpotSync.Data.Crm;

/// <summary>What customers and companies have in common; their fields can be asked for by name.</summary>
public abstract class CrmRecord : IWorkspaceOwned
{
    private static readonly ConcurrentDictionary<Type, FrozenDictionary<string, PropertyInfo>> Columns = new();

    private static readonly FrozenSet<string> Names = StandardFields.Contacts.Fields
        .Concat(StandardFields.Companies.Fields)
        .Select(field => field.Name)
        .ToFrozenSet(StringComparer.Ordinal);

    public Guid Id { get; init; }
    public Guid WorkspaceId { get; init; }
    public string? Phone { get; set; }
    public string? Website { get; set; }
    public string? Address { get; set; }
    public string? City { get; set; }
    public string? State { get; set; }
    public string? PostalCode { get; set; }
    public string? Country { get; set; }

    /// <summary>HubSpot's id of the owner; see <see cref="Owner"/>.</summary>
    public string? HubspotOwnerId { get; set; }

    /// <summary>Values of the fields that an admin added.</summary>
    public Dictionary<string, string> Custom { get; set; } = [];

    /// <summary><c>local</c>, <c>hubspot</c> or <c>contact</c>: where the record was first known.</summary>
    public string Source { get; init; } = "local";
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; set; }
    public DateTimeOffset? ArchivedAt { get; set; }

    /// <summary>The record this one has become part of, since HubSpot or a person merged the two.</summary>
    public Guid? MergedInto { get; init; }

    /// <summary>Row version.</summary>
    public uint Version { get; private set; }

    public virtual string? ValueOf(string field) => ColumnsOf(GetType()).TryGetValue(field, out var column)
        ? (string?)column.GetValue(this)
        : Custom.GetValueOrDefault(field);

    /// <param name="field">A column's name, or that of a field that an admin added.</param>
    /// <param name="value">Normalised.</param>
    public virtual void SetValue(string field, string? value)
    {
        if (ColumnsOf(GetType()).TryGetValue(field, out var column))
        {
            column.SetValue(this, value);
        }
        else if (value is null)
        {
            Custom.Remove(field);
        }
        else
        {
            Custom[field] = value;
        }
    }

    private static FrozenDictionary<string, PropertyInfo> ColumnsOf(Type type) =>
        Columns.GetOrAdd(type, static found => found.GetProperties()
            .Where(property => property.PropertyType == typeof(string) && Names.Contains(SnakeCase.Of(property.Name)))
            .ToFrozenDictionary(property => SnakeCase.Of(property.Name), StringComparer.Ordinal));
}
