using HubSpotSync.Core.Planning;
using HubSpotSync.Data.Journal;
using HubSpotSync.Data.Runs;
using HubSpotSync.Tests.Infrastructure;
using HubSpotSync.Tests.Scenarios;

namespace HubSpotSync.Tests.Worker;

/// <summary>The first import as a review: nobody comes before a person, or a rule for them, has said so.</summary>
public sealed class ReviewTests
{
    [Fact]
    public async Task Under_review_nothing_comes_and_every_contact_is_a_question_with_its_match()
    {
        await using var scenario = await StartAsync(SyncMode.HubSpotIsSource);
        await scenario.AddCustomerAsync("known@review.example", "Here");
        var (known, fresh) = (await MakeAsync(scenario, "known"), await MakeAsync(scenario, "fresh"));

        await scenario.RunAsync();

        Assert.Null(await scenario.CustomerAsync(known));
        Assert.Null(await scenario.CustomerAsync(fresh));
        Assert.Equal(
            $"{known} Email 1 Last, {fresh} - 0 Last",
            (await scenario.Database.ScalarAsync<string>(
                $"""
                select string_agg(hubspot_id || ' ' || coalesce(matched_by, '-') || ' ' || cardinality(match_ids) || ' '
                    || (fields->>'last_name'), ', ' order by hubspot_id)
                  from import_candidates where hubspot_id in ({known}, {fresh})
                """)));
        var outcome = await scenario.OutcomeAsync(known);
        Assert.Equal((OutcomeState.Excluded, OutcomeReason.WaitsForReview), (outcome.State, outcome.Reason));
    }

    [Theory]
    [InlineData("Replace", "Last")]
    [InlineData("Import", "Last")] // HubSpot owns the fields
    [InlineData("Skip", null)]
    public async Task What_was_decided_is_done_and_sticks(string answer, string? lastName)
    {
        await using var scenario = await StartAsync(SyncMode.HubSpotIsSource);
        await scenario.AddCustomerAsync("known@review.example", "Here");
        var id = await MakeAsync(scenario, "known");
        await scenario.RunAsync();

        await DecideAsync(scenario, id, answer);
        await ImportAsync(scenario);

        Assert.Equal(lastName, (await scenario.CustomerAsync(id))?.LastName);
        Assert.Equal(0, await CandidatesAsync(scenario, id));

        await scenario.ChangeRulesAsync(connection => connection.IsUnderReview = false);
        await scenario.Fake.EditAsync("contacts", id, new { city = "Lund" });
        await scenario.RunAsync();

        var after = await scenario.CustomerAsync(id);
        Assert.Equal((lastName, lastName is null ? null : "Lund"), (after?.LastName, after?.City));
        Assert.Equal(lastName is null, (await scenario.OutcomeAsync(id)).Reason == OutcomeReason.SkippedInReview);
    }

    [Fact]
    public async Task Create_new_makes_a_second_record_without_the_address_and_both_stay_as_they_are()
    {
        await using var scenario = await StartAsync(SyncMode.TwoWay);
        await scenario.AddCustomerAsync("known@review.example", "Here");
        var id = await MakeAsync(scenario, "known");
        await scenario.RunAsync();

        await DecideAsync(scenario, id, "CreateNew");
        await ImportAsync(scenario);
        await scenario.ChangeRulesAsync(connection => connection.IsUnderReview = false);
        var again = await scenario.RunAsync();

        var made = (await scenario.CustomerAsync(id))!; // it was created
        Assert.Equal((null, "Last"), (made.Email, made.LastName));
        Assert.Equal("known@review.example", (await scenario.ContactAsync(id))["email"]);
        Assert.Equal(OutcomeState.InSync, (await scenario.OutcomeAsync(id)).State);
        Assert.Equal(0, again.Updated);
    }

