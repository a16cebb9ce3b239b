using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Records;
using HubSpotSync.Core.Scope;
using HubSpotSync.Data.Structure;
using HubSpotSync.Tests.FakeHubSpot;
using HubSpotSync.Tests.Infrastructure;
using HubSpotSync.Tests.Scenarios;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HubSpotSync.Tests.Worker;

/// <summary>What the portal's pages want to know about an account is read by the worker.</summary>
public sealed class StructureTests
{
    private const string Token = "token-of-the-tests";

    [Fact]
    public async Task Properties_and_lists_are_read_when_a_page_asks()
    {
        await using var scenario = await StartAsync();
        using var hubSpot = new HubSpotCaller(scenario.Fake.Url, Token);
        var list = await ListSample.MakeAsync(hubSpot, "VIP", "MANUAL");
        await hubSpot.PostAsync("/crm/properties/2026-09/contacts", new
        {
            name = "customer_number",
            label = "Customer number",
            type = "string",
            fieldType = "text",
            groupName = "contactinformation",
            hasUniqueValue = true,
        });

        var structure = await AskAsync(
            scenario,
            (questions, id) => questions.AskForDefinitionsAsync(id, CancellationToken.None),
            one => one.ReadAt is not null);

        Assert.False(structure.WantsDefinitions);
        Assert.Contains(structure.Lists, one => one.Name == "VIP" && $"{one.Id}" == list);
        var number = structure.Properties.Single(one => one.Name == "customer_number");
        Assert.Equal((RecordKind.Contact, FieldType.Text, true), (number.Kind, number.Type, number.HasUniqueValue));
        var stage = structure.Properties.First(one => one.Name == "lifecyclestage");
        Assert.Contains(stage.Options, option => option.Value == "customer");
        Assert.Contains(structure.Properties, one => one.Kind == RecordKind.Deal && one.Name == "amount");
        Assert.True(structure.Properties.Single(one => one.Kind == RecordKind.Contact && one.Name == "hs_object_id")
            .CanOnlyArrive);
    }

    [Fact]
    public async Task Without_the_permission_for_lists_everything_else_is_read()
    {
        await using var scenario = await StartAsync();
        using var hubSpot = new HubSpotCaller(scenario.Fake.Url, Token);
        await ListSample.MakeAsync(hubSpot, "VIP", "MANUAL");
        await scenario.ChangeRulesAsync(connection =>
            connection.Scopes = [.. connection.Scopes.Where(scope => scope != "crm.lists.read")]);

        var structure = await AskAsync(
            scenario,
            (questions, id) => questions.AskForDefinitionsAsync(id, CancellationToken.None),
            one => one.ReadAt is not null);

        Assert.Empty(structure.Lists);
        Assert.NotEmpty(structure.Properties);
    }

    [Theory]
    [InlineData(true, "customer", 1)]
    [InlineData(false, "customer", 2)]
    [InlineData(true, "", 2)]
    [InlineData(null, "customer", 3)]
    public async Task Contacts_are_counted_by_stage_and_activity(bool? active, string stage, int count)
    {
        await using var scenario = await StartAsync("--Fake:Contacts=0");
        var lately = Milliseconds(-3);
        await MakeAsync(scenario, new { email = "a@count.example", lifecyclestage = "customer" });
        await MakeAsync(
            scenario,
            new { email = "b@count.example", lifecyclestage = "customer", notes_last_updated = Milliseconds(-60) });
        await MakeAsync(
            scenario, new { email = "c@count.example", lifecyclestage = "customer", notes_last_updated = lately });
        await MakeAsync(
            scenario, new { email = "d@count.example", lifecyclestage = "lead", notes_last_updated = lately });
        var question = ScopeQuestion.Of(
            stage.Length == 0 ? [] : [stage], active is { } isActive ? new ActivityFilter(isActive, 30) : null);

        var structure = await AskAsync(
            scenario,
            (questions, id) => questions.AskForCountAsync(id, question, CancellationToken.None),
            one => one.Count is not null);

        Assert.Equal((question, count), (structure.Count!.Question, structure.Count.Contacts)); // it was waited for
        Assert.Null(structure.WantsCount);
    }

    [Fact]
    public async Task The_values_of_one_contact_are_read_as_HubSpot_holds_them()
    {
        await using var scenario = await StartAsync();
        var id = await MakeAsync(scenario, new { email = "sample@count.example", lastname = "Sample" });

        var structure = await AskAsync(
            scenario,
            (questions, connection) => questions.AskForSampleAsync(connection, id, CancellationToken.None),
            one => one.Sample is not null);

        var sample = structure.Sample!; // it was waited for
        Assert.Equal((id, "Sample", false), (sample.Id, sample.Values["lastname"], sample.IsGone));
        Assert.DoesNotContain("firstname", sample.Values.Keys);
        Assert.Null(structure.WantsSample);
    }

    [Fact]
    public async Task A_contact_that_is_gone_is_said_to_be()
    {
        await using var scenario = await StartAsync();

        var structure = await AskAsync(
            scenario,
            (questions, connection) => questions.AskForSampleAsync(connection, 999_999_999, CancellationToken.None),
            one => one.Sample is not null);

        Assert.True(structure.Sample!.IsGone); // it was waited for
    }

    private static async Task<SyncScenario> StartAsync(params string[] more)
    {
        var scenario = await SyncScenario.StartAsync([.. SyncScenario.Tiny, $"--Fake:Token={Token}", .. more]);
        await scenario.ConnectAsync();
        return scenario;
    }

    private static async Task<KnownStructure> AskAsync(
        SyncScenario scenario, Func<StructureQuestions, Guid, Task> ask, Func<KnownStructure, bool> isAnswered)
    {
        await scenario.WithAsync(async (services, _) =>
        {
            await ask(services.GetRequiredService<StructureQuestions>(), scenario.ConnectionId);
            return true;
        });
        return await Eventually.SeeAsync(
            () => scenario.QueryAsync(db => db.Structures.AsNoTracking().SingleAsync()),
            isAnswered,
            SyncScenario.RunLimit,
            "an answer about the account");
    }

    private static Task<long> MakeAsync(SyncScenario scenario, object properties) =>
        scenario.Fake.CreateAsync("contacts", properties);

    private static string Milliseconds(int days) =>
        $"{TimeProvider.System.GetUtcNow().AddDays(days).ToUnixTimeMilliseconds()}";
}
