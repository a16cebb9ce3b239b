namespace HubSpotSync.Portal.Health;

/// <summary>A part of a bar.</summary>
/// <param name="Series">Position of the series it belongs to.</param>
internal readonly record struct ChartPart(int Series, long Value);

/// <param name="Label">When it was, in words.</param>
/// <param name="Cells">What the table says of it, series by series.</param>
internal sealed record ChartBar(string Label, IReadOnlyList<ChartPart> Parts, IReadOnlyList<string> Cells)
{
    public long Height => Parts.Sum(part => part.Value);
}

/// <summary>
/// Bars over time, drawn by the server; the same as a table for who can't or won't see them. No script, no library.
/// </summary>
/// <param name="Columns">Of the table, after the time.</param>
/// <param name="Series">What the parts of a bar are called; empty where a bar has one part only.</param>
internal sealed record Chart(string Id, string Title, IReadOnlyList<string> Columns, IReadOnlyList<ChartBar> Bars)
{
    public const int Width = 240;
    public const int Height = 60;

    public IReadOnlyList<string> Series { get; init; } = [];

    /// <summary>What the highest bar stands for.</summary>
    public string Top { get; init; } = "";

    public string Empty { get; init; } = "Nothing yet.";

    public bool IsEmpty => Bars.All(bar => bar.Height == 0);

    /// <summary>Rectangles of the picture, from the left, each bar from the bottom up.</summary>
    public IEnumerable<ChartRect> Draw()
    {
        var highest = Math.Max(1, Bars.Max(bar => bar.Height));
        var step = (double)Width / Bars.Count;
        foreach (var (at, bar) in Bars.Index())
        {
            var bottom = (double)Height;
            foreach (var part in bar.Parts.Where(part => part.Value > 0))
            {
                var height = Math.Max(0.6, (double)Height * part.Value / highest); // a little is not nothing
                bottom = Math.Max(0, bottom - height);
                yield return new ChartRect(part.Series, (at * step) + (step * 0.1), bottom, step * 0.8, height);
            }
        }
    }
}

internal readonly record struct ChartRect(int Series, double X, double Y, double Width, double Height)
{
    public static string Text(double value) =>
        value.ToString("0.##", System.Globalization.CultureInfo.InvariantCulture);
}
