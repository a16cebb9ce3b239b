using HubSpotSync.FakeHubSpot.Api;

namespace HubSpotSync.FakeHubSpot.Lists;

internal static class ListRoutes
{
    public static void MapLists(this RouteGroupBuilder group)
    {
        group.MapGet("", ListReads.Many).Needs(ListCalls.Read);
        group.MapPost("", ListWrites.CreateAsync).Needs(ListCalls.Write);
        group.MapPost("/search", ListSearch.SearchAsync).Needs(ListCalls.Read);
        group.MapGet("/object-type-id/{type}/name/{name}", ListReads.Named).Needs(ListCalls.Read);
        group.MapGet("/records/{type}/{recordId}/memberships", MembershipReads.OfRecord).Needs(ListCalls.Read);
        group.MapPost("/records/memberships/batch/read", MembershipReads.OfRecordsAsync).Needs(ListCalls.Read);
        group.MapGet("/{listId}", ListReads.One).Needs(ListCalls.Read);
        group.MapDelete("/{listId}", ListWrites.Delete).Needs(ListCalls.Write);
        group.MapPut("/{listId}/restore", ListWrites.Restore).Needs(ListCalls.Write);
        group.MapPut("/{listId}/update-list-name", ListWrites.Rename).Needs(ListCalls.Write);
        group.MapPut("/{listId}/update-list-filters", ListWrites.ChangeFiltersAsync).Needs(ListCalls.Write);
        group.MapMemberships();
    }

    private static void MapMemberships(this RouteGroupBuilder group)
    {
        group.MapGet("/{listId}/memberships", MembershipReads.ById).Needs(ListCalls.Read);
        group.MapGet("/{listId}/memberships/join-order", MembershipReads.ByJoining).Needs(ListCalls.Read);
        group.MapDelete("/{listId}/memberships", MembershipWrites.Clear).Needs(ListCalls.Write);
        group.MapPut("/{listId}/memberships/add", MembershipWrites.AddAsync).Needs(ListCalls.Write);
        group.MapPut("/{listId}/memberships/remove", MembershipWrites.RemoveAsync).Needs(ListCalls.Write);
        group.MapPut("/{listId}/memberships/add-and-remove", MembershipWrites.ChangeAsync).Needs(ListCalls.Write);
        group.MapPut("/{listId}/memberships/add-from/{sourceListId}", MembershipWrites.AddFrom)
            .Needs(ListCalls.Write);
    }
}
