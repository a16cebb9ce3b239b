using System.Globalization;
using HubSpotSync.FakeHubSpot.Api;

namespace HubSpotSync.FakeHubSpot.Store;

/// <summary>A contact, company or deal. Read and write it under its account's gate.</summary>
public sealed class CrmRecord
{
    private readonly Dictionary<string, PropertyVersion> _properties = new(StringComparer.Ordinal);

    public CrmRecord(ObjectType type, long id, DateTimeOffset createdAt, ChangeSource source)
    {
        Type = type;
        Id = id;
        CreatedAt = createdAt;
        UpdatedAt = createdAt;
        Write("hs_object_id", id.ToString(CultureInfo.InvariantCulture), createdAt, source);
        Write("createdate", WireTime.Format(createdAt), createdAt, source);
        Touch(createdAt);
    }

    public ObjectType Type { get; }
    public long Id { get; }
    public DateTimeOffset CreatedAt { get; }
    public DateTimeOffset UpdatedAt { get; private set; }
    public DateTimeOffset? ArchivedAt { get; private set; }
    public bool Archived => ArchivedAt is not null;

    public IReadOnlyDictionary<string, PropertyVersion> Properties => _properties;

    /// <summary>Null when the property was never set; empty when it was cleared.</summary>
    public string? Value(string property) => _properties.GetValueOrDefault(property)?.Value;

    public string? ValueAsOf(string property, DateTimeOffset moment)
    {
        var version = _properties.GetValueOrDefault(property);
        while (version is not null && version.At > moment)
        {
            version = version.Previous;
        }

        return version?.Value;
    }

    public IEnumerable<PropertyVersion> History(string property)
    {
        for (var version = _properties.GetValueOrDefault(property); version is not null; version = version.Previous)
        {
            yield return version;
        }
    }

    /// <summary>Adds a version only where the value differs: writing the same value again leaves no history.</summary>
    public void Write(string property, string value, DateTimeOffset at, ChangeSource source)
    {
        var before = _properties.GetValueOrDefault(property);
        if (before is null ? value.Length > 0 : before.Value != value)
        {
            _properties[property] = new PropertyVersion(value, at, source, before);
        }
    }

    public void Touch(DateTimeOffset at)
    {
        UpdatedAt = at;
        Write(Type.ModifiedProperty(), WireTime.Format(at), at, ChangeSource.Internal);
    }

    /// <summary>Archiving leaves the modified date alone, as HubSpot does.</summary>
    public void Archive(DateTimeOffset at) => ArchivedAt ??= at;

    public void Restore() => ArchivedAt = null;
}
