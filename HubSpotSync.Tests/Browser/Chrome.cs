using System.Runtime.CompilerServices;
using HubSpotSync.LocalStack.Tools;
using Microsoft.Playwright;

namespace HubSpotSync.Tests.Browser;

/// <summary>A Chromium for all browser tests; a page of its own for each, whose every complaint is kept.</summary>
internal sealed class Chrome : IAsyncDisposable
{
    private static readonly Lazy<Task<IBrowser>> Browser = new(LaunchAsync);

    private static readonly string? Traces = Folder("TRACES");

    private readonly IBrowserContext _context;
    private readonly string _test;
    private readonly ColorScheme _scheme;
    private readonly List<string> _complaints = [];

    private Chrome(IBrowserContext context, IPage page, string test, ColorScheme scheme) =>
        (_context, Page, _test, _scheme) = (context, page, test, scheme);

    public IPage Page { get; }

    /// <summary>
    /// Errors and warnings of the console, refused resources and unhandled exceptions, with their page.
    /// </summary>
    public IReadOnlyList<string> Complaints => _complaints;

    public static async Task<Chrome> OpenAsync(int width, ColorScheme scheme, [CallerMemberName] string test = "")
    {
        var browser = await Browser.Value;
        var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = 844 },
            ColorScheme = scheme,
            Locale = "en-US",
        });
        context.SetDefaultTimeout(20_000);
        if (Traces is not null)
        {
            await context.Tracing.StartAsync(new TracingStartOptions { Snapshots = true });
        }

        var page = await context.NewPageAsync();
        var chrome = new Chrome(context, page, $"{test}-{width}", scheme);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                chrome._complaints.Add($"{page.Url}: {message.Text}");
            }
        };
        page.PageError += (_, error) => chrome._complaints.Add($"{page.Url}: {error}");
        return chrome;
    }

    public ValueTask DisposeAsync() => _context.DisposeAsync();

    /// <summary>A picture for who wants to look at the page, where SCREENSHOTS names a folder.</summary>
    public async Task ShootAsync(string name)
    {
        if (Folder("SCREENSHOTS") is { } folder)
        {
            var path = Path.Combine(folder, $"{_test}-{_scheme}-{name}.png");
            await Page.ScreenshotAsync(new PageScreenshotOptions { Path = path, FullPage = true });
        }
    }

    /// <summary>
    /// A picture beside the test results, for who has to find out; a trace too, where TRACES names a folder, since it
    /// copies the page at every step.
    /// </summary>
    public async Task KeepEvidenceAsync()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "TestResults", "browser");
        Directory.CreateDirectory(folder);
        var screenshot = Path.Combine(folder, $"{_test}.png");
        await Page.ScreenshotAsync(new PageScreenshotOptions { Path = screenshot, FullPage = true });
        if (Traces is { } traces)
        {
            await _context.Tracing.StopAsync(
                new TracingStopOptions { Path = Path.Combine(traces, $"{_test}-{_scheme}.zip") });
        }
    }

    private static string? Folder(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } folder ? folder : null;

    private static async Task<IBrowser> LaunchAsync()
    {
        Assertions.SetDefaultExpectTimeout(20_000); // pages that fill by themselves ask every five seconds
        var path = await Chromium.FindOrInstallAsync(CancellationToken.None);
        var playwright = await Playwright.CreateAsync();
        return await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = path,
            Args = ["--no-sandbox", "--disable-background-networking", "--disable-dev-shm-usage"],
        });
    }
}
