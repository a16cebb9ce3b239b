using System.Globalization;
using HubSpotSync.Core.Records;
using HubSpotSync.FakeHubSpot.Faults;
using HubSpotSync.FakeHubSpot.OAuth;
using HubSpotSync.HubSpotApi;
using HubSpotSync.HubSpotApi.Errors;
using HubSpotSync.HubSpotApi.Objects;
using HubSpotSync.HubSpotApi.Structure;
using HubSpotSync.Tests.FakeHubSpot;
using HubSpotSync.Tests.Infrastructure;
using static HubSpotSync.Tests.FakeHubSpot.Sample;

namespace HubSpotSync.Tests.HubSpotApi;

public sealed class WriteTests(FakeHubSpotFixture fixture) : IClassFixture<FakeHubSpotFixture>, IAsyncLifetime
{
    private const string UpdateRoute = "/crm/objects/2026-09/{type}/batch/update";
    private const string UpsertRoute = "/crm/objects/2026-09/{type}/batch/upsert";

    private readonly List<WaitReason?> _waits = [];
    private HubSpotClient _client = null!; // xunit initialises it before the test
    private HubSpotSession _session = null!; // as above
    private Infrastructure.HubSpotCaller _caller = null!; // as above

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        fixture.Host.Faults.Clear();
        _client = await HubSpotClient.StartAsync(fixture.Host.Address);
        _caller = fixture.Host.Connect();
        var account = fixture.Host.Accounts.Main.PortalId;
        var token = fixture.Host.Installations.Install(account, ScopeCatalog.All).AccessToken;
        _session = HubSpotClient.Session(new TestTokens(token), (reason, _) =>
        {
            _waits.Add(reason);
            return Task.CompletedTask;
        });
        await _client.Structure.EnsureOwnIdPropertyAsync(_session, Token);
        fixture.Host.Requests.Reset();
    }

    public async ValueTask DisposeAsync()
    {
        _caller.Dispose();
        await _client.DisposeAsync();
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(0, false)]
    [InlineData(500, true)]
    [InlineData(502, true)]
    [InlineData(503, false)]
    [InlineData(504, true)]
    public async Task A_write_without_an_answer_is_never_repeated_by_itself(int status, bool afterCommit)
    {
        var id = await ContactAsync(_caller, ("city", "Before"));
        fixture.Host.Faults.Next("POST", Contacts, new Fault
        {
            Answer = status == 0 ? FaultAnswer.Drop : FaultAnswer.Status,
            Status = status,
            AfterCommit = afterCommit,
            RetryAfterSeconds = 0,
        });

        var write = new ObjectWrite(id, Values(("city", "After")));
        await Assert.ThrowsAsync<HubSpotUnavailableException>(() => UpdateAsync(write));

        Assert.Equal(1, await ArrivedAsync(UpdateRoute));
        var held = await _caller.GetAsync($"{Contacts}/{id}?properties=city");
        Assert.Equal(afterCommit ? "After" : "Before", held.At("properties.city"));
    }

    [Fact]
    public async Task A_creation_whose_answer_is_lost_arrives_once_and_doing_it_again_makes_no_second_record()
    {
        var (own, email) = (Guid.NewGuid().ToString(), Email());
        var write = new ObjectWrite(own, Values((AccountStructure.OwnIdProperty, own), ("email", email)));
        fixture.Host.Faults.Next("POST", Contacts, Fault.DropAfterCommit);

        await Assert.ThrowsAsync<HubSpotUnavailableException>(() => UpsertAsync(write));
        Assert.Equal(1, await ArrivedAsync(UpsertRoute));
        var again = Assert.IsType<ObjectWritten.Done>(Assert.Single(await UpsertAsync(write)));

        Assert.False(again.IsNew);
        var held = await _caller.GetAsync($"{Contacts}/{email}?idProperty=email");
        Assert.Equal(again.Record.Id.ToString(CultureInfo.InvariantCulture), held.At("id"));
    }

    [Fact]
    public async Task A_429_was_not_done_so_a_write_waits_says_so_and_goes_on()
    {
        var id = await ContactAsync(_caller);
        fixture.Host.Faults.Next("POST", Contacts, Fault.With(429, retryAfterSeconds: 1));

        var answer = Assert.Single(await UpdateAsync(new ObjectWrite(id, Values(("city", "After")))));

        Assert.IsType<ObjectWritten.Done>(answer);
        Assert.Equal(2, fixture.Host.Requests.CountOf("POST", UpdateRoute));
        Assert.Equal(WaitReason.HubSpotLimit, _waits[0]);
        Assert.Null(_waits[^1]);
    }

    [Fact]
    public async Task Bad_records_are_refused_by_name_and_the_others_of_their_batch_are_written()
    {
        string[] ids =
        [
            await ContactAsync(_caller), await ContactAsync(_caller),
            await ContactAsync(_caller), await ContactAsync(_caller),
        ];

        var answers = (await UpdateAsync(
            new ObjectWrite(ids[0], Values(("city", "First"))),
            new ObjectWrite(ids[1], Values(("email", "not an address"))),
            new ObjectWrite(ids[2], Values(("no_such_property", "x"))),
            new ObjectWrite(ids[3], Values(("city", "Last"))))).ToDictionary(answer => answer.Id);

        Assert.Equal("First", Assert.IsType<ObjectWritten.Done>(answers[ids[0]]).Record["city"]);
        Assert.Equal("INVALID_EMAIL email", Assert.IsType<ObjectWritten.Refused>(answers[ids[1]]).Detail);
        Assert.Equal(
            "PROPERTY_DOESNT_EXIST no_such_property", Assert.IsType<ObjectWritten.Refused>(answers[ids[2]]).Detail);
        Assert.Equal("Last", Assert.IsType<ObjectWritten.Done>(answers[ids[3]]).Record["city"]);
    }

    [Fact]
    public async Task A_batch_that_is_refused_whole_is_halved_until_the_bad_ones_are_alone()
    {
        var twice = Email();
        List<ObjectWrite> writes = [];
        for (var i = 0; i < 6; i++)
        {
            var own = Guid.NewGuid().ToString();
            var email = i is 1 or 2 ? twice : Email();
            writes.Add(new ObjectWrite(own, Values((AccountStructure.OwnIdProperty, own), ("email", email))));
        }

        var answers = (await UpsertAsync([.. writes])).ToDictionary(answer => answer.Id);

        Assert.Equal(6, answers.Count);
        Assert.Equal(5, answers.Values.OfType<ObjectWritten.Done>().Count());
        Assert.Equal(writes[2].Id, Assert.Single(answers.Values.OfType<ObjectWritten.Refused>()).Id);
    }

    [Fact]
    public async Task An_address_that_somebody_has_already_names_that_contact()
    {
        var email = Email();
        var existing = await ContactAsync(_caller, ("email", email));
        var own = Guid.NewGuid().ToString();

        var answer = Assert.Single(await UpsertAsync(
            new ObjectWrite(own, Values((AccountStructure.OwnIdProperty, own), ("email", email.ToUpperInvariant())))));

        var refused = Assert.IsType<ObjectWritten.Refused>(answer);
        Assert.Equal((own, existing), (refused.Id, refused.ExistingId?.ToString(CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task A_record_that_is_gone_is_refused_alone()
    {
        var id = await ContactAsync(_caller);

        var written = await UpdateAsync(
            new ObjectWrite("99999999999", Values(("city", "x"))),
            new ObjectWrite(id, Values(("city", "Here"))));
        var answers = written.ToDictionary(answer => answer.Id);

        Assert.Equal("OBJECT_NOT_FOUND", Assert.IsType<ObjectWritten.Refused>(answers["99999999999"]).Reason);
        Assert.IsType<ObjectWritten.Done>(answers[id]);
    }

    [Fact]
    public async Task Nothing_to_write_asks_nothing()
    {
        Assert.Empty(await UpdateAsync());
        Assert.Equal(0, fixture.Host.Requests.Total);
    }

    [Fact]
    public async Task Our_own_property_is_made_once_however_many_ask()
    {
        await Task.WhenAll(Enumerable.Range(0, 5)
            .Select(_ => _client.Structure.EnsureOwnIdPropertyAsync(_session, Token)));

        Assert.Equal(0, fixture.Host.Requests.CountOf("POST", "/crm/properties/2026-09/{type}"));
    }

    [Fact]
    public async Task Neither_errors_nor_logs_hold_what_was_written_or_answered()
    {
        const string Mark = "marked.person";
        var id = await ContactAsync(_caller);
        var errors = new List<Exception>();
        foreach (var status in (int[])[401, 403, 423, 500, 503])
        {
            fixture.Host.Faults.Next("POST", Contacts, Fault.WithAfterCommit(status));
            fixture.Host.Faults.Next("POST", Contacts, Fault.With(status));
            var write = new ObjectWrite(id, Values(("email", $"{Mark}@x.example")));
            errors.Add(await Assert.ThrowsAnyAsync<Exception>(() => UpdateAsync(write)));
            fixture.Host.Faults.Clear();
        }

        var refused = await UpdateAsync(new ObjectWrite(id, Values(("email", $"{Mark} is no address"))));

        Assert.DoesNotContain(Mark, string.Join('\n', errors), StringComparison.Ordinal);
        Assert.DoesNotContain(Mark, $"{Assert.Single(refused)}", StringComparison.Ordinal);
        Assert.DoesNotContain(_client.Log.Lines, line => line.Contains(Mark, StringComparison.Ordinal));
        Assert.NotEmpty(_client.Log.Lines);
    }

    /// <summary>The fake notes a request when it has let go of it, which the caller may see first.</summary>
    private Task<int> ArrivedAsync(string route) => Eventually.SeeAsync(
        () => Task.FromResult(fixture.Host.Requests.CountOf("POST", route)),
        seen => seen > 0, TimeSpan.FromSeconds(10), "the request to be noted");

    private Task<IReadOnlyList<ObjectWritten>> UpdateAsync(params ObjectWrite[] writes) =>
        _client.Writer.UpdateAsync(_session, RecordKind.Contact, writes, Token);

    private Task<IReadOnlyList<ObjectWritten>> UpsertAsync(params ObjectWrite[] writes) =>
        _client.Writer.UpsertAsync(_session, RecordKind.Contact, AccountStructure.OwnIdProperty, writes, Token);

    private static Dictionary<string, string> Values(params IEnumerable<(string Name, string Value)> values) =>
        values.ToDictionary(value => value.Name, value => value.Value);
}
