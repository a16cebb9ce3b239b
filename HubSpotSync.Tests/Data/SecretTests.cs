using System.Security.Cryptography;
using System.Text;
using HubSpotSync.Core.Planning;
using HubSpotSync.Data.Connections;
using HubSpotSync.Tests.Infrastructure;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace HubSpotSync.Tests.Data;

/// <summary>A copy of the database gives nobody a token.</summary>
public sealed class SecretTests : IAsyncLifetime
{
    private const string AccessToken = "CAccessTokenOfThisTest-4242424242";
    private const string RefreshToken = "na1-refresh-token-of-this-test";

    private CrmHost _host = null!; // xunit initialises it before the test

    private TokenVault Vault => _host.Services.GetRequiredService<TokenVault>();

    public async ValueTask InitializeAsync() => _host = await CrmHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_token_is_read_by_its_own_connection_only()
    {
        var first = await ConnectAsync(1);
        var second = await ConnectAsync(2);

        Assert.Equal(AccessToken, Vault.Unprotect(first, first.AccessToken!));
        Assert.Throws<CryptographicException>(() => Vault.Unprotect(second, first.AccessToken!));
        var inAnotherWorkspace = new HubSpotConnection
        {
            Id = first.Id, WorkspaceId = Guid.NewGuid(), AccountName = "", UiDomain = "",
        };
        Assert.Throws<CryptographicException>(() => Vault.Unprotect(inAnotherWorkspace, first.AccessToken!));
    }

    [Fact]
    public async Task A_token_with_one_changed_letter_is_not_read()
    {
        var connection = await ConnectAsync(1);
        var text = connection.AccessToken!; // connected above
        var random = new Random(1);

        for (var i = 0; i < 200; i++)
        {
            var at = random.Next(text.Length - 1); // the last letter holds bits that mean nothing
            var changed = new StringBuilder(text) { [at] = text[at] == 'A' ? 'B' : 'A' }.ToString();
            Assert.ThrowsAny<Exception>(() => Vault.Unprotect(connection, changed));
        }
    }

    [Fact]
    public async Task A_dump_of_the_database_holds_neither_a_token_nor_the_key_to_one()
    {
        await ConnectAsync(1);

        var dump = await DumpAsync(_host.Database);

        Assert.Contains("hubspot_connections", dump, StringComparison.Ordinal);
        Assert.Contains("encryptedKey", dump, StringComparison.Ordinal);
        string[] secrets =
            [AccessToken, RefreshToken, CrmHost.Secret, TestDatabase.AppPassword, "<masterKey", "masterKey"];
        foreach (var secret in secrets)
        {
            var bytes = Encoding.UTF8.GetBytes(secret);
            Assert.DoesNotContain(secret, dump, StringComparison.Ordinal);
            Assert.DoesNotContain(Convert.ToBase64String(bytes).TrimEnd('=')[..^2], dump, StringComparison.Ordinal);
            Assert.DoesNotContain(Convert.ToHexString(bytes), dump, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task Another_service_with_the_same_secret_reads_the_token_and_one_with_another_does_not()
    {
        var connection = await ConnectAsync(1);
        await using var same = await CrmHost.StartOnAsync(_host.Database);
        await using var other = await CrmHost.StartOnAsync(_host.Database, "another-secret-that-is-long-enough-too");

        Assert.Equal(AccessToken, Read(same));
        Assert.ThrowsAny<Exception>(() => Read(other));
        Assert.All(
            await _host.QueryAsync(db => db.DataProtectionKeys.Select(key => key.Xml).ToListAsync()),
            xml => Assert.Contains("encryptedKey", xml, StringComparison.Ordinal));

        string Read(CrmHost host) =>
            host.Services.GetRequiredService<TokenVault>().Unprotect(connection, connection.AccessToken!); // set above
    }

    [Fact]
    public async Task The_key_ring_can_be_read_and_added_to_but_not_changed_by_the_services()
    {
        _host.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("test").Protect("text");
        await using var session = await _host.OpenAppSessionAsync(_host.WorkspaceId);

        Assert.Equal("42501", await session.RefusalAsync("update data_protection_keys set xml = ''"));
        Assert.Equal("42501", await session.RefusalAsync("delete from data_protection_keys"));
    }

    [Fact]
    public void What_a_consent_brought_does_not_print_its_tokens()
    {
        var made = Made(1);

        Assert.DoesNotContain(AccessToken, $"{made}", StringComparison.Ordinal);
        Assert.DoesNotContain(RefreshToken, $"{made}", StringComparison.Ordinal);
    }

    private static NewConnection Made(int hub) => new(hub, "Acme", "app.hubspot.com")
    {
        Mode = SyncMode.TwoWay,
        AccessToken = AccessToken,
        RefreshToken = RefreshToken,
        ExpiresIn = TimeSpan.FromMinutes(30),
        Scopes = [],
        ConnectedBy = Guid.Empty,
    };

    private async Task<HubSpotConnection> ConnectAsync(int hub)
    {
        var user = Guid.NewGuid();
        await _host.Database.ExecuteAsync(
            $"""
            insert into users (id, workspace_id, role, display_name,
                user_name, normalized_user_name, email, normalized_email)
              values ('{user}', '{_host.WorkspaceId}', 'Owner', '', '{user}', '{user}', '{user}', '{user}')
            """);
        return await _host.InAsync(_host.WorkspaceId, (services, _) =>
            services.GetRequiredService<ConnectionRegistry>()
                .ConnectAsync(Made(hub) with { ConnectedBy = user }, CancellationToken.None));
    }

    private static async Task<string> DumpAsync(TestDatabase database)
    {
        var tables = await database.ListAsync<string>(
            "select tablename::text from pg_tables where schemaname = 'public' order by 1");
        await using var connection = new NpgsqlConnection(database.OwnerConnectionString);
        await connection.OpenAsync();
        var dump = new StringBuilder();
        foreach (var table in tables)
        {
            using var copy = await connection.BeginTextExportAsync($"copy {table} to stdout");
            dump.AppendLine(table).AppendLine(await copy.ReadToEndAsync());
        }

        return dump.ToString();
    }
}
