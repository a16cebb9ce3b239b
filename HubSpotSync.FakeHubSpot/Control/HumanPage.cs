namespace HubSpotSync.FakeHubSpot.Control;

/// <summary>
/// The way to the pages a developer sees when opening the fake in a browser, and what they look like.
/// </summary>
internal static class HumanPage
{
    private static readonly byte[] Css = ReadCss();

    public static void MapHumanPage(this WebApplication app)
    {
        app.MapGet("/", () => Results.Redirect("/_fake"));
        app.MapGet("/fake.css", () => Results.Bytes(Css, "text/css; charset=utf-8"));
        app.MapGet("/favicon.ico", () => Results.NoContent());
        app.MapRazorPages();
    }

    private static byte[] ReadCss()
    {
        using var stream = typeof(HumanPage).Assembly.GetManifestResourceStream(
            "fake.css")!; // embedded by the project file
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
