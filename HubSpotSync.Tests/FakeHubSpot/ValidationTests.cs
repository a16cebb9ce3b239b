using HubSpotSync.FakeHubSpot.Store;
using HubSpotSync.Tests.Infrastructure;
using static HubSpotSync.Tests.FakeHubSpot.Sample;

namespace HubSpotSync.Tests.FakeHubSpot;

public sealed class ValidationTests(FakeHubSpotFixture fixture) : IClassFixture<FakeHubSpotFixture>, IDisposable
{
    private const string Rules = "/crm/property-validations/2026-09/0-1";
    private readonly HubSpotCaller _caller = fixture.Host.Connect();

    public void Dispose() => _caller.Dispose();

    [Theory]
    [InlineData("/crm/v3/property-validations/0-2", "MAX_LENGTH")]
    [InlineData("/crm/property-validations/2026-03/0-2", "MIN_LENGTH")]
    [InlineData("/crm/property-validations/2026-09/companies", "FORMAT")]
    public async Task Rules_are_set_shown_and_taken_away(string path, string kind)
    {
        var set = await _caller.PutAsync(
            $"{path}/city/rule-type/{kind}", new { ruleArguments = new[] { "40" }, shouldApplyNormalization = true });
        var one = await _caller.GetAsync($"{path}/city/rule-type/{kind}");
        var all = await _caller.GetAsync(path);

        Assert.Equal((204, kind, "40"), (set.Status, one.At("ruleType"), one.At("ruleArguments.0")));
        Assert.Equal("True", one.At("shouldApplyNormalization"));
        Assert.Contains(all.Results, rules => rules.GetProperty("propertyName").GetString() == "city"
            && rules.GetProperty("propertyValidationRules").GetArrayLength() > 0);
        await _caller.PutAsync($"{path}/city/rule-type/{kind}", new { ruleArguments = Array.Empty<string>() });
        Assert.DoesNotContain(
            (await _caller.GetAsync($"{path}/city")).Results, rule => rule.GetProperty("ruleType").GetString() == kind);
        Assert.Equal(404, (await _caller.GetAsync($"{path}/city/rule-type/{kind}")).Status);
    }

    [Theory]
    [InlineData("MAX_LENGTH", "many")]
    [InlineData("REGEX", "([")]
    [InlineData("MIN_NUMBER", "x")]
    [InlineData("START_DATE", "yesterday")]
    [InlineData("NO_SUCH_RULE", "1")]
    public async Task A_rule_that_makes_no_sense_is_a_400(string kind, string argument) => Assert.Equal(
        400,
        (await _caller.PutAsync($"{Rules}/city/rule-type/{kind}", new { ruleArguments = new[] { argument } })).Status);

    [Theory]
    [InlineData("fax", "MAX_LENGTH", "5", "123456", "12345")]
    [InlineData("state", "MIN_LENGTH", "3", "ab", "abc")]
    [InlineData("zip", "REGEX", "[0-9]{5}", "123456", "12345")]
    [InlineData("loyalty_points", "MAX_NUMBER", "100", "100.5", "100")]
    [InlineData("customer_since", "START_DATE", "2020-01-01", "2019-12-31", "2020-01-01")]
    public async Task Values_are_held_to_rules_on_the_newest_paths_only(
        string property, string kind, string argument, string bad, string good)
    {
        await _caller.PutAsync($"{Rules}/{property}/rule-type/{kind}", new { ruleArguments = new[] { argument } });
        var contact = await ContactAsync(_caller);

        var refused = await _caller.PatchAsync($"{Contacts}/{contact}", With((property, bad)));
        var taken = await _caller.PatchAsync($"{Contacts}/{contact}", With((property, good)));
        var old = await _caller.PatchAsync($"/crm/v3/objects/contacts/{contact}", With((property, bad)));

        Assert.Equal((400, $"INVALID_{kind}"), (refused.Status, refused.At("errors.0.code")));
        Assert.Equal((200, 200), (taken.Status, old.Status));
    }

    [Fact]
    public async Task What_a_form_demands_binds_new_records_and_keeps_the_property()
    {
        var account = fixture.Host.Accounts.Small;
        account.RequiredByForms[ObjectType.Company] = ["city"];
        using var caller = fixture.Host.Connect(account);

        var missing = await caller.PostAsync(Companies, With(("name", "Nowhere")));
        var old = await caller.PostAsync("/crm/objects/2026-03/companies", With(("name", "Nowhere")));
        var id = await CreateAsync(caller, Companies, With(("name", "Somewhere"), ("city", "Bonn")));
        var cleared = await caller.PatchAsync($"{Companies}/{id}", With(("phone", "1")));

        Assert.Equal((400, "MISSING_REQUIRED_PROPERTY"), (missing.Status, missing.At("errors.0.code")));
        Assert.Equal((201, 200), (old.Status, cleared.Status));
    }

    [Fact]
    public async Task What_a_value_demands_binds_creates_and_updates()
    {
        var account = fixture.Host.Accounts.Small;
        using var anyone = fixture.Host.Anonymous();
        using var caller = fixture.Host.Connect(account);
        var rules = new[]
        {
            new { property = "hs_lead_status", values = new[] { "UNQUALIFIED" }, required = new[] { "message" } },
        };
        await anyone.PutAsync($"/_fake/accounts/{account.PortalId}/objects/contacts/required-if", rules);
        var contact = await ContactAsync(caller);

        var refused = await caller.PatchAsync($"{Contacts}/{contact}", With(("hs_lead_status", "UNQUALIFIED")));
        var made = await caller.PostAsync(Contacts, With(("firstname", "A"), ("hs_lead_status", "UNQUALIFIED")));
        var both = await caller.PatchAsync(
            $"{Contacts}/{contact}", With(("hs_lead_status", "UNQUALIFIED"), ("message", "why")));
        var old = await caller.PostAsync(
            "/crm/v3/objects/contacts", With(("firstname", "A"), ("hs_lead_status", "UNQUALIFIED")));

        Assert.Equal(
            (400, "MISSING_CONDITIONAL_REQUIRED_PROPERTY", "message"),
            (refused.Status, refused.At("errors.0.code"), refused.At("errors.0.context.propertyName.0")));
        Assert.Equal((400, 200, 201), (made.Status, both.Status, old.Status));
    }
}
