using System.Diagnostics;
using System.Net;
using AngleSharp.Html.Parser;

namespace HubSpotSync.Benchmarks.Pages;

/// <summary>Somebody who is signed in and opens pages.</summary>
internal sealed class Visitor : IDisposable
{
    private readonly HttpClient _http;

    private Visitor(HttpClient http) => _http = http;

    public static async Task<Visitor> SignInAsync(Uri portal, CancellationToken cancellationToken)
    {
        var handler = new SocketsHttpHandler { CookieContainer = new CookieContainer() };
        var visitor = new Visitor(new HttpClient(handler) { BaseAddress = portal });
        var (_, form) = await visitor.OpenAsync("/signin", cancellationToken);
        var document = new HtmlParser().ParseDocument(form);
        var token = document.QuerySelector("input[name=__RequestVerificationToken]")?.GetAttribute("value") ?? "";
        using var fields = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["Email"] = BusyWorkspace.Mail,
            ["Password"] = BusyWorkspace.Password,
            ["__RequestVerificationToken"] = token,
        });
        using var answer = await visitor._http.PostAsync(
            new Uri("/signin", UriKind.Relative), fields, cancellationToken);
        return answer.RequestMessage?.RequestUri?.AbsolutePath == "/"
            ? visitor
            : throw new InvalidOperationException($"Signing in led to {answer.RequestMessage?.RequestUri}.");
    }

    /// <returns>The time until the whole page was there, and the page.</returns>
    public async Task<(TimeSpan Time, string Html)> OpenAsync(string address, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        using var answer = await _http.GetAsync(new Uri(address, UriKind.Relative), cancellationToken);
        var html = await answer.Content.ReadAsStringAsync(cancellationToken);
        var time = Stopwatch.GetElapsedTime(started);
        return answer.IsSuccessStatusCode
            ? (time, html)
            : throw new InvalidOperationException($"{address} answered {(int)answer.StatusCode}.");
    }

    public void Dispose() => _http.Dispose();
}
