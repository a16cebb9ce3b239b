using System.Globalization;
using HubSpotSync.FakeHubSpot.Api;
using HubSpotSync.FakeHubSpot.Store;

namespace HubSpotSync.FakeHubSpot.Routes;

/// <summary>
/// HubSpot's guides show the other record's id as a number, its specifications as text: v4 sends one, dated paths
/// the other.
/// </summary>
internal sealed class AssociationView(ApiCall call)
{
    private readonly (ObjectType From, ObjectType To, bool Dated) _what = (call.Type, call.ToType, call.IsDated);

    public object Link(long toId, IReadOnlyList<int> typeIds) => new
    {
        toObjectId = _what.Dated ? Text(toId) : (object)toId,
        associationTypes = typeIds.Select(typeId => call.Account.Labels.Find(typeId, _what.From, _what.To))
            .OfType<AssociationKind>()
            .Select(kind => new LabelBody(kind.Category, kind.TypeId, kind.Label)),
    };

    public static object Default(AssociationKind kind, long fromId, long toId) => new
    {
        from = new { id = Text(fromId) },
        to = new { id = Text(toId) },
        associationSpec = new { associationCategory = kind.Category, associationTypeId = kind.TypeId },
    };

    public static object Created(ApiCall call, long fromId, long toId) => new
    {
        fromObjectTypeId = call.Type.TypeId(),
        fromObjectId = call.IsDated ? Text(fromId) : (object)fromId,
        toObjectTypeId = call.ToType.TypeId(),
        toObjectId = call.IsDated ? Text(toId) : (object)toId,
        labels = call.Account.Associations.Of(call.Type, fromId, call.ToType)
            .Where(link => link.ToId == toId)
            .SelectMany(link => link.TypeIds)
            .Select(typeId => call.Account.Labels.Find(typeId, call.Type, call.ToType)?.Label).OfType<string>()
            .ToList(),
    };

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}
