using System.Text;
using HubSpotSync.FakeHubSpot.Api;
using HubSpotSync.FakeHubSpot.Store;
using static HubSpotSync.FakeHubSpot.Control.HtmlPage;

namespace HubSpotSync.FakeHubSpot.Control;

/// <summary>The page a developer sees when opening the fake in a browser.</summary>
internal static class HumanPage
{
    private static readonly byte[] Css = ReadCss();

    public static void MapHumanPage(this WebApplication app)
    {
        app.MapGet("/", Show);
        app.MapGet("/fake.css", () => Results.Bytes(Css, "text/css; charset=utf-8"));
        app.MapGet("/favicon.ico", () => Results.NoContent());
    }

    private static IResult Show(HttpContext http, FakeAccounts accounts, RequestLog log) => HtmlPage.Show(
        http, "Overview", $"""
        <h1>Fake HubSpot</h1>
        <p>A stand-in for HubSpot's API, for development and tests. All people and companies in it are made up.</p>
        <h2>Accounts</h2>{Accounts(accounts)}
        <h2>How to use it</h2>
        <p>Connect from the portal: it sends you to this program's consent page. API calls go to this address instead of
        api.hubapi.com. <a href="/_fake/state">See the state as JSON</a>, or steer the fake (edits, faults, limits,
        clock) with the calls under <code>/_fake/</code>.</p>
        <h2>Recent requests</h2>{Requests(log)}
        """);

    private static string Accounts(FakeAccounts accounts)
    {
        var rows = new StringBuilder();
        foreach (var account in accounts.All)
        {
            rows.Append(Invariant($"<tr><td>{Text(account.Name)}</td><td>{account.PortalId}</td>"));
            foreach (var type in ObjectTypes.All)
            {
                rows.Append(Invariant($"<td>{account.Store(type).Records.Count}</td>"));
            }

            rows.Append("</tr>");
        }

        return Table("Accounts", ["Account", "Hub ID", "Contacts", "Companies", "Deals"], rows);
    }

    private static string Requests(RequestLog log)
    {
        var rows = new StringBuilder();
        foreach (var request in log.Recent)
        {
            rows.Append(Invariant($"<tr><td>{WireTime.Format(request.At)}</td><td>{Text(request.Method)}</td>"))
                .Append(Invariant($"<td>{Text(request.Route)}</td><td>{request.Status}</td></tr>"));
        }

        return rows.Length == 0
            ? "<p>None yet.</p>"
            : Table("Recent requests", ["When", "Method", "Route", "Status"], rows);
    }

    /// <summary>A wide table scrolls within itself, by keyboard too.</summary>
    private static string Table(string name, IReadOnlyList<string> heads, StringBuilder rows)
    {
        var head = string.Concat(heads.Select(text => $"<th scope=\"col\">{text}</th>"));
        return $"<div class=\"scroll\" role=\"region\" aria-label=\"{name}\" tabindex=\"0\">"
            + $"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>";
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
