using System.Globalization;

namespace HubSpotSync.Portal.Words;

internal static class Dates
{
    /// <summary>As a date field of a form wants it.</summary>
    public const string FieldFormat = "yyyy-MM-dd";

    public static string Say(DateOnly date) => date.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    public static string Field(DateOnly date) => date.ToString(FieldFormat, CultureInfo.InvariantCulture);

    public static DateOnly? ReadField(string? text) =>
        DateOnly.TryParseExact(text, FieldFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : null;

    /// <summary>A moment in an address; <c>null</c> where it is none.</summary>
    public static DateTimeOffset? ReadTicks(long? ticks) =>
        ticks > 0 && ticks <= DateTimeOffset.MaxValue.Ticks ? new DateTimeOffset(ticks.Value, TimeSpan.Zero) : null;
}
