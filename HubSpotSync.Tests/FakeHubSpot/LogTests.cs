using System.Collections.Concurrent;
using HubSpotSync.Tests.Infrastructure;
using Microsoft.Extensions.Logging;
using static HubSpotSync.Tests.FakeHubSpot.Sample;

namespace HubSpotSync.Tests.FakeHubSpot;

public sealed class LogTests
{
    [Fact]
    public async Task Neither_tokens_nor_addresses_reach_the_log()
    {
        using var lines = new CapturedLines();
        await using var host = await FakeHubSpotHost.StartAsync(
            TestContext.Current.CancellationToken, configure: builder => builder.Logging.AddProvider(lines));
        using var browser = host.Anonymous();
        var code = await Consent.CodeAsync(browser, "oauth crm.objects.contacts.read crm.objects.contacts.write");
        var tokens = await Consent.RedeemAsync(browser, code);
        using var caller = new HubSpotCaller(host.Address, tokens.At("access_token"));

        await caller.PostAsync(Contacts, With(("email", "canary@test.example")));
        await caller.GetAsync($"{Contacts}/canary@test.example?idProperty=email");
        await caller.PostAsync(Contacts, With(("email", "canary is wrong")));

        Assert.NotEmpty(lines.All);
        Assert.All(lines.All, line =>
        {
            Assert.DoesNotContain("canary", line, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(code, line, StringComparison.Ordinal);
            Assert.DoesNotContain("na1-", line, StringComparison.Ordinal);
        });
    }

    private sealed class CapturedLines : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> All { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState,
            Exception?,
            string> formatter) =>
            All.Enqueue(formatter(state, exception) + exception);

        public void Dispose()
        {
        }
    }
}
