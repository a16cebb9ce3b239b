using System.Globalization;

namespace HubSpotSync.Tests.Core.Rules;

/// <summary>
/// A row of a documented table. Whoever runs it has to read every cell: one that nobody reads would say what it likes.
/// </summary>
internal sealed class RuleRow(string table, int line, string text, (string Column, string Cell)[] cells)
{
    private readonly HashSet<string> _read = [];

    public string Table => table;

    public int Line => line;

    public IEnumerable<string> Unread => cells.Select(one => one.Column).Where(column => !_read.Contains(column));

    public bool Has(string column) => cells.Any(one => one.Column == column);

    public string Word(string column)
    {
        _read.Add(column);
        return cells.Single(one => one.Column == column).Cell;
    }

    /// <summary>A value as somebody writes it: <c>-</c> is a blank, backticks keep the blanks around it.</summary>
    public string? Value(string column) => Word(column) is var cell && cell == "-" ? null
        : cell.StartsWith('`') ? cell.Trim('`')
        : cell;

    public T Choice<T>(string column, T otherwise)
        where T : struct, Enum => !Has(column) || Word(column).Length == 0 ? otherwise : Choice<T>(column);

    public T Choice<T>(string column)
        where T : struct, Enum => Enum.GetValues<T>().Single(choice => $"{choice}" == Word(column));

    public bool Yes(string column) => Word(column) switch
    {
        "yes" => true,
        "" or "no" => false,
        var other => throw new FormatException($"{column} is yes or no, not {other}"),
    };

    public int? Number(string column) =>
        Word(column) is { Length: > 0 } cell ? int.Parse(cell, CultureInfo.InvariantCulture) : null;

    public string[] List(string column) =>
        Word(column).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    public void Says(string column, string? outcome) =>
        Assert.True(outcome == Value(column), $"{column} is {outcome ?? "-"} here: {this}");

    public void Says(string column, bool outcome) =>
        Assert.True(outcome == Yes(column), $"{column} is {(outcome ? "yes" : "no")} here: {this}");

    public override string ToString() => $"sync-rules.md:{line} {text}";
}
