using System.Net;
using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace HubSpotSync.Tests.Portal.Hosting;

/// <summary>What the portal answered, parsed when a test looks into it.</summary>
public sealed record PageAnswer(
    HttpStatusCode Status,
    string Path,
    string Text,
    IReadOnlyDictionary<string, string> Headers)
{
    private IHtmlDocument? _html;

    public IHtmlDocument Html => _html ??= new HtmlParser().ParseDocument(Text);

    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Text);

    /// <summary>Where it sends the browser, without the portal's own host.</summary>
    public string? Location => Header("Location");

    public string Heading => Html.QuerySelector("h1")?.TextContent.Trim() ?? "";

    /// <summary>All words of the page, with single spaces.</summary>
    public string Words => Squeeze(Html.Body?.TextContent ?? Text);

    public string? Header(string name) => Headers.GetValueOrDefault(name);

    public IEnumerable<string> All(string selector) => Html
        .QuerySelectorAll(selector)
        .Select(one => Squeeze(one.TextContent));

    public IElement? ByLabel(string label) =>
        Html.QuerySelectorAll("label")
            .FirstOrDefault(one => Squeeze(one.TextContent) == label) is IHtmlLabelElement found
            ? found.Control ?? found.QuerySelector("input,select")
            : null;

    public override string ToString() => $"{(int)Status} {Path} {Location} {(Text.Length > 600 ? Words : Text)}";

    private static string Squeeze(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
