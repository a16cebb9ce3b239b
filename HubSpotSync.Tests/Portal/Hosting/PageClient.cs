using System.Net;
using AngleSharp.Html.Dom;

namespace HubSpotSync.Tests.Portal.Hosting;

/// <summary>A browser without a screen: keeps cookies, reads pages, sends their forms by a button.</summary>
public sealed class PageClient(HttpMessageHandler portal) : IDisposable
{
    private readonly HttpClient _http = new(portal) { BaseAddress = new Uri("http://localhost/") };
    private readonly Dictionary<string, string> _cookies = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, string> Cookies => _cookies;

    /// <summary>Puts a cookie of another browser, or an old one, into this one.</summary>
    public void Plant(string name, string value) => _cookies[name] = value;

    public Task<PageAnswer> GetAsync(string path, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Get, path, null, headers);

    public Task<PageAnswer> PostAsync(string path, params (string Name, string Value)[] fields) =>
        SendAsync(HttpMethod.Post, path, Form(fields), []);

    public async Task<PageAnswer> SendAsync(
        HttpMethod method, string path, HttpContent? content, (string Name, string Value)[] headers)
    {
        using var request = Request(method, path, content, headers);
        using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        Keep(response);
        return new PageAnswer(
            response.StatusCode,
            path,
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            HeadersOf(response));
    }

    /// <summary>An answer whose body is still on its way.</summary>
    public async Task<HttpResponseMessage> StreamAsync(string path, CancellationToken cancellationToken)
    {
        using var request = Request(HttpMethod.Get, path, null, []);
        return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    /// <summary>Opens a page and goes where it sends.</summary>
    public async Task<PageAnswer> OpenAsync(string path) => await FollowAsync(await GetAsync(path));

    public async Task<PageAnswer> FollowAsync(PageAnswer answer)
    {
        for (var step = 0; answer.Location is { } next; step++)
        {
            Assert.True(step < 8, $"Sent from place to place: {next}");
            answer = await GetAsync(next);
        }

        return answer;
    }

    /// <summary>Presses a button; the given fields replace what the form holds.</summary>
    public Task<PageAnswer> SubmitAsync(PageAnswer page, string button, params (string Name, string Value)[] fields)
    {
        var pressed = page.Html.QuerySelectorAll("button").OfType<IHtmlButtonElement>()
            .FirstOrDefault(one => one.TextContent.Contains(button, StringComparison.Ordinal));
        Assert.True(pressed is not null, $"There is no button '{button}' on {page}");
        var form = pressed.Closest("form") as IHtmlFormElement;
        Assert.True(form is not null, $"The button '{button}' is in no form");
        var action = pressed.GetAttribute("formaction") ?? form.GetAttribute("action");
        var replaced = fields.Select(field => field.Name).ToHashSet(StringComparer.Ordinal);
        var sent = FieldsOf(form).Where(field => !replaced.Contains(field.Name)).Concat(fields).ToArray();
        return PostAsync(string.IsNullOrEmpty(action) ? page.Path : action, sent);
    }

    /// <summary>A form that no page offers, with a token that is good.</summary>
    public async Task<PageAnswer> PostWithTokenAsync(string path, params (string Name, string Value)[] fields)
    {
        var page = await OpenAsync("/account");
        var field = page.Html.QuerySelector("input[name=__RequestVerificationToken]")!; // every form has one
        var token = field.GetAttribute("value")!; // likewise
        return await PostAsync(path, [.. fields, ("__RequestVerificationToken", token)]);
    }

    public void Dispose() => _http.Dispose();

    private static FormUrlEncodedContent Form(IEnumerable<(string Name, string Value)> fields) =>
        new(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));

    private static IEnumerable<(string Name, string Value)> FieldsOf(IHtmlFormElement form)
    {
        foreach (var element in form.QuerySelectorAll("input,select,textarea"))
        {
            switch (element)
            {
                case IHtmlInputElement { Type: "checkbox" or "radio", IsChecked: false }:
                    break;
                case IHtmlInputElement { Name: { } name } input:
                    yield return (name, input.Value);
                    break;
                case IHtmlSelectElement { Name: { } name } select:
                    yield return (name, select.Value ?? "");
                    break;
                case IHtmlTextAreaElement { Name: { } name } area:
                    yield return (name, area.Value);
                    break;
                default:
                    break;
            }
        }
    }

    private HttpRequestMessage Request(
        HttpMethod method, string path, HttpContent? content, (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, new Uri(path, UriKind.RelativeOrAbsolute)) { Content = content };
        if (_cookies.Count > 0)
        {
            request.Headers.Add("Cookie", string.Join("; ", _cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }

    private void Keep(HttpResponseMessage response)
    {
        foreach (var cookie in response.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies : [])
        {
            var (name, value) = cookie.Split(';')[0].Split('=', 2) is [var first, var second]
                ? (first, second)
                : (cookie, "");
            if (value.Length == 0 || cookie.Contains("expires=Thu, 01 Jan 1970", StringComparison.OrdinalIgnoreCase))
            {
                _cookies.Remove(name);
            }
            else
            {
                _cookies[name] = value;
            }
        }
    }

    private static Dictionary<string, string> HeadersOf(HttpResponseMessage response)
    {
        var headers = response.Headers
            .Concat(response.Content.Headers)
            .ToDictionary(
                header => header.Key,
                header => string.Join(", ", header.Value),
                StringComparer.OrdinalIgnoreCase);
        if (headers.TryGetValue("Location", out var to) && to.StartsWith("http://localhost/", StringComparison.Ordinal))
        {
            headers["Location"] = to["http://localhost".Length..];
        }

        return headers;
    }
}
