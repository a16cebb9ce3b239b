using Microsoft.AspNetCore.Http.HttpResults;

namespace HubSpotSync.Portal.Api.Http;

/// <summary>An argument that was looked at while it was read; with a problem the handler is not called.</summary>
internal interface IChecked
{
    ProblemHttpResult? Problem { get; }
}
