namespace HubSpotSync.FakeHubSpot.Api;

/// <summary>Writes a refusal as HubSpot would, with a correlation id of its own.</summary>
internal sealed class RefusalMiddleware(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext http)
    {
        try
        {
            await next(http);
        }
        catch (RefusalException refusal)
        {
            var body = refusal.Error is { } error
                ? error with { CorrelationId = Guid.NewGuid().ToString() }
                : refusal.Body;
            http.Response.StatusCode = refusal.Status;
            await http.Response.WriteAsJsonAsync(body, body.GetType(), FakeJson.Options, http.RequestAborted);
        }
    }
}
