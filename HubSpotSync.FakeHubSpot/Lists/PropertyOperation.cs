using System.Globalization;
using System.Text.Json;
using HubSpotSync.FakeHubSpot.Api;
using HubSpotSync.FakeHubSpot.Schema;
using HubSpotSync.FakeHubSpot.Store;

namespace HubSpotSync.FakeHubSpot.Lists;

/// <summary>
/// What a list asks of one property. A record without a value is left out unless the operation includes such records.
/// </summary>
internal sealed class PropertyOperation(FakeAccount account, PropertyDefinition property, DateTimeOffset now)
{
    /// <summary>
    /// Each operator is one of few questions, asked of today or of all times, and perhaps turned around.
    /// </summary>
    private static readonly Dictionary<string, (string Question, bool Ever, bool Not)> Operators =
        new(StringComparer.Ordinal)
        {
            ["IS_EQUAL_TO"] = ("EQUAL", false, false),
            ["IS_NOT_EQUAL_TO"] = ("EQUAL", false, true),
            ["HAS_EVER_BEEN_EQUAL_TO"] = ("EQUAL", true, false),
            ["HAS_NEVER_BEEN_EQUAL_TO"] = ("EQUAL", true, true),
            ["CONTAINS"] = ("CONTAINS", false, false),
            ["DOES_NOT_CONTAIN"] = ("CONTAINS", false, true),
            ["HAS_EVER_CONTAINED"] = ("CONTAINS", true, false),
            ["HAS_NEVER_CONTAINED"] = ("CONTAINS", true, true),
            ["STARTS_WITH"] = ("STARTS", false, false),
            ["ENDS_WITH"] = ("ENDS", false, false),
            ["IS_GREATER_THAN"] = ("MORE", false, false),
            ["IS_LESS_THAN_OR_EQUAL_TO"] = ("MORE", false, true),
            ["IS_LESS_THAN"] = ("LESS", false, false),
            ["IS_GREATER_THAN_OR_EQUAL_TO"] = ("LESS", false, true),
            ["IS_BETWEEN"] = ("BETWEEN", false, false),
            ["IS_NOT_BETWEEN"] = ("BETWEEN", false, true),
            ["IS_ANY_OF"] = ("ANY", false, false),
            ["IS_NONE_OF"] = ("ANY", false, true),
            ["HAS_EVER_BEEN_ANY_OF"] = ("ANY", true, false),
            ["HAS_NEVER_BEEN_ANY_OF"] = ("ANY", true, true),
            ["IS_EXACTLY"] = ("EXACTLY", false, false),
            ["IS_NOT_EXACTLY"] = ("EXACTLY", false, true),
            ["HAS_EVER_BEEN_EXACTLY"] = ("EXACTLY", true, false),
            ["HAS_NEVER_BEEN_EXACTLY"] = ("EXACTLY", true, true),
            ["CONTAINS_ALL"] = ("ALL", false, false),
            ["DOES_NOT_CONTAIN_ALL"] = ("ALL", false, true),
            ["HAS_EVER_CONTAINED_ALL"] = ("ALL", true, false),
            ["HAS_NEVER_CONTAINED_ALL"] = ("ALL", true, true),
        };

    private static readonly Dictionary<string, (string[] Properties, string[] Questions)> Kinds =
        new(StringComparer.Ordinal)
        {
            ["BOOL"] = (["bool"], ["EQUAL"]),
            ["NUMBER"] = (["number"], ["EQUAL", "MORE", "LESS"]),
            ["NUMBER_RANGED"] = (["number"], ["BETWEEN"]),
            ["STRING"] = (["string", "phone_number"], ["EQUAL", "CONTAINS", "STARTS", "ENDS"]),
            ["MULTISTRING"] = (["string", "phone_number"], ["EQUAL", "CONTAINS", "STARTS", "ENDS"]),
            ["ENUMERATION"] = (["enumeration"], ["ANY", "EXACTLY", "ALL"]),
        };

    public Predicate<CrmRecord> Compile(JsonElement operation)
    {
        var kind = operation.Required("operationType").ToUpperInvariant();
        var word = operation.Required("operator");
        var includesEmpty = operation.Flag("includeObjectsWithNoValueSet") ?? false;
        if (kind == "ALL_PROPERTY")
        {
            var known = operation.OneOf("operator", ["IS_KNOWN", "IS_UNKNOWN"]) == "IS_KNOWN";
            return record => !string.IsNullOrEmpty(Value(record)) == known;
        }

        if (kind is "TIME_POINT" or "TIME_RANGED")
        {
            return new TimeOperation(account, property, now).Compile(operation, kind, includesEmpty);
        }

        var (question, ever, not) = Find(kind, word);
        var test = Question(question, operation);
        return record => Value(record) is { Length: > 0 } value
            ? (ever ? record.History(property.Name).Any(version => test(version.Value)) : test(value)) != not
            : includesEmpty;
    }

    private (string Question, bool Ever, bool Not) Find(string kind, string word)
    {
        if (!Kinds.TryGetValue(kind, out var rules) || !rules.Properties.Contains(property.Type))
        {
            throw Refuse.Validation(
                $"The operation type {kind} does not go with {property.Name}, which is a {property.Type}.",
                "ILS.INVALID_OPERATION_TYPE");
        }

        return Operators.TryGetValue(word, out var found) && rules.Questions.Contains(found.Question)
            && !(found.Ever && property.Calculated)
            ? found
            : throw Refuse.Validation(
                $"The operator {word} does not go with the operation type {kind}.", "ILS.INVALID_OPERATOR");
    }

    private Predicate<string> Question(string question, JsonElement operation)
    {
        if (property.Type == "number")
        {
            return Numbers(question, operation);
        }

        var values = operation.Child("values") is { ValueKind: JsonValueKind.Array }
            ? operation.Texts("values")
            : [operation.Text("value") ?? operation.Required("values")];
        const StringComparison Loose = StringComparison.OrdinalIgnoreCase;
        return question switch
        {
            "EQUAL" => value => values.Any(wanted => value.Equals(wanted, Loose)),
            "CONTAINS" => value => values.Any(wanted => value.Contains(wanted, Loose)),
            "STARTS" => value => values.Any(wanted => value.StartsWith(wanted, Loose)),
            "ENDS" => value => values.Any(wanted => value.EndsWith(wanted, Loose)),
            "ANY" => value => Choices(value).Any(values.Contains),
            "EXACTLY" => value => Choices(value).Order().SequenceEqual(values.Distinct().Order()),
            _ => value => values.All(Choices(value).Contains),
        };
    }

    private static Predicate<string> Numbers(string question, JsonElement operation)
    {
        if (question == "BETWEEN")
        {
            var (low, high) = (Number(operation.Required("lowerBound")), Number(operation.Required("upperBound")));
            return value => Number(value) >= low && Number(value) <= high;
        }

        var wanted = Number(operation.Required("value"));
        return question switch
        {
            "EQUAL" => value => Number(value) == wanted,
            "MORE" => value => Number(value) > wanted,
            _ => value => Number(value) < wanted,
        };
    }

    private string? Value(CrmRecord record) =>
        LinkedValues.TryGet(account, record, property.Name, out var linked) ? linked : record.Value(property.Name);

    private static string[] Choices(string value) => value.Split(';', StringSplitOptions.RemoveEmptyEntries);

    private static double Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Refuse.Validation($"{text} is not a number.");
}
