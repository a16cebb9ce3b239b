using System.Text;

namespace HubSpotSync.Portal.Web;

/// <summary>Comma-separated text, as spreadsheets write and read it.</summary>
internal static class CsvText
{
    /// <summary>A spreadsheet takes text that begins so for a formula.</summary>
    private const string Formulas = "=+-@\t\r";

    public static string Line(params string?[] cells) => string.Join(',', cells.Select(Quote)) + "\r\n";

    /// <summary>Rows with their cells; a semicolon parts cells where the first line has no comma.</summary>
    public static IEnumerable<IReadOnlyList<string>> Read(string text)
    {
        var separator = text.Split('\n', 2)[0].Contains(',', StringComparison.Ordinal) ? ',' : ';';
        var (row, cell, isQuoted) = (new List<string>(), new StringBuilder(), false);
        for (var at = 0; at < text.Length; at++)
        {
            var letter = text[at];
            if (isQuoted && letter == '"' && at + 1 < text.Length && text[at + 1] == '"')
            {
                cell.Append('"');
                at++;
            }
            else if (letter == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (!isQuoted && letter == separator)
            {
                row.Add(cell.ToString());
                cell.Clear();
            }
            else if (!isQuoted && letter == '\n')
            {
                row.Add(cell.ToString().TrimEnd('\r'));
                yield return row;
                (row, cell) = ([], new StringBuilder());
            }
            else
            {
                cell.Append(letter);
            }
        }

        if (cell.Length > 0 || row.Count > 0)
        {
            row.Add(cell.ToString());
            yield return row;
        }
    }

    private static string Quote(string? cell)
    {
        var text = cell ?? "";
        if (text.Length > 0 && Formulas.Contains(text[0], StringComparison.Ordinal))
        {
            text = "'" + text;
        }

        return text.AsSpan().IndexOfAny(",;\"\r\n") < 0
            ? text
            : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
