using HubSpotSync.FakeHubSpot.Store;

namespace HubSpotSync.FakeHubSpot.Schema;

/// <summary>The properties and groups of one object type in one account.</summary>
public sealed class PropertySchema
{
    public const int MostUnique = 10;

    private readonly Dictionary<string, PropertyDefinition> _properties = new(StringComparer.Ordinal);

    public PropertySchema(ObjectType type)
    {
        Type = type;
        Groups = [.. DefaultGroups.Of(type)];
        foreach (var definition in DefaultProperties.Of(type))
        {
            Put(definition);
        }
    }

    public ObjectType Type { get; }
    public List<PropertyGroup> Groups { get; }

    public IEnumerable<PropertyDefinition> Active => _properties.Values.Where(property => property.ArchivedAt is null);
    public IEnumerable<PropertyDefinition> Archived =>
        _properties.Values.Where(property => property.ArchivedAt is not null);

    public IReadOnlyList<PropertyDefinition> Unique { get; private set; } = [];

    public PropertyDefinition? Find(string name) =>
        FindEvenArchived(name) is { ArchivedAt: null } property ? property : null;

    public PropertyDefinition? FindEvenArchived(string name) => _properties.GetValueOrDefault(name);

    public PropertySchema Copy()
    {
        var copy = new PropertySchema(Type);
        copy.Groups.Clear();
        copy.Groups.AddRange(Groups);
        copy._properties.Clear();
        foreach (var (name, definition) in _properties)
        {
            copy._properties.Add(name, definition);
        }

        copy.Unique = Unique;
        return copy;
    }

    public void Put(PropertyDefinition definition)
    {
        _properties[definition.Name] = definition;
        Unique = [.. Active.Where(property => property.HasUniqueValue)];
    }
}
