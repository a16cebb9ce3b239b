using HubSpotSync.Tests.Architecture;

namespace HubSpotSync.Tests.Core.Rules;

/// <summary>The tables of docs/sync-rules.md, each under its heading.</summary>
internal static class RuleTable
{
    public static IReadOnlyList<RuleRow> Rows { get; } =
        [.. Read(File.ReadAllLines(Path.Combine(Repository.Root, "docs", "sync-rules.md")))];

    public static RuleRow At(int line) => Rows.Single(row => row.Line == line);

    private static IEnumerable<RuleRow> Read(string[] lines)
    {
        var (heading, columns) = ("", Array.Empty<string>());
        for (var at = 0; at < lines.Length; at++)
        {
            if (lines[at].StartsWith('#'))
            {
                heading = lines[at].TrimStart('#', ' ');
            }

            if (!lines[at].StartsWith('|'))
            {
                columns = [];
            }
            else if (columns.Length == 0)
            {
                columns = Cells(lines[at]);
                at++; // the rule under it
            }
            else
            {
                yield return new RuleRow(heading, at + 1, lines[at], [.. columns.Zip(Cells(lines[at]))]);
            }
        }
    }

    private static string[] Cells(string line) => [.. line.Trim().Trim('|').Split('|').Select(cell => cell.Trim())];
}
