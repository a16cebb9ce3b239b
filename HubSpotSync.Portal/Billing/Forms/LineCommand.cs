using System.Globalization;

namespace HubSpotSync.Portal.Billing.Forms;

/// <summary>Buttons that move lines about without saving: "add", "remove:2", "up:2", "down:2".</summary>
internal static class LineCommand
{
    public const int MostLines = 200;

    /// <returns>The line to go on with, or -1.</returns>
    public static int Apply(List<LineInput> lines, string? command, string newTaxRate)
    {
        var parts = (command ?? "").Split(':');
        var at = parts.Length == 2
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            && index < lines.Count
                ? index
                : -1;
        switch (parts[0])
        {
            case "add" when lines.Count < MostLines:
                lines.Add(new LineInput { TaxRate = newTaxRate });
                return lines.Count - 1;
            case "remove" when at >= 0:
                lines.RemoveAt(at);
                return Math.Min(at, lines.Count - 1);
            case "up" when at > 0:
                (lines[at - 1], lines[at]) = (lines[at], lines[at - 1]);
                return at - 1;
            case "down" when at >= 0 && at < lines.Count - 1:
                (lines[at + 1], lines[at]) = (lines[at], lines[at + 1]);
                return at + 1;
            default:
                return -1;
        }
    }
}
