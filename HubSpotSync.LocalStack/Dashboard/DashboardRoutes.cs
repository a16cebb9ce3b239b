using System.Text.Json;
using Aspire.Hosting.ApplicationModel;
using HubSpotSync.LocalStack.Stack;
using Microsoft.AspNetCore.Http;

namespace HubSpotSync.LocalStack.Dashboard;

/// <summary>The dashboard's few addresses.</summary>
internal sealed class DashboardRoutes(
    StackRunner runner, StackChanges changes, string token, CancellationToken stopping)
{
    private const int FirstLines = 200;

    public Task HandleAsync(HttpContext context)
    {
        var segments = (context.Request.Path.Value ?? "/").Split('/', StringSplitOptions.RemoveEmptyEntries);
        return (context.Request.Method, segments) switch
        {
            ("GET", []) => HtmlAsync(context, DashboardPage.Resources(runner.Instances, token, Notice(context))),
            ("GET", ["dashboard.js"]) => AssetAsync(context, "dashboard.js", "text/javascript"),
            ("GET", ["dashboard.css"]) => AssetAsync(context, "dashboard.css", "text/css"),
            ("GET", ["state"]) => StateAsync(context),
            ("GET", ["logs", var name]) when Find(name) is { } loop =>
                HtmlAsync(context, DashboardPage.Log(loop.Instance, loop.Instance.Log.Last(FirstLines))),
            ("GET", ["logs", var name, "tail"]) when Find(name) is { } loop => TailAsync(context, loop.Instance),
            ("POST", ["resources", var name, var action]) when Find(name) is { } loop =>
                ActAsync(context, loop, action),
            ("POST", ["resources", var name, "commands", var command]) when Find(name) is { } loop =>
                CommandAsync(context, loop.Instance, command),
            _ => NotFoundAsync(context),
        };
    }

    private static string? Notice(HttpContext context) =>
        context.Request.Query["notice"] is [{ Length: > 0 } text] ? text : null;

    private static Task NotFoundAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private static Task HtmlAsync(HttpContext context, string html)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync(html, context.RequestAborted);
    }

    private static async Task AssetAsync(HttpContext context, string name, string type)
    {
        context.Response.ContentType = type + "; charset=utf-8";
        // Embedded by the project file, so it is there.
        await using var asset = typeof(DashboardRoutes).Assembly.GetManifestResourceStream(name)!;
        await asset.CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    private static void Back(HttpContext context, string? notice)
    {
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = notice is null ? "/" : "/?notice=" + Uri.EscapeDataString(notice);
    }

    private static async Task CommandAsync(HttpContext context, ResourceInstance instance, string name)
    {
        if (ShownResource.Commands(instance).FirstOrDefault(item => item.Name == name) is not { } command)
        {
            await NotFoundAsync(context);
            return;
        }

        var result = await command.Execute(new ExecuteCommandContext
        {
            ResourceName = instance.Name,
            CancellationToken = context.RequestAborted,
        });
        Back(
            context,
            result.Success ? $"{command.DisplayName}: done." : $"{command.DisplayName} failed. {result.ErrorMessage}");
    }

    private static async Task ActAsync(HttpContext context, ResourceLoop loop, string action)
    {
        switch (action)
        {
            case "start":
                loop.Start();
                break;
            case "stop":
                await loop.StopAsync();
                break;
            case "restart":
                await loop.RestartAsync();
                break;
            default:
                await NotFoundAsync(context);
                return;
        }

        Back(context, null);
    }

    private async Task StateAsync(HttpContext context)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        var events = new EventStream(context.Response);
        var seen = "";
        await events.UntilEndedAsync(async () =>
        {
            while (true)
            {
                await changes.WaitUntilAsync(() => Snapshot() != seen, end.Token);
                seen = Snapshot();
                await events.SendAsync(seen, end.Token);
            }
        });
    }

    private async Task TailAsync(HttpContext context, ResourceInstance instance)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        var events = new EventStream(context.Response);
        await events.UntilEndedAsync(async () =>
        {
            await foreach (var line in instance.Log.TailAsync(end.Token))
            {
                var shown = JsonSerializer.Serialize(ShownLine.Of(line), JsonSerializerOptions.Web);
                await events.SendAsync(shown, end.Token);
            }
        });
    }

    private string Snapshot() =>
        JsonSerializer.Serialize(runner.Instances.Select(ShownResource.Of), JsonSerializerOptions.Web);

    private ResourceLoop? Find(string name) => runner.Loops.FirstOrDefault(loop => loop.Instance.Name == name);
}
