using HubSpotSync.FakeHubSpot.Api;
using HubSpotSync.FakeHubSpot.Lists;

namespace HubSpotSync.FakeHubSpot.Routes;

internal static class HubSpotApiRoutes
{
    private static readonly string[] Dated = ["2026-03", "2026-09"];

    public static void MapHubSpotApi(this WebApplication app)
    {
        app.MapGroup("/crm/v3/objects/{type}").MapObjects().MapOldRecordAssociations();
        app.MapGroup("/crm/v3/associations/{type}/{toType}").MapOldAssociationBatches();
        app.MapGroup("/crm/v3/owners").MapOwners();
        app.MapGroup("/crm/v3/pipelines/{type}").MapPipelines();
        app.MapGroup("/crm/v3/properties/{type}").MapProperties();
        app.MapGroup("/crm/v4/objects/{type}").MapRecordAssociations();
        app.MapGroup("/crm/v4/associations/{type}/{toType}").MapAssociationBatches(archiveStatus: 204);
        app.MapGroup("/crm/v3/lists").MapLists();
        app.MapGroup("/crm/v3/property-validations/{type}").MapValidations();
        app.MapGroup("/crm/v3/limits").MapLimits();
        app.MapGroup("/account-info/v3").MapAccountInfo();
        app.MapGroup("/crm/v3/schemas").MapCustomObjects();
        app.MapGroup("/crm-object-schemas/v3/schemas").MapCustomObjects();
        foreach (var version in Dated)
        {
            app.MapGroup($"/crm/objects/{version}/{{type}}").MapObjects().MapRecordAssociations();
            app.MapGroup($"/crm/associations/{version}/{{type}}/{{toType}}").MapAssociationBatches(archiveStatus: 200);
            app.MapGroup($"/crm/owners/{version}").MapOwners();
            app.MapGroup($"/crm/pipelines/{version}/{{type}}").MapPipelines();
            app.MapGroup($"/crm/properties/{version}/{{type}}").MapProperties();
            app.MapGroup($"/crm/lists/{version}").MapLists();
            app.MapGroup($"/crm/property-validations/{version}/{{type}}").MapValidations();
            app.MapGroup($"/crm/limits/{version}").MapLimits();
            app.MapGroup($"/account-info/{version}").MapAccountInfo();
            app.MapGroup($"/crm-object-schemas/{version}/schemas").MapCustomObjects();
        }

        app.Map("/{**path}", static IResult (string? path) => throw Refuse.ResourceNotFound("resource"))
            .WithMetadata(UnknownRoute.Instance);
    }
}
