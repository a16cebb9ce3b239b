namespace HubSpotSync.Portal.Setup;

/// <summary>Until there is an owner every page leads to the one that says how to become it.</summary>
internal sealed class SetupGate(RequestDelegate next, OwnerPresence owner)
{
    private static readonly string[] Open = ["/setup", "/welcome", "/status", "/internal"];

    public async Task InvokeAsync(HttpContext context)
    {
        if (Open.Any(path => context.Request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase))
            || await owner.IsThereAsync(context.RequestAborted))
        {
            await next(context);
            return;
        }

        context.Response.Redirect("/welcome");
    }
}
