using HubSpotSync.Portal.Api.Companies;
using HubSpotSync.Portal.Api.Customers;
using HubSpotSync.Portal.Api.Deals;
using HubSpotSync.Portal.Api.Docs;
using HubSpotSync.Portal.Api.HubSpot;
using HubSpotSync.Portal.Api.Invoices;
using HubSpotSync.Portal.Api.Payments;
using HubSpotSync.Portal.Api.Pipelines;
using HubSpotSync.Portal.Api.Records;
using HubSpotSync.Portal.Api.Webhooks;

namespace HubSpotSync.Portal.Api;

/// <summary>Everything that programs may call, by resource.</summary>
internal static class ApiEndpoints
{
    public static void MapApi(this IEndpointRouteBuilder endpoints)
    {
        CustomerEndpoints.Map(endpoints);
        CompanyEndpoints.Map(endpoints);
        TagEndpoints.Map(endpoints);
        DealEndpoints.Map(endpoints);
        PipelineEndpoints.Map(endpoints);
        InvoiceEndpoints.Map(endpoints);
        PaymentEndpoints.Map(endpoints);
        HubSpotEndpoints.Map(endpoints);
        WebhookEndpoints.Map(endpoints);
        DocsEndpoints.Map(endpoints);
    }
}
