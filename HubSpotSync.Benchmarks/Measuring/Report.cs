using System.Globalization;
using System.Text.Json;

namespace HubSpotSync.Benchmarks.Measuring;

/// <summary>The figures of one scenario, for people as a table and for programs as JSON.</summary>
internal sealed class Report(string scenario)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };
    private readonly string _scenario = scenario;
    private readonly List<Figure> _figures = [];

    public bool Holds => _figures.TrueForAll(figure => figure.Holds);

    /// <summary>Each figure's median; of an even number of runs the worse of the two in the middle.</summary>
    public static Report MedianOf(IReadOnlyList<Report> runs)
    {
        var medians = new Report(runs[0]._scenario);
        foreach (var figure in runs[0]._figures)
        {
            Figure[] same = [.. runs.SelectMany(run => run._figures).Where(one => one.Name == figure.Name)
                .OrderBy(one => one.IsLeast ? -one.Value : one.Value)];
            medians._figures.Add(same[same.Length / 2]);
        }

        return medians;
    }

    public void AtMost(string figure, double value, string unit, double bound) =>
        _figures.Add(new Figure(_scenario, figure, value, unit, bound));

    public void AtLeast(string figure, double value, string unit, double bound) =>
        _figures.Add(new Figure(_scenario, figure, value, unit, bound) { IsLeast = true });

    public void Tell(string figure, double value, string unit) =>
        _figures.Add(new Figure(_scenario, figure, value, unit, null));

    public async Task PrintAsync(TextWriter output)
    {
        await output.WriteLineAsync("| figure | value | bound | ratio | holds |");
        await output.WriteLineAsync("| --- | ---: | ---: | ---: | --- |");
        foreach (var figure in _figures)
        {
            await output.WriteLineAsync(Row(figure));
        }
    }

    public async Task SaveAsync(string file, CancellationToken cancellationToken)
    {
        await using var stream = File.Create(file);
        await JsonSerializer.SerializeAsync(stream, _figures, Json, cancellationToken);
    }

    private static string Row(Figure figure)
    {
        var bound = figure.Bound is { } limit ? $"{(figure.IsLeast ? '≥' : '≤')} {Text(limit, figure.Unit)}" : "";
        var ratio = figure.Ratio is { } share ? share.ToString("0.00", CultureInfo.InvariantCulture) : "";
        var verdict = figure.Bound is null ? "" : figure.Holds ? "yes" : "NO";
        return $"| {figure.Name} | {Text(figure.Value, figure.Unit)} | {bound} | {ratio} | {verdict} |";
    }

    private static string Text(double value, string unit) =>
        $"{value.ToString(value < 100 ? "0.##" : "#,0", CultureInfo.InvariantCulture)} {unit}".TrimEnd();
}
