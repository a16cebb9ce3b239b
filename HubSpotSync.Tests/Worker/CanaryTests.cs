using System.Net.Http.Json;
using HubSpotSync.Data.Connections;
using HubSpotSync.Data.Runs;
using HubSpotSync.Tests.Builders;
using HubSpotSync.Tests.Infrastructure;
using HubSpotSync.Tests.Scenarios;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HubSpotSync.Tests.Worker;

/// <summary>
/// Marked people and real tokens go through everything that can happen; none of it may be found where operators look.
/// </summary>
public sealed class CanaryTests
{
    private const string Mark = "zqcanary";
    private const string City = $"{Mark} of a length that no other city has";

    private readonly HashSet<string> _secrets = [Mark, "fake-client-secret", CrmHost.Secret];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_log_line_trace_or_metric_holds_a_person_or_a_token()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var scenario = await StartAsync(receiver);
        await AddMarkedPeopleAsync(scenario);
        await scenario.ConnectAsync();
        await KeepTokensAsync(scenario);
        await scenario.Fake.AddFaultAsync(
            new { kind = "status", method = "GET", pathPrefix = "/crm/objects", times = 2, status = 500 });
        await scenario.Fake.DropAnswerOfUpsertAsync();
        await scenario.Database.ExecuteAsync("update hubspot_connections set token_expires_at = now()");
        await scenario.Database.ExecuteAsync( // this SQL is traced too
            $"alter table customers add constraint stumble check (length(city) <> {City.Length}) not valid");

        var run = await scenario.RequestRunAsync();
        await LineAsync(scenario, "failed"); // an error of ours, with the exception of the database
        await scenario.Database.ExecuteAsync(
            "alter table customers drop constraint stumble; update sync_runs set due_at = now()");
        var end = await scenario.WaitForEndAsync(run.Id);
        await KeepTokensAsync(scenario);
        await scenario.UninstallAsync();
        await scenario.RequestRunAsync();
        await LineAsync(scenario, "needs reconnection");
        await receiver.SeeAsync("/v1/logs", "needs reconnection");
        // Our own meters end here with the hosts of other tests, which share them.
        await receiver.SeeAsync("/v1/metrics", "dotnet.");
        await receiver.SeeAsync("/v1/traces", "sync page");

        Assert.Equal((RunState.Done, 1), (end.State, end.Failed)); // the one whose address HubSpot refuses
        Assert.Contains(
            await FakeContacts.ReadAsync(scenario.Fake),
            contact => contact["email"] == $"{Mark}.only.here@local.example");
        // Two access tokens, one refresh token and two ciphertexts: it was really refreshed.
        Assert.Equal(8, _secrets.Count);
        foreach (var secret in _secrets)
        {
            Assert.DoesNotContain(
                scenario.Log.Lines, line => line.Contains(secret, StringComparison.OrdinalIgnoreCase));
            Assert.DoesNotContain(
                receiver.Payloads, one => one.Payload.Contains(secret, StringComparison.OrdinalIgnoreCase));
        }
    }

    /// <summary>A worker that logs all there is, at every level, and exports it.</summary>
    private static async Task<SyncScenario> StartAsync(OtlpReceiver receiver)
    {
        var scenario = await SyncScenario.StartAsync(
            "--Fake:Contacts=15", "--Fake:Companies=3", "--Fake:Deals=3", "--Fake:Limits=off");
        await scenario.PauseWorkersAsync();
        scenario.Configure("Logging:LogLevel:Default", "Trace");
        foreach (var (name, value) in receiver.Settings)
        {
            scenario.Configure(name, value);
        }

        await scenario.StartWorkerAsync();
        return scenario;
    }

    private static async Task AddMarkedPeopleAsync(SyncScenario scenario)
    {
        await scenario.QueryAsync(async db =>
        {
            db.Customers.Add(
                A.Customer(db.WorkspaceId, $"{Mark}.only.here@local.example", $"{Mark}first", $"{Mark}last"));
            db.Customers.Add(A.Customer(db.WorkspaceId, $"{Mark} is no address", $"{Mark}first"));
            var both = A.Customer(db.WorkspaceId, $"{Mark}.both@local.example", $"{Mark}local");
            both.Phone = $"{Mark} 1";
            db.Customers.Add(both);
            return await db.SaveChangesAsync();
        });
        foreach (var email in (string[])[$"{Mark}.both@local.example", $"{Mark}.there@x.example"])
        {
            using var made = await scenario.Fake.Http.PostAsJsonAsync(
                new Uri(scenario.Fake.Url, $"/_fake/accounts/{scenario.Fake.PortalId}/objects/contacts"),
                new
                {
                    properties = new Dictionary<string, string>
                    {
                        ["email"] = email,
                        ["lifecyclestage"] = "customer",
                        ["firstname"] = $"{Mark}hubspot",
                        ["city"] = City,
                    },
                },
                Token);
            Assert.True(made.IsSuccessStatusCode);
        }
    }

    private Task<int> KeepTokensAsync(SyncScenario scenario) => scenario.WithAsync(async (services, db) =>
    {
        var connection = await db.Connections.AsNoTracking().SingleAsync();
        var vault = services.GetRequiredService<TokenVault>();
        _secrets.Add(vault.Unprotect(connection, connection.AccessToken!)); // it is connected
        _secrets.Add(vault.Unprotect(connection, connection.RefreshToken!)); // likewise
        return _secrets.Add(connection.AccessToken!) ? 1 : 0; // the ciphertext has no business there either
    });

    private static Task<bool> LineAsync(SyncScenario scenario, string text) => Eventually.BeTrueAsync(
        () => Task.FromResult(scenario.Log.Lines.Any(line =>
            line.Contains("HubSpotSync.Worker.Runs", StringComparison.Ordinal)
            && line.Contains(text, StringComparison.Ordinal))),
        SyncScenario.RunLimit,
        $"the log to say '{text}'");
}
