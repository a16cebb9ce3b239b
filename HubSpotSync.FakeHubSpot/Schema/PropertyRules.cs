using HubSpotSync.FakeHubSpot.Store;

namespace HubSpotSync.FakeHubSpot.Schema;

/// <summary>The rules of one account's properties, at most one of a kind for each.</summary>
public sealed class PropertyRules
{
    private readonly Dictionary<(ObjectType Type, string Property), List<PropertyRule>> _rules = [];

    public IEnumerable<(string Property, IReadOnlyList<PropertyRule> Rules)> Of(ObjectType type) =>
        _rules.Where(pair => pair.Key.Type == type && pair.Value.Count > 0)
            .OrderBy(pair => pair.Key.Property, StringComparer.Ordinal)
            .Select(pair => (pair.Key.Property, (IReadOnlyList<PropertyRule>)pair.Value));

    public IReadOnlyList<PropertyRule> Of(ObjectType type, string property) =>
        _rules.GetValueOrDefault((type, property), []);

    public void Put(ObjectType type, string property, PropertyRule rule)
    {
        if (!_rules.TryGetValue((type, property), out var rules))
        {
            _rules[(type, property)] = rules = [];
        }

        rules.RemoveAll(other => other.RuleType == rule.RuleType);
        if (rule.RuleArguments.Count > 0)
        {
            rules.Add(rule);
        }
    }

    public PropertyRules Copy()
    {
        var copy = new PropertyRules();
        foreach (var (key, rules) in _rules)
        {
            copy._rules[key] = [.. rules];
        }

        return copy;
    }
}
