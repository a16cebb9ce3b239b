using HubSpotSync.Core.Records;
using HubSpotSync.Data.Connections;
using HubSpotSync.Data.Crm;
using HubSpotSync.Data.Journal;
using HubSpotSync.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Tests.Scenarios;

/// <summary>What tests ask of a scenario, and rules that they set.</summary>
internal static class SyncQuestions
{
    /// <summary>An admin changes what is synced.</summary>
    public static Task ChangeRulesAsync(this SyncScenario scenario, Action<HubSpotConnection> change) =>
        scenario.QueryAsync(async db =>
        {
            var connection = await db.Connections.SingleAsync();
            change(connection);
            return await db.SaveChangesAsync();
        });

    public static Task<RecordOutcome> OutcomeAsync(
        this SyncScenario scenario, long hubSpotId, RecordKind kind = RecordKind.Contact) =>
        scenario.QueryAsync(db => db.Outcomes.AsNoTracking()
            .SingleAsync(outcome => outcome.HubspotId == hubSpotId && outcome.Kind == kind));

    /// <summary>The customer linked to a contact, or <c>null</c>.</summary>
    public static Task<Customer?> CustomerAsync(this SyncScenario scenario, long hubSpotId) =>
        scenario.QueryAsync(db => (
            from link in db.Links
            where link.Kind == RecordKind.Contact && link.HubspotId == hubSpotId
            join customer in db.Customers on link.LocalId equals customer.Id
            select customer).AsNoTracking().SingleOrDefaultAsync());

    public static Task<T> CustomAsync<T>(this SyncScenario scenario, Guid customer, string field) =>
        scenario.Database.ScalarAsync<T>($"select custom->>'{field}' from customers where id = '{customer}'");

    public static async Task<FakeContact> ContactAsync(this SyncScenario scenario, long id) =>
        (await FakeContacts.ReadAsync(scenario.Fake)).Single(contact => contact.Id == id);

    public static Task<FakeContact> SeeContactAsync(
        this SyncScenario scenario, string email, Func<FakeContact, bool> condition) => Eventually.SeeAsync(
        async () => (await FakeContacts.ReadAsync(scenario.Fake)).Find(one => one["email"] == email)!,
        contact => contact is not null && condition(contact),
        SyncScenario.RunLimit,
        $"{email} in HubSpot");

    public static Task<long> NothingWaitsAsync(this SyncScenario scenario) => Eventually.SeeAsync(
        () => scenario.Database.ScalarAsync<long>("select count(*) from sync_requests"),
        waiting => waiting == 0,
        SyncScenario.RunLimit,
        "no request to wait");

    public static Task AddCustomerAsync(this SyncScenario scenario, string? email, string? lastName = "Body") =>
        scenario.Database.ExecuteAsync(
            $"""
            insert into customers (id, workspace_id, email, last_name) values (gen_random_uuid(),
              '{scenario.WorkspaceId}', {Quoted(email)}, {Quoted(lastName)})
            """);

    private static string Quoted(string? text) => text is null ? "null" : $"'{text}'";
}
