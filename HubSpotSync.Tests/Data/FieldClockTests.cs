using System.Text.Json;
using HubSpotSync.Tests.Builders;
using HubSpotSync.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Tests.Data;

/// <summary>The database notes when each field of a customer was edited, whoever writes.</summary>
public sealed class FieldClockTests : IAsyncLifetime
{
    private CrmHost _host = null!; // xunit initialises it before the test

    public async ValueTask InitializeAsync() => _host = await CrmHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task An_insert_by_plain_sql_stamps_what_it_gives_and_nothing_else()
    {
        var before = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() - 5_000;

        await InsertAsync("email, city", "'a@x.example', 'Here'");

        var clock = await ClockAsync();
        Assert.Equal(["city", "email"], clock.Keys.Order());
        Assert.All(clock.Values, stamp => Assert.Equal(("sql", true), (stamp.By, stamp.At > before)));
    }

    [Fact]
    public async Task An_update_stamps_the_fields_that_changed_and_leaves_the_others()
    {
        await InsertAsync("email, city, phone", "'a@x.example', 'Here', '1'");
        var before = await ClockAsync();
        await _host.Database.ExecuteAsync(
            """
            update customers set field_clock = field_clock || '{"email": {"at": 1, "by": "old"}}'
            """);

        await _host.Database.ExecuteAsync(
            "update customers set email = email, city = 'There', phone = null, last_name = 'New'");

        var after = await ClockAsync();
        Assert.Equal(["city", "email", "last_name", "phone"], after.Keys.Order());
        Assert.True(after["city"].At >= before["city"].At);
        Assert.NotEqual(before["phone"], after["phone"]); // a cleared field is an edited one
    }

    [Fact]
    public async Task Equal_values_written_again_leave_the_clock_alone()
    {
        await InsertAsync("email, city", "'a@x.example', 'Here'");
        var before = await ClockAsync();

        await _host.Database.ExecuteAsync(
            "update customers set email = email, city = 'Here', lifecycle_stage = 'customer'");

        Assert.Equal(before, await ClockAsync());
    }

    [Fact]
    public async Task The_engine_brings_its_own_clocks()
    {
        await InsertAsync("email, city", "'a@x.example', 'Here'");
        var before = await ClockAsync();

        await _host.Database.ExecuteAsync(
            """
            begin; set local app.engine = 'on';
            update customers set city = 'There', last_name = 'New',
              field_clock = field_clock || '{"last_name": {"at": 7, "by": "hubspot"}}'; commit;
            """);

        var after = await ClockAsync();
        Assert.Equal(before["city"], after["city"]);
        Assert.Equal(new Stamp(7, "hubspot"), after["last_name"]);
        await _host.Database.ExecuteAsync("update customers set city = 'Elsewhere'");
        Assert.Equal("sql", (await ClockAsync())["city"].By); // the marker ended with its transaction
    }

    [Fact]
    public async Task A_write_through_the_context_names_who_did_it()
    {
        await using (var session = await _host.OpenAppSessionAsync(_host.WorkspaceId))
        {
            await session.RunAsync("set app.actor = 'user:4711'");
            await session.RunAsync(
                $"""
                insert into customers (id, workspace_id, email)
                  values (gen_random_uuid(), '{_host.WorkspaceId}', 'a@x.example')
                """);
        }

        await _host.QueryAsync(async db =>
        {
            (await db.Customers.SingleAsync()).City = "Here";
            return await db.SaveChangesAsync();
        });

        var clock = await ClockAsync();
        Assert.Equal(("user:4711", "test"), (clock["email"].By, clock["city"].By));
    }

    [Fact]
    public async Task Every_mapped_two_way_field_has_a_clock()
    {
        var columns = HubSpotSync.Core.Fields.StandardFields.Contacts.Fields
            .Where(field => field.Direction == HubSpotSync.Core.Fields.FieldDirection.Both)
            .Select(field => field.Name)
            .ToList();

        await InsertAsync(string.Join(", ", columns), string.Join(", ", columns.Select(column => $"'{column}'")));

        Assert.Equal(columns.Order(), (await ClockAsync()).Keys.Order());
    }

    [Fact]
    public async Task Two_customers_may_not_hold_one_address_in_any_letter_case()
    {
        await InsertAsync("email", "'Mixed.Case@X.example'");

        var refused = await Assert.ThrowsAsync<DbUpdateException>(() => _host.QueryAsync(db =>
        {
            db.Customers.Add(A.Customer(db.WorkspaceId, "mixed.CASE@x.EXAMPLE"));
            return db.SaveChangesAsync();
        }));

        Assert.True(HubSpotSync.Data.DbErrors.Violates(refused, HubSpotSync.Data.Crm.Customer.EmailIndex));
        await _host.Database.ExecuteAsync("update customers set archived_at = now()");
        await InsertAsync("email", "'mixed.case@x.example'"); // an archived one holds no address
        await InsertAsync("email", "null");
        await InsertAsync("email", "null");
        var other = await _host.AddWorkspaceAsync();
        await _host.Database.ExecuteAsync(
            $"""
            insert into customers (id, workspace_id, email)
              values (gen_random_uuid(), '{other}', 'mixed.case@x.example')
            """);
        Assert.Equal(5, await _host.Database.ScalarAsync<long>("select count(*) from customers"));
    }

    private Task InsertAsync(string columns, string values) => _host.Database.ExecuteAsync(
        $"""
        insert into customers (id, workspace_id, {columns})
          values (gen_random_uuid(), '{_host.WorkspaceId}', {values})
        """);

    private async Task<Dictionary<string, Stamp>> ClockAsync()
    {
        var json = await _host.Database.ScalarAsync<string>("select field_clock::text from customers limit 1");
        return JsonSerializer.Deserialize<Dictionary<string, Stamp>>(
            json, JsonSerializerOptions.Web)!; // an object, always
    }

    private sealed record Stamp(long At, string By);
}
