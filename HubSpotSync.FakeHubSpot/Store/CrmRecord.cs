using System.Globalization;
using HubSpotSync.FakeHubSpot.Api;

namespace HubSpotSync.FakeHubSpot.Store;

/// <summary>
/// A contact, company or deal. Read and write it under its account's gate. A cell holds the text alone where it was
/// written as the record was made, by whoever made it, and the newest version of many otherwise.
/// </summary>
public sealed class CrmRecord(ObjectType type, long id, DateTimeOffset createdAt, ChangeSource source)
{
    private readonly long _createdAt = createdAt.UtcTicks;
    private Shape _shape = Shape.Empty;
    private object[] _cells = [];
    private Modification? _touched;
    private long _archivedAt;

    public ObjectType Type => type;
    public long Id => id;
    public DateTimeOffset CreatedAt => Moment(_createdAt);
    public DateTimeOffset UpdatedAt => Moment(_touched?.Ticks ?? _createdAt);
    public DateTimeOffset? ArchivedAt => Archived ? Moment(_archivedAt) : null;
    public bool Archived => _archivedAt != 0;

    /// <summary>The properties that have or had a value, but those HubSpot sets for itself.</summary>
    public IReadOnlyList<string> Names => _shape.Names;

    /// <summary>Null when the property was never set; empty when it was cleared.</summary>
    public string? Value(string property) => SetByHubSpot(property, _touched) ?? Cell(property) switch
    {
        string first => first,
        PropertyVersion newest => newest.Value,
        _ => null,
    };

    public string? ValueAsOf(string property, DateTimeOffset moment) => _shape.SlotOf(property) is >= 0 and var slot
        ? CellAsOf(_cells[slot], moment)
        : SetByHubSpot(property, TouchedAsOf(moment));

    /// <summary>Whether the record was there at the moment, made already and not archived yet.</summary>
    public bool WasLive(DateTimeOffset moment) =>
        _createdAt <= moment.UtcTicks && (!Archived || _archivedAt > moment.UtcTicks);

    public DateTimeOffset UpdatedAtAsOf(DateTimeOffset moment) => Moment(TouchedAsOf(moment)?.Ticks ?? _createdAt);

    /// <summary>When the value was last changed; null where there never was one.</summary>
    public DateTimeOffset? WrittenAt(string property) => History(property).FirstOrDefault()?.At;

    /// <summary>Newest first.</summary>
    public IEnumerable<PropertyVersion> History(string property)
    {
        if (property == type.ModifiedProperty())
        {
            return Touches();
        }

        return SetByHubSpot(property, null) is { } constant
            ? [First(constant)]
            : Versions(property);
    }

    /// <summary>Adds a version only where the value differs: writing the same value again leaves no history.</summary>
    public void Write(string property, string value, DateTimeOffset at, ChangeSource writer)
    {
        if (Cell(property) is not { } before)
        {
            if (value.Length > 0)
            {
                Put(property, IsFirst(at, writer) ? value : new PropertyVersion(value, at, writer, null));
            }
        }
        else if (before as string != value && (before as PropertyVersion)?.Value != value)
        {
            var previous = before as PropertyVersion ?? First((string)before);
            Put(property, new PropertyVersion(value, at, writer, previous));
        }
    }

    /// <summary>
    /// All at once what a new record is made with: the same as writing one after the other, and faster.
    /// </summary>
    public void Fill(IEnumerable<(string Name, string? Value)> values)
    {
        var given = values.Where(pair => !string.IsNullOrEmpty(pair.Value)).ToArray();
        Array.Sort(given, static (left, right) => string.CompareOrdinal(left.Name, right.Name));
        _shape = Shape.Of(Array.ConvertAll(given, pair => pair.Name));
        _cells = Array.ConvertAll(given, pair => (object)pair.Value!); // the empty ones are out
    }

    public void Touch(DateTimeOffset at)
    {
        if (at.UtcTicks != (_touched?.Ticks ?? _createdAt))
        {
            _touched = new Modification(at.UtcTicks, _touched);
        }
    }

    /// <summary>Archiving leaves the modified date alone, as HubSpot does.</summary>
    public void Archive(DateTimeOffset at) => _archivedAt = Archived ? _archivedAt : at.UtcTicks;

    public void Restore() => _archivedAt = 0;

    public CrmRecord Copy() => new(type, id, CreatedAt, source)
    {
        _shape = _shape, _cells = [.. _cells], _touched = _touched, _archivedAt = _archivedAt,
    };

    private static DateTimeOffset Moment(long ticks) => new(ticks, TimeSpan.Zero);

    private bool IsFirst(DateTimeOffset at, ChangeSource writer) => at.UtcTicks == _createdAt && writer == source;

    private PropertyVersion First(string value) => new(value, CreatedAt, source, null);

    private object? Cell(string property) => _shape.SlotOf(property) is >= 0 and var slot ? _cells[slot] : null;

    private Modification? TouchedAsOf(DateTimeOffset moment)
    {
        var touched = _touched;
        while (touched is not null && touched.Ticks > moment.UtcTicks)
        {
            touched = touched.Previous;
        }

        return touched;
    }

    private static string? CellAsOf(object cell, DateTimeOffset moment)
    {
        var version = cell as PropertyVersion;
        while (version is not null && version.At > moment)
        {
            version = version.Previous;
        }

        return cell as string ?? version?.Value;
    }

    private string? SetByHubSpot(string property, Modification? touched) => property switch
    {
        "hs_object_id" => id.ToString(CultureInfo.InvariantCulture),
        "createdate" => WireTime.Format(CreatedAt),
        _ when property == type.ModifiedProperty() => WireTime.Format(Moment(touched?.Ticks ?? _createdAt)),
        _ => null,
    };

    private IEnumerable<PropertyVersion> Versions(string property)
    {
        var cell = Cell(property);
        if (cell is string only)
        {
            yield return First(only);
        }

        for (var version = cell as PropertyVersion; version is not null; version = version.Previous)
        {
            yield return version;
        }
    }

    private IEnumerable<PropertyVersion> Touches()
    {
        for (var touched = _touched; touched is not null; touched = touched.Previous)
        {
            var at = Moment(touched.Ticks);
            yield return new PropertyVersion(WireTime.Format(at), at, ChangeSource.Internal, null);
        }

        yield return new PropertyVersion(WireTime.Format(CreatedAt), CreatedAt, ChangeSource.Internal, null);
    }

    private void Put(string property, object cell)
    {
        var slot = _shape.SlotOf(property);
        if (slot < 0)
        {
            _shape = _shape.With(property);
            slot = _shape.SlotOf(property);
            _cells = [.. _cells.AsSpan(0, slot), cell, .. _cells.AsSpan(slot)];
        }

        _cells[slot] = cell;
    }
}
