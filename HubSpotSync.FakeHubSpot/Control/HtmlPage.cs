using System.Globalization;
using System.Net;

namespace HubSpotSync.FakeHubSpot.Control;

/// <summary>The frame of the fake's few pages: no script, one style sheet, and a policy that says so.</summary>
internal static class HtmlPage
{
    public static string Text(string text) => WebUtility.HtmlEncode(text);

    public static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    public static string Hidden(string name, string value) =>
        $"<input type=\"hidden\" name=\"{name}\" value=\"{Text(value)}\">";

    /// <summary>No script, nothing from elsewhere.</summary>
    public static void Harden(HttpContext http, string formAction)
    {
        http.Response.Headers.ContentSecurityPolicy =
            "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'; "
            + $"form-action {formAction}";
        http.Response.Headers.XContentTypeOptions = "nosniff";

        // Not no-referrer: browsers then hide from the fake's own forms where they come from.
        http.Response.Headers["Referrer-Policy"] = "same-origin";
    }

    /// <param name="formAction">
    /// Browsers hold form-action against the address a form's answer redirects to as well, so consent must name it.
    /// </param>
    public static IResult Show(
        HttpContext http, string title, string body, string formAction = "'none'", int status = 200)
    {
        Harden(http, formAction);
        http.Response.Headers.CacheControl = "no-store";
        var page = $"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{Text(title)} – Fake HubSpot</title>
            <link rel="stylesheet" href="/fake.css">
            </head>
            <body><main>{body}</main></body>
            </html>
            """;
        return Results.Content(page, "text/html; charset=utf-8", statusCode: status);
    }
}
