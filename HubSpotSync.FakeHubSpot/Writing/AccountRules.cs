using HubSpotSync.FakeHubSpot.Store;

namespace HubSpotSync.FakeHubSpot.Writing;

/// <summary>What an account's administrators demand of records; binds API calls on dated paths since 2026-09.</summary>
internal static class AccountRules
{
    public static void Check(
        FakeAccount account, ObjectType type, CrmRecord? record, IReadOnlyDictionary<string, string> values)
    {
        List<PropertyProblem> problems =
        [
            .. record is null ? MissingInForm(account, type, values) : [],
            .. MissingByCondition(account, type, record, values),
            .. BrokenRules(account, type, values),
        ];
        if (problems.Count > 0)
        {
            throw PropertyProblem.Refusal(problems);
        }
    }

    private static IEnumerable<PropertyProblem> MissingInForm(
        FakeAccount account, ObjectType type, IReadOnlyDictionary<string, string> values) =>
        account.RequiredByForms.GetValueOrDefault(type, [])
            .Where(name => string.IsNullOrEmpty(values.GetValueOrDefault(name)))
            .Select(name => new PropertyProblem(name, "MISSING_REQUIRED_PROPERTY", $"Property \"{name}\" is required"));

    /// <summary>Only a write that sets the ruling property is held to what it rules.</summary>
    private static IEnumerable<PropertyProblem> MissingByCondition(
        FakeAccount account, ObjectType type, CrmRecord? record, IReadOnlyDictionary<string, string> values) =>
        from rule in account.ConditionalRules
        where rule.Type == type && values.TryGetValue(rule.Property, out var value) && rule.Values.Contains(value)
        from name in rule.Required
        where string.IsNullOrEmpty(values.TryGetValue(name, out var written) ? written : record?.Value(name))
        select new PropertyProblem(
            name,
            "MISSING_CONDITIONAL_REQUIRED_PROPERTY",
            $"Property \"{name}\" is required when \"{rule.Property}\" is {values[rule.Property]}");

    private static IEnumerable<PropertyProblem> BrokenRules(
        FakeAccount account, ObjectType type, IReadOnlyDictionary<string, string> values) =>
        from value in values
        where value.Value.Length > 0
        from rule in account.Rules.Of(type, value.Key)
        where !RuleCheck.Keeps(rule, value.Value)
        select new PropertyProblem(
            value.Key,
            $"INVALID_{rule.RuleType}",
            $"The value of \"{value.Key}\" breaks the rule {rule.RuleType} {string.Join(", ", rule.RuleArguments)}");
}
