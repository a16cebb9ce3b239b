using System.Text.Json;
using HubSpotSync.FakeHubSpot.Api;
using HubSpotSync.FakeHubSpot.Schema;
using HubSpotSync.FakeHubSpot.Store;
using HubSpotSync.FakeHubSpot.Wire;

namespace HubSpotSync.FakeHubSpot.Routes;

internal static class PropertyRoutes
{
    private static readonly string[] Sensitivities = ["non_sensitive", "sensitive", "highly_sensitive"];

    public static void MapProperties(this RouteGroupBuilder group)
    {
        group.MapGet("", List).ReadsSchema();
        group.MapGet("/{name}", One).ReadsSchema();
        group.MapPost("", CreateAsync).WritesSchema();
        group.MapPatch("/{name}", UpdateAsync).WritesSchema();
        group.MapDelete("/{name}", Archive).WritesSchema();
        group.MapPost("/batch/read", PropertyBatches.ReadAsync).ReadsSchema();
        group.MapPost("/batch/create", PropertyBatches.CreateAsync).WritesSchema();
        group.MapPost("/batch/archive", PropertyBatches.ArchiveAsync).WritesSchema();
        group.MapPropertyGroups();
    }

    public static PropertySchema Schema(this ApiCall call) => call.Account.Schema(call.Type);

    /// <summary>The account holds no sensitive property: whoever asks for those alone sees none.</summary>
    public static bool ShowsOrdinary(string? sensitivity) => sensitivity switch
    {
        null or "non_sensitive" => true,
        _ when Sensitivities.Contains(sensitivity) => false,
        _ => throw Refuse.Validation($"Invalid dataSensitivity: {sensitivity}."),
    };

    public static PropertyDefinition Create(ApiCall call, JsonElement body)
    {
        if (body.OneOf("dataSensitivity", Sensitivities) is { } wanted and not "non_sensitive")
        {
            call.Require($"crm.objects.{call.Type.Plural()}.{wanted}.write.v2");
            throw Refuse.Validation("Sensitive data is turned off in this account.");
        }

        var property = Input(call).Create(body);
        call.Schema().Put(property);
        return property;
    }

    private static IResult List(ApiCall call)
    {
        var shown = ShowsOrdinary(call.Query("dataSensitivity"));
        lock (call.Account.Gate)
        {
            var wanted = call.ReadFlag("archived") == true ? call.Schema().Archived : call.Schema().Active;
            return FakeJson.Ok(new PageBody<PropertyBody>(
                [.. wanted.Where(_ => shown).Select(property => new PropertyBody(property))]));
        }
    }

    private static IResult One(ApiCall call, string name)
    {
        var shown = ShowsOrdinary(call.Query("dataSensitivity"));
        lock (call.Account.Gate)
        {
            var property = Find(call, name, call.ReadFlag("archived") == true);
            return shown ? FakeJson.Ok(new PropertyBody(property)) : throw Refuse.ObjectNotFound(name);
        }
    }

    private static async Task<IResult> CreateAsync(ApiCall call)
    {
        var body = await call.ReadBodyAsync();
        lock (call.Account.Gate)
        {
            var property = Create(call, body);
            call.Location(call.Address($"{call.Path}/{property.Name}"));
            return FakeJson.Answer(201, new PropertyBody(property));
        }
    }

    private static async Task<IResult> UpdateAsync(ApiCall call, string name)
    {
        var body = await call.ReadBodyAsync();
        lock (call.Account.Gate)
        {
            var property = Input(call).Update(Find(call, name, archived: false), body);
            call.Schema().Put(property);
            return FakeJson.Ok(new PropertyBody(property));
        }
    }

    private static IResult Archive(ApiCall call, string name)
    {
        lock (call.Account.Gate)
        {
            var property = Find(call, name, archived: false);
            PropertyUses.RefuseArchiving(call.Account, call.Type, property);
            call.Schema().Put(property with { ArchivedAt = call.Clock.Now });
            return FakeJson.NoContent;
        }
    }

    private static PropertyInput Input(ApiCall call) =>
        new(call.Schema(), call.Clock.Now, FakeAccount.AdminUserText, call.IsNewest);

    private static PropertyDefinition Find(ApiCall call, string name, bool archived) =>
        call.Schema().FindEvenArchived(name) is { } property && property.ArchivedAt is not null == archived
            ? property
            : throw Refuse.ObjectNotFound(name);
}
