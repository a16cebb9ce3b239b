using System.Text.Json;
using HubSpotSync.FakeHubSpot.Api;
using HubSpotSync.FakeHubSpot.Schema;
using HubSpotSync.FakeHubSpot.Wire;

namespace HubSpotSync.FakeHubSpot.Routes;

internal static class PropertyGroupRoutes
{
    public static void MapPropertyGroups(this RouteGroupBuilder group)
    {
        group.MapGet("/groups", List).ReadsSchema();
        group.MapPost("/groups", CreateAsync).WritesSchema();
        group.MapGet("/groups/{name}", One).ReadsSchema();
        group.MapPatch("/groups/{name}", UpdateAsync).WritesSchema();
        group.MapDelete("/groups/{name}", Archive).WritesSchema();
    }

    private static IResult List(ApiCall call)
    {
        lock (call.Account.Gate)
        {
            return FakeJson.Ok(new PageBody<object>([.. call.Schema().Groups.Select(Body)]));
        }
    }

    private static IResult One(ApiCall call, string name)
    {
        lock (call.Account.Gate)
        {
            return FakeJson.Ok(Body(Find(call, name)));
        }
    }

    private static async Task<IResult> CreateAsync(ApiCall call)
    {
        var body = await call.ReadBodyAsync();
        var group = new PropertyGroup(body.Required("name"), body.Required("label"), body.Whole("displayOrder") ?? -1);
        lock (call.Account.Gate)
        {
            if (call.Schema().Groups.Exists(other => other.Name == group.Name))
            {
                throw new RefusalException(409, new ErrorBody(
                    $"A property group named '{group.Name}' already exists.", "OBJECT_ALREADY_EXISTS"));
            }

            call.Schema().Groups.Add(group);
            call.Location(call.Address($"{call.Path}/{group.Name}"));
            return FakeJson.Answer(201, Body(group));
        }
    }

    private static async Task<IResult> UpdateAsync(ApiCall call, string name)
    {
        var body = await call.ReadBodyAsync();
        lock (call.Account.Gate)
        {
            var group = Find(call, name);
            var changed = group with
            {
                Label = body.Child("label") is null ? group.Label : body.Required("label"),
                DisplayOrder = body.Whole("displayOrder") ?? group.DisplayOrder,
            };
            call.Schema().Groups[call.Schema().Groups.IndexOf(group)] = changed;
            return FakeJson.Ok(Body(changed));
        }
    }

    private static IResult Archive(ApiCall call, string name)
    {
        lock (call.Account.Gate)
        {
            var group = Find(call, name);
            if (call.Schema().Active.Any(property => property.GroupName == name))
            {
                throw HasProperties();
            }

            call.Schema().Groups.Remove(group);
            return FakeJson.NoContent;
        }
    }

    /// <summary>Seen by others: this refusal comes as JSON text inside the message.</summary>
    private static RefusalException HasProperties()
    {
        var inner = new ErrorBody("Can't delete or purge a group with active properties", "VALIDATION_ERROR")
        {
            SubCategory = "PropertyGroupError.GROUP_WITH_ACTIVE_PROPERTIES",
        };
        return Refuse.Validation(JsonSerializer.Serialize(inner, FakeJson.Options));
    }

    private static PropertyGroup Find(ApiCall call, string name) =>
        call.Schema().Groups.Find(group => group.Name == name) ?? throw Refuse.ObjectNotFound(name);

    private static object Body(PropertyGroup group) =>
        new { name = group.Name, label = group.Label, displayOrder = group.DisplayOrder, archived = false };
}
