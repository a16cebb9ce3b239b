using HubSpotSync.FakeHubSpot.Api;
using HubSpotSync.FakeHubSpot.Search;

namespace HubSpotSync.FakeHubSpot.Routes;

internal static class ObjectRoutes
{
    public static RouteGroupBuilder MapObjects(this RouteGroupBuilder group)
    {
        group.MapGet("", ObjectReads.List).ReadsObjects();
        group.MapGet("/{id}", ObjectReads.One).ReadsObjects();
        group.MapPost("", ObjectWrites.CreateAsync).WritesObjects();
        group.MapPatch("/{id}", ObjectWrites.UpdateAsync).WritesObjects();
        group.MapDelete("/{id}", ObjectWrites.Archive).WritesObjects();
        group.MapPost("/batch/read", BatchReads.ReadAsync).ReadsObjects();
        group.MapPost("/batch/create", BatchWrites.CreateAsync).WritesObjects();
        group.MapPost("/batch/update", BatchWrites.UpdateAsync).WritesObjects();
        group.MapPost("/batch/upsert", BatchWrites.UpsertAsync).WritesObjects();
        group.MapPost("/batch/archive", BatchWrites.ArchiveAsync).WritesObjects();
        group.MapPost("/search", SearchEndpoint.SearchAsync).Searches();
        group.MapPost("/merge", ObjectWrites.MergeAsync).WritesObjects();
        group.MapPost("/gdpr-delete", ObjectWrites.DeleteForPrivacyAsync).WritesObjects();
        return group;
    }
}
