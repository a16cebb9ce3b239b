using System.Globalization;
using HubSpotSync.FakeHubSpot.Api;
using HubSpotSync.FakeHubSpot.Store;

namespace HubSpotSync.FakeHubSpot.Routes;

/// <summary>
/// HubSpot's guides show the other record's id as a number, its specifications as text: v4 sends one, dated paths
/// the other.
/// </summary>
internal sealed class AssociationView(ObjectType from, ObjectType to, bool dated)
{
    public object Link(long toId, IReadOnlyList<int> typeIds) => new
    {
        toObjectId = dated ? Text(toId) : (object)toId,
        associationTypes = typeIds.Select(
            typeId => new LabelBody("HUBSPOT_DEFINED", typeId, AssociationKind.Find(typeId, from, to)?.Label)),
    };

    public static object Default(AssociationKind kind, long fromId, long toId) => new
    {
        from = new { id = Text(fromId) },
        to = new { id = Text(toId) },
        associationSpec = new { associationCategory = "HUBSPOT_DEFINED", associationTypeId = kind.TypeId },
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
            .Select(typeId => AssociationKind.Find(typeId, call.Type, call.ToType)?.Label).OfType<string>(),
    };

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}
