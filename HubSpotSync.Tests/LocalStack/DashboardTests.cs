using System.Net;
using System.Text.RegularExpressions;
using HubSpotSync.LocalStack.Dashboard;
using HubSpotSync.LocalStack.Stack;

namespace HubSpotSync.Tests.LocalStack;

public sealed partial class DashboardTests : IAsyncLifetime
{
    private readonly HttpClient _client = new(new HttpClientHandler { AllowAutoRedirect = false });
    private readonly TestStack _stack = new("s3cret-value");
    private DashboardHost _dashboard = null!; // set in InitializeAsync

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _stack.Add("worker", new ShellDriver("echo '<b>hello</b> s3cret-value'; exec sleep 1000"));
        _dashboard = await DashboardHost.StartAsync(_stack.Runner, _stack.Changes, Cancellation);
        _client.BaseAddress = new Uri(_dashboard.Url);
        _stack.Runner.Start();
        await _stack.WaitForAsync("worker", instance => instance.IsUp && instance.Log.Last(1).Count > 0);
    }

    public async ValueTask DisposeAsync()
    {
        await _dashboard.DisposeAsync();
        await _stack.DisposeAsync();
        _client.Dispose();
    }

    [Fact]
    public async Task It_shows_what_runs_and_lets_no_foreign_script_in()
    {
        using var page = await _client.GetAsync(new Uri("/", UriKind.Relative), Cancellation);

        var html = await page.Content.ReadAsStringAsync(Cancellation);
        Assert.Contains("data-name=\"worker\"", html, StringComparison.Ordinal);
        Assert.Contains(">Running<", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<style", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", html, StringComparison.Ordinal);
        var policy = Assert.Single(page.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_log_is_shown_escaped_and_without_secrets()
    {
        var html = await _client.GetStringAsync(new Uri("/logs/worker", UriKind.Relative), Cancellation);

        Assert.Contains("&lt;b&gt;hello&lt;/b&gt;", html, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret-value", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_log_goes_on_by_itself()
    {
        await using var stream = await _client.GetStreamAsync(
            new Uri("/logs/worker/tail", UriKind.Relative), Cancellation);
        using var reader = new StreamReader(stream);

        var first = await reader.ReadLineAsync(Cancellation);

        Assert.StartsWith("data: {", first, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret-value", first, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rebound_host_name_is_turned_away()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Host = "evil.example:18888";

        using var answer = await _client.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Theory]
    [InlineData("http://evil.example", true)]
    [InlineData(null, true)]
    [InlineData("own", false)]
    public async Task A_button_works_only_from_this_page(string? origin, bool withToken)
    {
        using var answer = await PressAsync("stop", origin == "own" ? _dashboard.Url : origin, withToken);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.True(_stack["worker"].IsUp);
    }

    [Fact]
    public async Task Stop_and_start_do_what_they_say()
    {
        using var stopped = await PressAsync("stop", _dashboard.Url, withToken: true);
        Assert.Equal(HttpStatusCode.SeeOther, stopped.StatusCode);
        await _stack.WaitForAsync("worker", instance => instance.State == ResourceState.Stopped);

        using var started = await PressAsync("start", _dashboard.Url, withToken: true);

        await _stack.WaitForAsync("worker", instance => instance.IsUp);
    }

    private async Task<HttpResponseMessage> PressAsync(string action, string? origin, bool withToken)
    {
        var page = await _client.GetStringAsync(new Uri("/", UriKind.Relative), Cancellation);
        var token = withToken ? Token().Match(page).Groups["token"].Value : "guess";
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/resources/worker/{action}");
        request.Content = new FormUrlEncodedContent([new("token", token)]);
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        return await _client.SendAsync(request, Cancellation);
    }

    [GeneratedRegex("name=\"token\" value=\"(?<token>[^\"]+)\"")]
    private static partial Regex Token();
}
