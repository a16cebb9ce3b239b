using System.Globalization;

namespace HubSpotSync.Benchmarks;

/// <summary>How a scenario is run.</summary>
internal sealed record BenchmarkOptions
{
    /// <summary>How many contacts; <c>null</c>: as many as the scenario likes.</summary>
    public int? Contacts { get; init; }

    public int Workers { get; init; } = 1;

    public bool IsDeep { get; init; }

    /// <summary>Whether HubSpot refuses who asks too often, and takes its time to answer.</summary>
    public bool HasLimits { get; init; } = true;

    /// <summary>How often it is run; of more than one the medians are told.</summary>
    public int Runs { get; init; } = 1;

    /// <summary>Where the figures are written for programs.</summary>
    public string? Json { get; init; }

    /// <returns><c>null</c> where something is not understood.</returns>
    public static BenchmarkOptions? Parse(ReadOnlySpan<string> arguments) => arguments switch
    {
        [] => new BenchmarkOptions(),
        [.. var before, "--deep"] => Parse(before) is { } options ? options with { IsDeep = true } : null,
        [.. var before, "--limits", "off"] => Parse(before) is { } options ? options with { HasLimits = false } : null,
        [.. var before, "--json", var file] => Parse(before) is { } options ? options with { Json = file } : null,
        [.. var before, "--contacts", var text] when Number(text) is { } number =>
            Parse(before) is { } options ? options with { Contacts = number } : null,
        [.. var before, "--workers", var text] when Number(text) is { } number =>
            Parse(before) is { } options ? options with { Workers = number } : null,
        [.. var before, "--runs", var text] when Number(text) is { } number =>
            Parse(before) is { } options ? options with { Runs = number } : null,
        _ => null,
    };

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : null;
}
