using System.Collections.Concurrent;
using System.Net;
using HubSpotSync.Data;
using HubSpotSync.Data.Identity;
using HubSpotSync.Portal;
using HubSpotSync.Tests.Infrastructure;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace HubSpotSync.Tests.Portal.Hosting;

/// <summary>
/// The real portal in this process, on a database of its own. When it ends, its log is searched for secrets.
/// </summary>
public sealed class PortalHost : IAsyncDisposable
{
    public const string Password = "canary words of a password";
    public const string SetupCode = "canary-set-up-code";
    public const string OperatorKey = "canary-operator-key";

    // Hashing is slow on purpose; tests sign in a thousand times.
    private static readonly PasswordHasherOptions Hashing = new() { IterationCount = 1000 };

    private static readonly string PasswordHash = new PasswordHasher<User>(Options.Create(Hashing))
        .HashPassword(new User { DisplayName = "" }, Password);

    private static readonly ConcurrentBag<PortalHost> Idle = [];

    private static readonly string[] UsualSecrets = [Password, SetupCode, OperatorKey];

    private readonly Factory _factory;
    private readonly ConcurrentDictionary<WorkspaceRole, PageClient> _signedIn = new();
    private bool _isBorrowed;
    private bool _ownsDatabase;

    private PortalHost(TestDatabase database, Factory factory) => (Database, _factory) = (database, factory);

    public TestDatabase Database { get; }

    public CapturedLog Log => _factory.Log;

    public ShiftedClock Clock => _factory.Clock;

    public IServiceProvider Services => _factory.Services;

    public Guid WorkspaceId { get; private set; }

    /// <summary>Where a served portal listens.</summary>
    public Uri Address => _factory.ClientOptions.BaseAddress;

    /// <summary>What must not be in the log.</summary>
    public ConcurrentBag<string> Secrets { get; } = [.. UsualSecrets];

    public static async Task<PortalHost> StartAsync(params (string Name, string? Value)[] settings) =>
        await StartOnAsync(await TestDatabase.CreateAsync(), onPort: false, settings, ownsDatabase: true);

    /// <summary>
    /// One that other tests have used and left, with nothing in it: starting one costs as much as twenty pages. Not for
    /// tests of the first visit, which a portal remembers.
    /// </summary>
    public static async Task<PortalHost> BorrowAsync()
    {
        if (!Idle.TryTake(out var host))
        {
            host = await StartAsync();
        }

        host._isBorrowed = true;
        return host;
    }

    /// <summary>The same on a free port, for a browser.</summary>
    public static async Task<PortalHost> ServeAsync(params (string Name, string? Value)[] settings) =>
        await StartOnAsync(await TestDatabase.CreateAsync(), onPort: true, settings, ownsDatabase: true);

    public static Task<PortalHost> ServeOnAsync(
        TestDatabase database, params (string Name, string? Value)[] settings) =>
        StartOnAsync(database, onPort: true, settings);

    public static Task<PortalHost> StartOnAsync(
        TestDatabase database, params (string Name, string? Value)[] settings) =>
        StartOnAsync(database, onPort: false, settings);

