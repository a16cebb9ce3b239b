using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using HubSpotSync.Tests.Architecture;

namespace HubSpotSync.Tests.Pains;

/// <summary>docs/pains.md says what is done about what others suffer; this holds it to its word.</summary>
public sealed partial class PainsTableTests
{
    private static readonly int[] Promised = [.. Enumerable.Range(1, 18), 21, 22];

    private static readonly ILookup<string, string> Tests = Assembly.GetExecutingAssembly().GetTypes()
        .SelectMany(TestsOf).ToLookup(test => test.Name, test => test.Space);

    [Fact]
    public void Every_pain_names_tests_and_they_are_there()
    {
        var rows = Rows().ToList();

        Assert.Subset(rows.Select(row => row.Number).ToHashSet(), Promised.ToHashSet());
        Assert.All(rows, row => Assert.NotEmpty(row.Tests));
        Assert.All(rows.SelectMany(row => row.Tests), name => Assert.True(Tests.Contains(name), name));
    }

    [Fact]
    public void Every_test_of_a_pain_is_in_the_table()
    {
        var named = Rows().SelectMany(row => row.Tests).ToHashSet();
        var here = Tests.Where(test => test.Contains(typeof(PainsTableTests).Namespace)).Select(test => test.Key);

        Assert.Empty(here.Where(name => !name.StartsWith(nameof(PainsTableTests), StringComparison.Ordinal))
            .Except(named));
    }

    private static IEnumerable<(int Number, List<string> Tests)> Rows() =>
        from line in File.ReadLines(Path.Combine(Repository.Root, "docs", "pains.md"))
        let cells = line.Split('|', StringSplitOptions.TrimEntries)
        where cells.Length > 4 && int.TryParse(cells[1], CultureInfo.InvariantCulture, out _)
        select (
            int.Parse(cells[1], CultureInfo.InvariantCulture),
            Name().Matches(cells[4]).Select(match => match.Groups[1].Value).ToList());

    private static IEnumerable<(string Name, string Space)> TestsOf(Type type) =>
        from method in type.GetMethods()
        where method.GetCustomAttribute<FactAttribute>() is not null // theories are facts too
        select ($"{type.Name}.{method.Name}", type.Namespace ?? "");

    [GeneratedRegex("`([A-Za-z]+\\.[A-Za-z0-9_]+)`")]
    private static partial Regex Name();
}
