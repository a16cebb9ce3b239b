using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using HubSpotSync.HubSpotApi.Webhooks;
using HubSpotSync.Portal.Webhooks;
using HubSpotSync.Tests.Data;
using HubSpotSync.Tests.Infrastructure;
using HubSpotSync.Tests.Portal.Hosting;
using Npgsql;

namespace HubSpotSync.Tests.Portal;

/// <summary>Only HubSpot is heard, and what it says is written down once.</summary>
public sealed class WebhookEndpointTests(PortalFixture fixture) : IClassFixture<PortalFixture>
{
    private const string Path = "/hubspot/webhooks";
    private const string Secret = "fake-client-secret";
    private const string Url = "http://localhost/hubspot/webhooks";

    private PortalHost Portal => fixture.Portal;

    /// <summary>The published sample, and vectors computed by other programs.</summary>
    [Theory]
    [InlineData(
        "yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy", "https://www.example.com/webhook_uri",
        "{'example_field':'example_value'}", 1693657560000, "K36dawei4A+QBNolUOqo7s91KQDWQ5MXZ/QufNYuk/Y=")]
    [InlineData(
        "test-client-secret", "https://sync.example.test/hubspot/webhooks",
        "[{\"eventId\":1,\"objectId\":42}]", 1790000000000, "FLjsmsxW4BXf50bxRdSA1kNqSI2VU4X7x4FY2cwEftI=")]
    [InlineData(
        "test-client-secret", "https://sync.example.test/hubspot/webhooks?src=a%3Ab%2fc",
        "[{\"eventId\":1,\"objectId\":42}]", 1790000000000, "ffhaE2yz4cYLqeXGb4Rs+UR87FppNE0B1GsfyXCDF14=")]
    public void A_signature_of_HubSpots_is_known(string secret, string uri, string body, long time, string signature)
    {
        var at = DateTimeOffset.FromUnixTimeMilliseconds(time);

        Assert.True(IsValid(at));
        Assert.True(IsValid(at.AddMinutes(5)));
        Assert.False(IsValid(at.AddMinutes(5).AddMilliseconds(1)));
        Assert.False(IsValid(at.AddMinutes(-5).AddMilliseconds(-1)));

        bool IsValid(DateTimeOffset now) => WebhookSignature.IsValid(
            secret, "POST", uri, Encoding.UTF8.GetBytes(body), signature, $"{time}", now);
    }

    [Fact]
    public async Task An_event_asks_for_a_look_at_its_record_once_however_often_it_is_told()
    {
        var (connection, hub) = await ConnectionAsync();
        var body = Events(hub, "contact.propertyChange", 501, "email");

        Assert.Equal(204, await SendAsync(body));
        Assert.Equal(204, await SendAsync(body));
        Assert.Equal(204, await SendAsync(Events(hub, "contact.propertyChange", 501, "city")));

        Assert.Equal(
            ["Contact h501 version 1, locked by 0"],
            await Portal.Database.ListAsync<string>(
                $"""
                select kind || ' ' || record_key || ' version ' || version || ', locked by ' || xmax::text
                  from sync_requests where connection_id = '{connection}'
                """));
    }

    [Theory]
    [InlineData("lease_owner = 'somebody who looks just now'")]
    [InlineData("due_at = now() + interval '1 hour'")]
    [InlineData("attempts = 3")]
    [InlineData("parked_at = now()")]
    public async Task What_is_told_while_the_record_is_looked_at_or_its_look_has_failed_asks_for_another(string state)
    {
        var (connection, hub) = await ConnectionAsync();
        Assert.Equal(204, await SendAsync(Events(hub, "contact.propertyChange", 501, "email")));
        await Portal.Database.ExecuteAsync(
            $"update sync_requests set {state} where connection_id = '{connection}'");

        Assert.Equal(204, await SendAsync(Events(hub, "contact.propertyChange", 501, "city")));

        Assert.Equal(
            "2 t",
            await Portal.Database.ScalarAsync<string>(
                $"""
                select version || case when due_at <= clock_timestamp() and attempts = 0 and parked_at is null
                    then ' t' else ' f' end
                  from sync_requests where connection_id = '{connection}'
                """));
    }

