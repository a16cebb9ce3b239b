using System.Text.Encodings.Web;
using HubSpotSync.LocalStack.Stack;

namespace HubSpotSync.LocalStack.Dashboard;

/// <summary>The dashboard's HTML. Works without script; dashboard.js only keeps it fresh.</summary>
internal static class DashboardPage
{
    private static readonly string[] Columns = ["Name", "State", "Started", "Restarts", "Address", "Actions"];

    public static string Resources(IEnumerable<ResourceInstance> instances, string token, string? notice) => Page(
        "Resources",
        $"""
        {(notice is null ? "" : $"<p class=\"notice\" role=\"status\">{Text(notice)}</p>")}
        <table>
          <caption class="quiet">What runs here, in the order it starts</caption>
          <thead><tr>{string.Concat(Columns.Select(title => $"<th scope=\"col\">{title}</th>"))}</tr></thead>
          <tbody>{string.Concat(instances.Select(instance => Row(instance, token)))}</tbody>
        </table>
        """);

    public static string Log(ResourceInstance instance, IEnumerable<LogLine> lines) => Page(
        $"Log of {instance.Name}",
        $"""
        <p><a href="/">All resources</a></p>
        <pre class="log" id="log" data-name="{Text(instance.Name)}"
          tabindex="0" aria-label="Log of {Text(instance.Name)}">{string.Concat(lines.Select(Line))}</pre>
        """);

    private static string Row(ResourceInstance instance, string token)
    {
        var shown = ShownResource.Of(instance);
        var commands = string.Concat(ShownResource.Commands(instance).Select(command => Button(
            $"/resources/{shown.Name}/commands/{command.Name}",
            command.DisplayName,
            shown.Name,
            token,
            hidden: false)));
        return $"""
            <tr data-name="{Text(shown.Name)}">
              <th scope="row"><a href="/logs/{Text(shown.Name)}">{Text(shown.Name)}</a></th>
              <td data-label="State">
                <span data-field="state" class="state {Text(shown.State)}">{Text(shown.State)}</span>
                <span data-field="health">{Text(shown.Health)}</span>
                <span data-field="note" class="quiet">{Text(shown.Note)}</span></td>
              <td data-label="Started" data-field="started">{Text(shown.Started)}</td>
              <td data-label="Restarts" data-field="restarts">{shown.Restarts}</td>
              <td data-label="Address">{string.Join("<br>", ShownResource.Addresses(instance).Select(Link))}</td>
              <td class="actions">
                {Button($"/resources/{shown.Name}/start", "Start", shown.Name, token, hidden: shown.CanStop)}
                {Button($"/resources/{shown.Name}/stop", "Stop", shown.Name, token, hidden: !shown.CanStop)}
                {Button($"/resources/{shown.Name}/restart", "Restart", shown.Name, token, hidden: false)}
                {commands}
              </td>
            </tr>
            """;
    }

    private static string Button(string action, string title, string resource, string token, bool hidden) => $"""
        <form method="post" action="{Text(action)}" data-action="{Text(title)}"{(hidden ? " hidden" : "")}>
          <input type="hidden" name="token" value="{token}">
          <button aria-label="{Text(title)} {Text(resource)}">{Text(title)}</button>
        </form>
        """;

    private static string Link(string url) => $"<a href=\"{Text(url)}\">{Text(url)}</a>";

    private static string Line(LogLine line)
    {
        var shown = ShownLine.Of(line);
        var mark = shown.IsError ? " class=\"error\"" : "";
        return $"<span{mark}><time>{shown.Time}</time> {Text(shown.Text)}\n</span>";
    }

    private static string Page(string title, string body) => $"""
        <!doctype html>
        <html lang="en">
        <head>
          <meta charset="utf-8">
          <meta name="viewport" content="width=device-width, initial-scale=1">
          <title>{Text(title)} · HubSpotSync local stack</title>
          <link rel="stylesheet" href="/dashboard.css">
          <script src="/dashboard.js" defer></script>
        </head>
        <body>
          <header><h1>{Text(title)}</h1><p class="quiet">HubSpotSync on local processes</p></header>
          <main>{body}</main>
        </body>
        </html>
        """;

    private static string Text(string text) => HtmlEncoder.Default.Encode(text);
}
