using System.Text;

namespace HubSpotSync.Portal.Customers.Csv;

/// <summary>
/// Files of comma-separated values. What a spreadsheet would run as a formula gets an apostrophe before it on the way
/// out, and loses it on the way in, so that a value survives the round trip and no one's computer runs it.
/// </summary>
internal static class CsvText
{
    // '\'' itself too, else a value that begins with it could not be told from one that was made safe.
    private const string Dangerous = "=+-@\t\r\n'\uFF1D\uFF0B\uFF0D\uFF20";

    /// <summary>To be written to; with the mark at its beginning that spreadsheets want.</summary>
    public static StreamWriter Open(Stream to) => new(to, new UTF8Encoding(true), leaveOpen: true);

    public static string Safe(string? value) =>
        value is { Length: > 0 } && Dangerous.Contains(value[0], StringComparison.Ordinal) ? "'" + value : value ?? "";

    public static string Plain(string cell) =>
        cell.Length > 1 && cell[0] == '\'' && Dangerous.Contains(cell[1], StringComparison.Ordinal) ? cell[1..] : cell;

    public static string Line(IEnumerable<string?> values) =>
        string.Join(',', values.Select(value => $"\"{Safe(value).Replace("\"", "\"\"", StringComparison.Ordinal)}\""))
        + "\r\n";

    /// <summary>The sign between the cells: whichever the first line has most of.</summary>
    public static char Separator(string firstLine) =>
        ",;\t".MaxBy(sign => firstLine.Count(letter => letter == sign));

    /// <summary>Rows of cells, without empty lines. Quotes may hold anything, line ends too.</summary>
    public static IEnumerable<string[]> Read(TextReader text, char separator)
    {
        var (cells, cell, isQuoted, wasQuoted) = (new List<string>(), new StringBuilder(), false, false);
        for (var next = text.Read(); ; next = text.Read())
        {
            if (isQuoted && next >= 0)
            {
                if (next != '"')
                {
                    cell.Append((char)next);
                }
                else if (text.Peek() == '"')
                {
                    cell.Append((char)text.Read());
                }
                else
                {
                    isQuoted = false;
                }
            }
            else if (next == '"' && cell.Length == 0 && !wasQuoted)
            {
                (isQuoted, wasQuoted) = (true, true);
            }
            else if (next == separator || next is '\r' or '\n' or < 0)
            {
                cells.Add(Plain(cell.ToString()));
                cell.Clear();
                wasQuoted = false;
                if (next != separator)
                {
                    if (next == '\r' && text.Peek() == '\n')
                    {
                        text.Read();
                    }

                    if (cells.Exists(one => one.Length > 0))
                    {
                        yield return [.. cells];
                    }

                    cells.Clear();
                }
            }
            else
            {
                cell.Append((char)next);
            }

            if (next < 0)
            {
                yield break;
            }
        }
    }
}