    /// <summary>HubSpot tells again what was not taken, but maybe hours later.</summary>
    [Fact]
    public async Task What_meets_a_deadlock_is_taken_all_the_same()
    {
        var (connection, hub) = await ConnectionAsync();
        var told = new[] { 801, 802 }
            .Select(id => Events(hub, "contact.propertyChange", id, $"city{id}").Trim()[1..^1]);
        await Portal.Database.ExecuteAsync(
            $"""
            insert into sync_requests (connection_id, kind, record_key, workspace_id, hubspot_id)
              select '{connection}', 'Contact', 'h' || id, '{Portal.WorkspaceId}', id from unnest(array[801, 802]) id
            """);
        await using var other = new NpgsqlConnection(Portal.Database.OwnerConnectionString);
        await other.OpenAsync(TestContext.Current.CancellationToken);
        await SetPatienceAsync("3s");
        try
        {
            await HoldAsync("set deadlock_timeout = '1min'; begin"); // it is the portal that gives way
            await HoldAsync(Hold(802));
            var sending = SendAsync($"[{string.Join(',', told)}]");
            await Portal.Database.SeeLockWaitAsync("the portal to wait for a row");
            await HoldAsync(Hold(801)); // and each waits for the other
            await HoldAsync("commit");

            Assert.Equal(204, await sending);
        }
        finally
        {
            await SetPatienceAsync("1s");
        }

        Assert.Equal(2L, await Portal.Database.ScalarAsync<long>(
            $"select count(*) from webhook_receipts where connection_id = '{connection}'"));

        string Hold(int id) =>
            $"update sync_requests set attempts = 1 where connection_id = '{connection}' and record_key = 'h{id}'";

        async Task HoldAsync(string sql)
        {
            await using var command = new NpgsqlCommand(sql, other);
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        async Task SetPatienceAsync(string time)
        {
            var name = await Portal.Database.ScalarAsync<string>("select current_database()::text");
            await Portal.Database.ExecuteAsync($"alter database {name} set deadlock_timeout = '{time}'");
            Portal.Database.CloseSessions();
        }
    }

    [Fact]
    public async Task However_much_is_told_at_once_few_calls_write_and_those_without_a_place_are_told_later()
    {
        var (connection, hub) = await ConnectionAsync();
        await Portal.Database.ExecuteAsync(
            $"""
            insert into sync_requests (connection_id, kind, record_key, workspace_id, hubspot_id)
              values ('{connection}', 'Contact', 'h803', '{Portal.WorkspaceId}', 803)
            """);
        await using var other = new NpgsqlConnection(Portal.Database.OwnerConnectionString);
        await other.OpenAsync(TestContext.Current.CancellationToken);
        await using var held = await other.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using (var hold = new NpgsqlCommand(
            "select from sync_requests where record_key = 'h803' for update", other))
        {
            await hold.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        var calls = Enumerable.Range(0, WebhookGate.Width + WebhookGate.Places + 1)
            .Select(call => SendAsync(Events(hub, "contact.propertyChange", 803, $"city{call}")))
            .ToList();
        var refused = await Task.WhenAny(calls).WaitAsync(
            TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        Assert.Equal(503, await refused);
        var writing = await Eventually.SeeAsync(
            () => Portal.Database.ScalarAsync<long>(
                """
                select count(*) from pg_stat_activity
                  where datname = current_database() and wait_event_type = 'Lock' and query like 'with told as%'
                """),
            count => count > 0,
            TimeSpan.FromSeconds(30),
            "a call to wait for who holds the request");
        Assert.InRange(writing, 1, WebhookGate.Width);
        await held.RollbackAsync(TestContext.Current.CancellationToken);
        calls.Remove(refused);
        Assert.All(await Task.WhenAll(calls), status => Assert.Equal(204, status));
    }

    [Theory]
    [InlineData("deal.creation", "", "Deal h7")]
    [InlineData("company.deletion", "", "Company h7")]
    [InlineData("object.restore", ",\"objectTypeId\":\"0-1\"", "Contact h7")]
    [InlineData("contact.privacyDeletion", "", "Contact h7 erasure")]
    [InlineData("contact.merge", "", "Contact h7")]
    [InlineData(
        "contact.associationChange",
        ",\"associationType\":\"CONTACT_TO_COMPANY\",\"fromObjectId\":11,\"toObjectId\":12", "Contact h11")]
    [InlineData(
        "company.associationChange",
        ",\"associationType\":\"COMPANY_TO_CONTACT\",\"fromObjectId\":12,\"toObjectId\":11", "Contact h11")]
    [InlineData(
        "contact.associationChange",
        ",\"associationType\":\"CONTACT_TO_DEAL\",\"fromObjectId\":11,\"toObjectId\":13", "Deal h13")]
    [InlineData("ticket.creation", "", null)]
    [InlineData("contact", "", null)]
    public async Task Each_kind_of_event_names_the_record_to_look_at(string type, string more, string? asked)
    {
        var (connection, hub) = await ConnectionAsync();

        Assert.Equal(204, await SendAsync(Events(hub, type, 7, null, more)));

        Assert.Equal(
            asked is null ? [] : new[] { asked },
            await Portal.Database.ListAsync<string>(
                $"""
                select kind || ' ' || record_key || case when is_erasure then ' erasure' else '' end from sync_requests
                  where connection_id = '{connection}'
                """));
    }

    [Theory]
    [InlineData("stale")]
    [InlineData("future")]
    [InlineData("body")]
    [InlineData("secret")]
    [InlineData("query")]
    [InlineData("method")]
    [InlineData("time")]
    [InlineData("no signature")]
    [InlineData("no time")]
    [InlineData("two signatures")]
    [InlineData("version 1")]
    [InlineData("host")]
    public async Task Whoever_is_not_HubSpot_is_refused_and_nothing_is_written(string trick)
    {
        var (_, hub) = await ConnectionAsync();
        var receipts = await Portal.Database.ScalarAsync<long>("select count(*) from webhook_receipts");

        var status = await SendAsync(Events(hub, "contact.creation", 8, null), trick);

        Assert.Equal(401, status);
        Assert.Equal(receipts, await Portal.Database.ScalarAsync<long>("select count(*) from webhook_receipts"));
    }

    [Theory]
    [InlineData("{}", 400)]
    [InlineData("[", 400)]
    [InlineData("[[[[[[[[[[]]]]]]]]]]", 400)]
    [InlineData("[]", 204)]
    [InlineData("[1, null, {}, {\"subscriptionType\":5}]", 204)]
    [InlineData("[{\"subscriptionType\":\"contact.creation\",\"portalId\":1,\"objectId\":1,\"occurredAt\":9e18}]", 204)]
    public async Task What_makes_no_sense_does_no_harm(string body, int status) =>
        Assert.Equal(status, await SendAsync(body));

    [Fact]
    public async Task A_body_that_is_too_large_is_not_read() =>
        Assert.Equal(413, await SendAsync($"[\"{new string('x', 1_100_000)}\"]"));

    [Fact]
    public async Task Accounts_that_nobody_connected_are_none_of_our_business() =>
        Assert.Equal(204, await SendAsync(Events(424242, "contact.creation", 1, null)));

    private async Task<(Guid Connection, long Hub)> ConnectionAsync()
    {
        var connection = await SyncRows.AddConnectionAsync(Portal.Database, Portal.WorkspaceId);
        return (connection, await Portal.Database.ScalarAsync<long>(
            $"select hub_id from hubspot_connections where id = '{connection}'"));
    }

    private static string Events(long hub, string type, long id, string? property, string more = "") =>
        string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            [{"eventId":1,"portalId":{{hub}},"appId":4455,"occurredAt":1790000000000,"subscriptionType":"{{type}}",
              "attemptNumber":0,"objectId":{{id}},"propertyName":"{{property}}","changeSource":"CRM_UI"{{more}}}]
            """);

    private async Task<int> SendAsync(string body, string? trick = null)
    {
        var now = Portal.Clock.GetUtcNow();
        var time = (trick switch
        {
            "stale" => now.AddMinutes(-5.1),
            "future" => now.AddMinutes(5.1),
            _ => now,
        }).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        var method = trick == "method" ? "PUT" : "POST";
        var host = trick == "host" ? Url.Replace("localhost", "evil.example", StringComparison.Ordinal) : Url;
        var key = Encoding.UTF8.GetBytes(trick == "secret" ? "another-secret" : Secret);
        var text = Encoding.UTF8.GetBytes($"{method}{host}{body}{time}");
        var signature = trick == "version 1"
            ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Secret}{body}")))
            : Convert.ToBase64String(HMACSHA256.HashData(key, text));
        using var content = new StringContent(trick == "body" ? $"{body} " : body);
        List<(string, string)> headers = [];
        if (trick != "no signature")
        {
            headers.Add((trick == "version 1" ? "X-HubSpot-Signature" : WebhookSignature.Header, signature));
        }

        if (trick == "two signatures")
        {
            headers.Add((WebhookSignature.Header, signature));
        }

        if (trick != "no time")
        {
            headers.Add((WebhookSignature.TimestampHeader, trick == "time" ? $"{time}0" : time));
        }

        using var browser = Portal.Browser();
        var answer = await browser.SendAsync(
            HttpMethod.Post, trick == "query" ? $"{Path}?x=1" : Path, content, [.. headers]);
        return (int)answer.Status;
    }
}