    [Fact]
    public async Task Replace_takes_every_value_that_HubSpot_has_and_keeps_the_losing_ones()
    {
        await using var scenario = await StartAsync(SyncMode.TwoWay);
        await scenario.AddCustomerAsync("known@review.example", "Here");
        await scenario.Database.ExecuteAsync("update customers set job_title = 'Only here'");
        var id = await MakeAsync(scenario, "known");
        await scenario.RunAsync();

        await DecideAsync(scenario, id, "Replace");
        await ImportAsync(scenario);

        var customer = (await scenario.CustomerAsync(id))!; // it was linked
        Assert.Equal(("Last", "Only here"), (customer.LastName, customer.JobTitle));
        Assert.Equal("Only here", (await scenario.ContactAsync(id))["jobtitle"]);
        Assert.Equal("Here", await scenario.Database.ScalarAsync<string>(
            "select local_value from field_conflicts where field = 'last_name'"));
    }

    [Theory]
    [InlineData(DuplicateRule.Skip, OutcomeState.Excluded, OutcomeReason.DuplicateSkipped)]
    [InlineData(DuplicateRule.Ask, OutcomeState.Failing, OutcomeReason.DuplicateWaits)]
    [InlineData(DuplicateRule.Replace, OutcomeState.InSync, OutcomeReason.Agreed)]
    [InlineData(DuplicateRule.Merge, OutcomeState.InSync, OutcomeReason.Agreed)]
    public async Task A_rule_may_decide_about_those_who_are_here_already(
        DuplicateRule rule, OutcomeState state, OutcomeReason reason)
    {
        await using var scenario = await StartAsync(SyncMode.HubSpotIsSource);
        await scenario.ChangeRulesAsync(connection =>
            (connection.IsUnderReview, connection.Duplicates) = (false, rule));
        await scenario.AddCustomerAsync("known@review.example", "Here");
        var (known, fresh) = (await MakeAsync(scenario, "known"), await MakeAsync(scenario, "fresh"));

        await scenario.RunAsync();

        var outcome = await scenario.OutcomeAsync(known);
        Assert.Equal((state, reason), (outcome.State, outcome.Reason));
        Assert.NotNull(await scenario.CustomerAsync(fresh));
        Assert.Equal(rule == DuplicateRule.Ask ? 1 : 0, await CandidatesAsync(scenario, known));
    }

    [Fact]
    public async Task A_person_may_say_which_of_several_it_is()
    {
        await using var scenario = await StartAsync(SyncMode.HubSpotIsSource);
        await scenario.AddCustomerAsync("one@review.example", "One");
        await scenario.AddCustomerAsync("two@review.example", "Two");
        var id = await MakeAsync(scenario, "known");
        await scenario.RunAsync();
        var two = await scenario.Database.ScalarAsync<Guid>("select id from customers where last_name = 'Two'");

        await DecideAsync(scenario, id, "Import", two);
        await ImportAsync(scenario);

        Assert.Equal(two, (await scenario.CustomerAsync(id))?.Id);
    }

    private static async Task<SyncScenario> StartAsync(SyncMode mode)
    {
        var scenario = await SyncScenario.StartAsync(SyncScenario.Tiny);
        await scenario.ConnectAsync(mode);
        await scenario.ChangeRulesAsync(connection => connection.IsUnderReview = true);
        return scenario;
    }

    private static Task<long> MakeAsync(SyncScenario scenario, string name) => scenario.Fake.CreateAsync(
        "contacts", new { email = $"{name}@review.example", lastname = "Last", lifecyclestage = "customer" });

    private static Task DecideAsync(SyncScenario scenario, long id, string answer, Guid? local = null) =>
        scenario.Database.ExecuteAsync(
            $"""
            insert into import_decisions (connection_id, hubspot_id, workspace_id, answer, local_id)
              values ('{scenario.ConnectionId}', {id}, '{scenario.WorkspaceId}', '{answer}',
                {(local is null ? "null" : $"'{local}'")})
            """);

    private static async Task ImportAsync(SyncScenario scenario)
    {
        var run = await scenario.RunAsync(RunDepth.Decided);
        Assert.Equal(RunState.Done, run.State);
    }

    private static Task<long> CandidatesAsync(SyncScenario scenario, long id) =>
        scenario.Database.ScalarAsync<long>($"select count(*) from import_candidates where hubspot_id = {id}");
}
