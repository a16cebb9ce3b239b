using System.Diagnostics;
using System.Net;
using HubSpotSync.Data;
using HubSpotSync.Portal.Api.Http;
using Microsoft.AspNetCore.Diagnostics;

namespace HubSpotSync.Portal.Web;

/// <summary>
/// The page for what nobody expected. It is made of text alone: what broke may be what every other page stands on.
/// </summary>
internal static class ErrorPage
{
    public static async Task WriteAsync(HttpContext context)
    {
        var error = context.Features.Get<IExceptionHandlerFeature>()?.Error;
        var isAway = error is not null && error.IsDatabaseAway();
        var isUnstorable = error is not null && error.IsUnstorableText();
        context.Response.StatusCode = isAway ? StatusCodes.Status503ServiceUnavailable
            : isUnstorable ? StatusCodes.Status400BadRequest
            : StatusCodes.Status500InternalServerError;
        if (isAway)
        {
            context.Response.Headers.RetryAfter = "5";
        }

        var trace = Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier;
        if (context.IsApi())
        {
            await ApiProblem.Of(
                context.Response.StatusCode,
                isAway ? "database_away" : isUnstorable ? "unreadable" : "our_fault",
                isAway ? "The database does not answer right now. Nothing was changed; try again in a moment."
                : isUnstorable ? "A text holds a character with the number zero, which nothing here can hold."
                : "This is our fault. If it happens again, tell your admin the trace.").ExecuteAsync(context);
            return;
        }

        context.Response.ContentType = "text/html; charset=utf-8";
        var retries = isAway && HttpMethods.IsGet(context.Request.Method);
        await context.Response.WriteAsync(
            isAway ? Away(retries, trace) : isUnstorable ? Unstorable(trace) : Broken(trace), context.RequestAborted);
    }

    private static string Away(bool retries, string trace) => Page(
        "The database does not answer right now",
        retries
            ? "Nothing is lost; this page tries again by itself every few seconds."
            : "Nothing was changed. Go back and try again in a moment.",
        trace,
        retries ? """<meta http-equiv="refresh" content="5">""" : "");

    private static string Unstorable(string trace) => Page(
        "This holds a sign that is no text",
        "What was sent contains a character with the number zero, which nothing here can hold. Nothing was changed.",
        trace,
        "");

    private static string Broken(string trace) => Page(
        "This is our fault",
        "The page broke while it was made. Try again; if it happens again, tell your admin the number below.",
        trace,
        "");

    private static string Page(string title, string text, string trace, string head) =>
        $"""
        <!doctype html>
        <html lang="en">
        <head>
          <meta charset="utf-8">
          <meta name="viewport" content="width=device-width, initial-scale=1">
          <title>{title} · HubSpotSync</title>{head}
          <script src="/js/theme.js"></script>
          <link rel="stylesheet" href="/lib/tabler.min.css">
          <link rel="stylesheet" href="/css/site.css">
        </head>
        <body class="plain">
          <main class="plain-box">
            <h1 class="h2">{title}</h1>
            <p>{text}</p>
            <p><a class="btn btn-primary" href="/">Go to Home</a></p>
            <p class="text-secondary small">Trace {WebUtility.HtmlEncode(trace)}</p>
          </main>
        </body>
        </html>
        """;
}
