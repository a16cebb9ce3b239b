namespace HubSpotSync.Tests.Schedules;

/// <summary>
/// A mistake made on purpose, at the edges of the product where a test can reach: in the database's own code, or
/// between the worker and HubSpot.
/// </summary>
/// <param name="Sql">Run before the workers start.</param>
internal sealed record PlantedBug(string Name, string? Sql = null, PlantedHttp? Http = null);

/// <summary>Handles a call in a wrong way, or hands it on.</summary>
internal delegate Task<HttpResponseMessage> PlantedHttp(
    HttpRequestMessage request,
    Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> send,
    CancellationToken cancellationToken);

internal sealed class PlantedHandler(PlantedHttp handle) : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken) =>
        handle(request, base.SendAsync, cancellationToken);
}
