using HubSpotSync.FakeHubSpot.Api;
using HubSpotSync.FakeHubSpot.Schema;
using HubSpotSync.FakeHubSpot.Wire;

namespace HubSpotSync.FakeHubSpot.Routes;

internal static class PropertyRoutes
{
    public static void MapProperties(this RouteGroupBuilder group)
    {
        group.MapGet("", List).ReadsSchema();
        group.MapGet("/{name}", One).ReadsSchema();
        group.MapPost("/batch/read", ReadBatchAsync).ReadsSchema();
        group.MapPost("", CreateAsync).WritesSchema();
        group.MapPatch("/{name}", UpdateAsync).WritesSchema();
        group.MapDelete("/{name}", Archive).WritesSchema();
        group.MapGet("/groups", Groups).ReadsSchema();
        group.MapGet("/groups/{name}", Group).ReadsSchema();
        group.MapPost("/groups", CreateGroupAsync).WritesSchema();
    }

    private static IResult List(ApiCall call)
    {
        lock (call.Account.Gate)
        {
            var schema = Schema(call);
            var wanted = call.Flag("archived") ? schema.Archived : schema.Active;
            return FakeJson.Ok(new PageBody<PropertyBody>([.. wanted.Select(property => new PropertyBody(property))]));
        }
    }

    private static IResult One(ApiCall call, string name)
    {
        lock (call.Account.Gate)
        {
            return FakeJson.Ok(new PropertyBody(Find(call, name, call.Flag("archived"))));
        }
    }

    private static async Task<IResult> ReadBatchAsync(ApiCall call)
    {
        var names = (await call.ReadBodyAsync()).Inputs(100).Select(input => input.Text("name") ?? "").ToList();
        lock (call.Account.Gate)
        {
            var schema = Schema(call);
            var missing = names.Where(name => schema.Find(name) is null).ToList();
            var found = names.Select(schema.Find).OfType<PropertyDefinition>();
            return BatchBody<PropertyBody>.Answer(
                call.Clock.Now,
                [.. found.Select(property => new PropertyBody(property))],
                missing.Count == 0 ? [] : [Refuse.NotFound(missing)]);
        }
    }

    private static async Task<IResult> CreateAsync(ApiCall call)
    {
        var body = await call.ReadBodyAsync();
        lock (call.Account.Gate)
        {
            var property = PropertyInput.Create(
                Schema(call),
                body,
                call.Clock.Now,
                optionOrderRequired: call.IsNewest);
            Schema(call).Put(property);
            return FakeJson.Answer(201, new PropertyBody(property));
        }
    }

    private static async Task<IResult> UpdateAsync(ApiCall call, string name)
    {
        var body = await call.ReadBodyAsync();
        lock (call.Account.Gate)
        {
            var property = PropertyInput.Update(Schema(call), Find(call, name, archived: false), body, call.Clock.Now);
            Schema(call).Put(property);
            return FakeJson.Ok(new PropertyBody(property));
        }
    }

    private static IResult Archive(ApiCall call, string name)
    {
        lock (call.Account.Gate)
        {
            var property = Find(call, name, archived: false);
            if (property.HubSpotDefined)
            {
                throw Refuse.Validation(
                    "HubSpot's own properties cannot be archived.",
                    "PropertyValidationError.CANNOT_DELETE_HUBSPOT_DEFINED_PROPERTY");
            }

            Schema(call).Put(property with { ArchivedAt = call.Clock.Now });
            return FakeJson.NoContent;
        }
    }

    private static IResult Groups(ApiCall call) =>
        FakeJson.Ok(new PageBody<object>([.. Schema(call).Groups.Select(Body)]));

    private static IResult Group(ApiCall call, string name) =>
        Schema(call).Groups.Find(group => group.Name == name) is { } group
            ? FakeJson.Ok(Body(group))
            : throw Refuse.ObjectNotFound(name);

    private static async Task<IResult> CreateGroupAsync(ApiCall call)
    {
        var body = await call.ReadBodyAsync();
        lock (call.Account.Gate)
        {
            var group = PropertyInput.CreateGroup(Schema(call), body);
            Schema(call).Groups.Add(group);
            return FakeJson.Answer(201, Body(group));
        }
    }

    private static PropertySchema Schema(ApiCall call) => call.Account.Schema(call.Type);

    private static PropertyDefinition Find(ApiCall call, string name, bool archived) =>
        Schema(call).FindEvenArchived(name) is { } property && property.ArchivedAt is not null == archived
            ? property
            : throw Refuse.ObjectNotFound(name);

    private static object Body(PropertyGroup group) =>
        new { name = group.Name, label = group.Label, displayOrder = group.DisplayOrder, archived = false };
}