    private static async Task<PortalHost> StartOnAsync(
        TestDatabase database, bool onPort, (string Name, string? Value)[] settings, bool ownsDatabase = false)
    {
        ArgumentNullException.ThrowIfNull(database);
        var factory = new Factory(new Dictionary<string, string?>
        {
            ["ConnectionStrings:crm"] = database.AppConnectionString,
            ["ConnectionStrings:redis"] = "localhost:1", // no page needs it
            ["KeyRing:Secret"] = "a-secret-of-tests-that-is-long-enough",
            ["HubSpot:ApiUrl"] = "http://localhost:1/",
            ["HubSpot:AppUrl"] = "http://localhost:1/",
            ["HubSpot:ClientId"] = "fake-client-id",
            ["HubSpot:ClientSecret"] = "fake-client-secret",
            ["Setup:Code"] = SetupCode,
            ["RateLimits:AttemptsPerAddress"] = "100000",
            ["RateLimits:AttemptsPerAccount"] = "100000",
            ["RateLimits:PublicPagesPerAddress"] = "100000",
            ["RateLimits:RequestsPerMinute"] = "1000000",
        });
        foreach (var (name, value) in settings)
        {
            factory.Settings[name] = value;
        }

        var host = new PortalHost(database, factory) { _ownsDatabase = ownsDatabase };
        if (onPort)
        {
            // Not UseKestrel(0): that sets the address when Program may have started the server already.
            factory.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port: 0));
            factory.StartServer();
        }
        else
        {
            _ = factory.Server; // starts it
        }

        host.WorkspaceId = await database.ScalarAsync<Guid>("select id from workspaces order by created_at limit 1");
        return host;
    }

    public static string EmailOf(WorkspaceRole role) => $"{role}.canary@portal.example".ToLowerInvariant();

    public HttpMessageHandler CreateHandler() => _factory.Server.CreateHandler();

    public PageClient Browser() => new(_factory.Server.CreateHandler());

    /// <summary>Somebody who may sign in with <see cref="Password"/>.</summary>
    public async Task<Guid> AddUserAsync(string email, WorkspaceRole role, Guid? workspaceId = null)
    {
        Secrets.Add(email);
        var id = Guid.NewGuid();
        await Database.ExecuteAsync(
            $"""
            insert into users (id, workspace_id, role, display_name, user_name, normalized_user_name,
              email, normalized_email, password_hash, security_stamp, concurrency_stamp)
            values ('{id}', '{workspaceId ?? WorkspaceId}', '{role}', '{role} {email.Split('@')[0]}',
              '{email}', upper('{email}'), '{email}', upper('{email}'),
              '{PasswordHash}', '{Guid.NewGuid():N}', '{Guid.NewGuid()}')
            """);
        return id;
    }

    public async Task AddUserOfEachRoleAsync()
    {
        foreach (var role in Enum.GetValues<WorkspaceRole>())
        {
            await AddUserAsync(EmailOf(role), role);
        }
    }

    public async Task<PageClient> SignInAsync(string email)
    {
        var browser = Browser();
        var page = await browser.OpenAsync("/signin");
        var answer = await browser.SubmitAsync(page, "Sign in", ("Email", email), ("Password", Password));
        Assert.True(answer.Location == "/", $"Nobody was signed in: {(int)answer.Status} {answer.Words}");
        return browser;
    }

    /// <summary>The same browser each time; not for tests that sign out or change the role.</summary>
    public async Task<PageClient> AsAsync(WorkspaceRole role) =>
        _signedIn.TryGetValue(role, out var known) ? known : _signedIn[role] = await SignInAsync(EmailOf(role));

    public async Task<T> QueryAsync<T>(Func<IServiceProvider, CrmDbContext, Task<T>> query)
    {
        ArgumentNullException.ThrowIfNull(query);
        await using var scope = Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CrmDbContext>();
        db.EnterWorkspace(WorkspaceId, "test");
        return await query(scope.ServiceProvider, db);
    }

    public void AssertLogKeepsSecrets() => Assert.All(Secrets.Distinct(), secret => Assert.DoesNotContain(
        Log.Lines, line => line.Contains(secret, StringComparison.OrdinalIgnoreCase)));

    public async ValueTask DisposeAsync()
    {
        foreach (var browser in _signedIn.Values)
        {
            browser.Dispose();
        }

        _signedIn.Clear();
        if (_isBorrowed)
        {
            AssertLogKeepsSecrets();
            await ForgetAsync();
            Idle.Add(this);
            return;
        }

        await _factory.DisposeAsync();
        await Database.EndAsync(isOver: _ownsDatabase);
        AssertLogKeepsSecrets();
    }

    private async Task ForgetAsync()
    {
        await Database.EmptyAsync(WorkspaceId);
        Clock.SetRight();
        Log.Lines.Clear();
        Secrets.Clear();
        foreach (var secret in UsualSecrets)
        {
            Secrets.Add(secret);
        }
    }

    private sealed class Factory(Dictionary<string, string?> settings) : WebApplicationFactory<PortalEntry>
    {
        public Dictionary<string, string?> Settings => settings;

        public CapturedLog Log { get; } = new();

        public ShiftedClock Clock { get; } = new();

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseEnvironment("Production");
            foreach (var (name, value) in settings)
            {
                builder.UseSetting(name, value);
            }

            builder.ConfigureLogging(logging => logging.ClearProviders().AddProvider(Log));
            builder.ConfigureTestServices(services => services
                .AddSingleton<TimeProvider>(Clock)
                .Configure<PasswordHasherOptions>(options => options.IterationCount = Hashing.IterationCount));
        }
    }
}
