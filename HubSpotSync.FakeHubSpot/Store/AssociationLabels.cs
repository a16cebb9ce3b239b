namespace HubSpotSync.FakeHubSpot.Store;

/// <summary>The kinds of link an account knows: HubSpot's own and the labels it made itself.</summary>
public sealed class AssociationLabels
{
    public const int MostOfAPair = 50;

    /// <summary>Far above HubSpot's own numbers, so that a number alone names one kind.</summary>
    private const int FirstOwnId = 10_001;

    private readonly List<AssociationKind> _own = [];
    private int _nextId = FirstOwnId;

    public IEnumerable<AssociationKind> Own => _own;

    public IEnumerable<AssociationKind> From(ObjectType from) =>
        AssociationKind.All.Concat(_own).Where(kind => kind.From == from);

    public IEnumerable<AssociationKind> Of(ObjectType from, ObjectType to) =>
        From(from).Where(kind => kind.To == to);

    public AssociationKind? Find(int typeId, ObjectType from, ObjectType to) =>
        typeId < FirstOwnId
            ? AssociationKind.Find(typeId, from, to)
            : _own.Find(kind => kind.TypeId == typeId && kind.From == from && kind.To == to);

    /// <summary>
    /// A label is made for both directions; within one type of record one number serves both if it reads alike.
    /// </summary>
    public IReadOnlyList<AssociationKind> Add(
        ObjectType from, ObjectType to, string name, string label, string? inverseLabel)
    {
        var typeId = _nextId++;
        var inverseId = from == to && inverseLabel is null ? typeId : _nextId++;
        var kind = new AssociationKind(from, to, typeId, inverseId, label, name)
        {
            Category = AssociationKind.UserDefined,
            InverseLabel = inverseLabel ?? label,
        };
        IReadOnlyList<AssociationKind> made = inverseId == typeId ? [kind] : [kind, kind.Inverse];
        _own.AddRange(made);
        return made;
    }

    public void Rename(AssociationKind kind, string label, string inverseLabel)
    {
        var renamed = kind with { Label = label, InverseLabel = inverseLabel };
        Replace(kind.Inverse.TypeId, renamed.Inverse);
        Replace(kind.TypeId, renamed);
    }

    public void Remove(AssociationKind kind) =>
        _own.RemoveAll(other => other.TypeId == kind.TypeId || other.TypeId == kind.InverseTypeId);

    public AssociationLabels Copy()
    {
        var copy = new AssociationLabels { _nextId = _nextId };
        copy._own.AddRange(_own);
        return copy;
    }

    private void Replace(int typeId, AssociationKind kind) =>
        _own[_own.FindIndex(other => other.TypeId == typeId)] = kind;
}
