using System.Text.Json.Serialization;

namespace HubSpotSync.Benchmarks.Measuring;

/// <param name="Bound">What the figure must not pass, or must reach; null where it is told for information.</param>
internal sealed record Figure(
    string Scenario, [property: JsonPropertyName("figure")] string Name, double Value, string Unit, double? Bound)
{
    [JsonIgnore]
    public bool IsLeast { get; init; }

    public double? Ratio => Bound is 0 ? null : Value / Bound;

    public bool Holds => Bound is null || (IsLeast ? Value >= Bound : Value <= Bound);
}
