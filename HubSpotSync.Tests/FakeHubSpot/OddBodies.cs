using System.Globalization;
using System.Text;

namespace HubSpotSync.Tests.FakeHubSpot;

/// <summary>
/// Bodies no sane client sends: broken JSON, wrong types under every name the API knows, odd Unicode, great size.
/// The same seed gives the same bodies.
/// </summary>
internal sealed class OddBodies(int seed)
{
    private static readonly string[] Names =
    [
        "inputs", "properties", "propertiesWithHistory", "id", "idProperty", "objectWriteTraceId", "associations", "to",
        "from", "types", "associationTypeId", "associationCategory", "filterGroups", "filters", "propertyName",
        "operator", "value", "highValue", "values", "sorts", "direction", "query", "limit", "after",
        "primaryObjectId", "objectIdToMerge", "objectId", "name", "label", "inverseLabel", "type", "fieldType",
        "groupName", "options", "displayOrder", "hidden", "hasUniqueValue", "stages", "metadata", "probability",
        "isClosed", "listIds", "processingTypes", "processingType", "objectTypeId", "offset", "count", "sort",
        "additionalProperties", "filterBranch", "filterBranchType", "filterBranches", "operation", "recordIdsToAdd",
        "recordIdsToRemove", "targetUrl", "throttling", "maxConcurrentRequests", "eventType", "active", "archived",
        "email", "firstname", "lifecyclestage", "dealname", "dealstage", "pipeline", "domain", "closedate",
    ];

    private static readonly string[] Leaves =
    [
        "null", "true", "0", "-1", "1.5", "1e999", "99999999999999999999999", "\"\"", "\"x\"", "\"101\"",
        "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"\\u0000\"", "\"\\u202e\\ufeff\\u0301\"", "\"2026-99-99T00:00:00Z\"",
        "\"contacts\"", "\"EQ\"", "\"DYNAMIC\"", "\"0-1\"", "[]", "{}",
    ];

    private static readonly string[] Broken =
    [
        "", " ", "{", "[", "]", "{]", "nul", "\"", "\"text\"", "42", "null", "true", "{\"a\":}", "{\"a\":1,}",
        "{'a':1}",
        "{\"a\":1}{\"a\":1}", "\uFEFF{}", "\0", "[]", "{}", "{\"inputs\":[{}]}", "{\"inputs\":[null]}",
        "{\"inputs\":[[]]}", "{\"properties\":[]}", "{\"properties\":{\"email\":{}}}", "[null]", "[[]]", "[{}]", "[1]",
        "{\"\\ud800\":1}", "{\"properties\":{\"\\ud800\":\"\\udfff\"}}",
        new string('[', 200), string.Concat(Enumerable.Repeat("{\"a\":", 200)),
    ];

    private readonly Random _random = new(seed);

    public IEnumerable<string> Take(int random)
    {
        foreach (var body in Broken)
        {
            yield return body;
        }

        yield return $"{{\"properties\":{{\"email\":\"{new string('x', 100_000)}\"}}}}";
        for (var i = 0; i < random; i++)
        {
            yield return Any(depth: 0);
        }
    }

    private string Any(int depth) => depth > 4 ? Leaf() : _random.Next(4) switch
    {
        0 when depth > 0 => Leaf(),
        1 => Array(depth),
        _ => Record(depth),
    };

    private string Leaf() => Leaves[_random.Next(Leaves.Length)];

    private string Array(int depth) =>
        $"[{string.Join(',', Enumerable.Range(0, _random.Next(3)).Select(_ => Any(depth + 1)))}]";

    private string Record(int depth)
    {
        var text = new StringBuilder("{");
        for (var i = _random.Next(1, 6); i > 0; i--)
        {
            text.Append(CultureInfo.InvariantCulture, $"\"{Names[_random.Next(Names.Length)]}\":{Any(depth + 1)}")
                .Append(i > 1 ? "," : "");
        }

        return text.Append('}').ToString();
    }
}
