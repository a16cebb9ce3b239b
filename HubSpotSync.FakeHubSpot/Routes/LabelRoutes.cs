using HubSpotSync.FakeHubSpot.Api;
using HubSpotSync.FakeHubSpot.Store;
using HubSpotSync.FakeHubSpot.Wire;

namespace HubSpotSync.FakeHubSpot.Routes;

/// <summary>The labels of links between two types of records: HubSpot's own and those an account makes.</summary>
internal static class LabelRoutes
{
    private const int LongestLabel = 50;

    public static void MapLabels(this RouteGroupBuilder group)
    {
        group.MapGet("/labels", List).ReadsObjects();
        group.MapPost("/labels", CreateAsync).WritesObjects();
        group.MapPut("/labels", UpdateAsync).WritesObjects();
        group.MapDelete("/labels/{typeId}", Delete).WritesObjects();
    }

    private static IResult List(ApiCall call)
    {
        lock (call.Account.Gate)
        {
            var kinds = call.Account.Labels.Of(call.Type, call.ToType);
            return FakeJson.Ok(new PageBody<LabelBody>([.. kinds.Select(Body)]));
        }
    }

    private static async Task<IResult> CreateAsync(ApiCall call)
    {
        var body = await call.ReadBodyAsync();
        var (name, label, inverse) = (body.Required("name"), Label(body.Required("label")), body.Text("inverseLabel"));
        lock (call.Account.Gate)
        {
            var labels = call.Account.Labels;
            if (labels.Own.Any(kind => kind.InlineName == name))
            {
                throw Refuse.Validation($"Association definition named {name} already exists for portal");
            }

            if (labels.Of(call.Type, call.ToType).Count(kind => kind.IsOwn) >= AssociationLabels.MostOfAPair)
            {
                throw new RefusalException(437, new ErrorBody(
                    $"No more than {AssociationLabels.MostOfAPair} association types are allowed between "
                        + $"{call.Type.TypeId()} and {call.ToType.TypeId()}",
                    "VALIDATION_ERROR"));
            }

            RefuseTaken(call, label, null);
            var made = labels.Add(call.Type, call.ToType, name, label, inverse is null ? null : Label(inverse));
            return FakeJson.Ok(new PageBody<LabelBody>([.. made.Select(Body)]));
        }
    }

    /// <summary>Without an inverse label the label is put on both sides.</summary>
    private static async Task<IResult> UpdateAsync(ApiCall call)
    {
        var body = await call.ReadBodyAsync();
        var (typeId, label) = (body.RequiredWhole("associationTypeId"), Label(body.Required("label")));
        lock (call.Account.Gate)
        {
            var kind = Own(call, typeId);
            RefuseTaken(call, label, typeId);
            call.Account.Labels.Rename(kind, label, Label(body.Text("inverseLabel") ?? label));
            return FakeJson.NoContent;
        }
    }

    private static IResult Delete(ApiCall call, string typeId)
    {
        lock (call.Account.Gate)
        {
            var kind = Own(call, int.TryParse(typeId, out var number) ? number : 0);
            call.Links().Forget(kind);
            call.Account.Labels.Remove(kind);
            return FakeJson.NoContent;
        }
    }

    private static AssociationKind Own(ApiCall call, int typeId) =>
        call.Account.Labels.Find(typeId, call.Type, call.ToType) is { IsOwn: true } kind
            ? kind
            : throw Refuse.Validation($"Unable to find association type {typeId}");

    private static void RefuseTaken(ApiCall call, string label, int? self)
    {
        if (call.Account.Labels.Of(call.Type, call.ToType).Any(
            kind => kind.TypeId != self && string.Equals(kind.Label, label, StringComparison.OrdinalIgnoreCase)))
        {
            throw Refuse.Validation(
                $"Association definition label {label} already exists on ObjectType pair "
                    + $"{call.Type.TypeId()}-{call.ToType.TypeId()}",
                "AssociationValidationError.DUPLICATE_ASSOCIATION_LABEL");
        }
    }

    private static string Label(string label) => label.Length is > 0 and <= LongestLabel
        ? label
        : throw Refuse.Validation($"A label has 1 to {LongestLabel} characters.");

    private static LabelBody Body(AssociationKind kind) => new(kind.Category, kind.TypeId, kind.Label);
}
