using System.Globalization;
using HubSpotSync.Core.Fields;

namespace HubSpotSync.Tests.Core.Laws;

public sealed class FieldValueLawTests
{
    private static readonly string?[] Phones =
    [
        null, "+43 1 5551234", "+43/1/555-12-34", "0043 1 5551234", "01 5551234", "+43 1 5551235", "call me",
        "+43 1 555x",
    ];

    private static readonly string[] Yes = ["true", "yes", "1"];
    private static readonly string[] No = ["false", "no", "0"];

    [Fact]
    public void Normalising_twice_is_normalising_once() => Law.Holds(
        WrittenValue.Any, one => FieldValue.Normalize(one.Type, one.Normalized) == one.Normalized);

    [Fact]
    public void A_value_has_no_blanks_around_it_and_nothing_that_Postgres_can_not_hold() => Law.Holds(
        WrittenValue.Any,
        one => one.Normalized is not { } value
            || (value.Length > 0 && value.Trim() == value && !value.Contains('\0', StringComparison.Ordinal)));

    [Fact]
    public void What_is_blank_around_a_text_says_nothing() => Law.Holds(
        WrittenValue.Any, one => FieldValue.Normalize(one.Type, $" \t{one.Text}\0 \u00a0") == one.Normalized);

    [Fact]
    public void Text_that_is_not_of_its_type_is_kept() => Law.Holds(WrittenValue.Any, one =>
    {
        var kept = Kept(one.Text);
        return one.Normalized is not { } value || one.Type switch
        {
            FieldType.Number => value == kept || NumberIn(value) == NumberIn(kept),
            FieldType.Boolean => value == kept || (value == "true" ? Yes : No).Contains(kept.ToLowerInvariant()),
            FieldType.DateTime => value == kept || IsTime(value, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'"),
            FieldType.Date => value == kept || IsTime(value, "yyyy-MM-dd"),
            FieldType.Email or FieldType.Domain => string.Equals(value, kept, StringComparison.OrdinalIgnoreCase),
            FieldType.MultipleChoice => value.Split(';').All(choice => choice.Length > 0 && kept.Contains(choice)),
            _ => value == kept,
        };
    });

    [Fact]
    public void A_time_is_read_only_where_its_whole_day_is_written() => Law.Holds(
        WrittenValue.Any,
        one => one.Type is not (FieldType.DateTime or FieldType.Date)
            || one.Text.Contains("2026-11-22", StringComparison.Ordinal)
            || long.TryParse(Kept(one.Text), CultureInfo.InvariantCulture, out _) // milliseconds
            || one.Normalized == (Kept(one.Text) is { Length: > 0 } kept ? kept : null));

    [Fact]
    public void A_moment_is_one_in_any_writing() => Law.Holds(
        WrittenValue.SameMoment,
        both => FieldValue.Normalize(FieldType.DateTime, both.One) is { Length: 24 } one
            && one == FieldValue.Normalize(FieldType.DateTime, both.Other)
            && FieldValue.Normalize(FieldType.Date, both.Other) == one[..10]);

    [Fact]
    public void A_number_is_one_in_any_writing() => Law.Holds(
        WrittenValue.SameNumber,
        both => FieldValue.Normalize(FieldType.Number, both.One) is { } one && NumberIn(one) == both.Number
            && one == FieldValue.Normalize(FieldType.Number, both.Other));

    [Fact]
    public void The_order_of_choices_says_nothing() => Law.Holds(
        draw => (One: draw.Of(Phones), Two: draw.Of(Phones), Three: draw.Of(Phones)),
        choices => FieldValue.Normalize(FieldType.MultipleChoice, $"{choices.One};{choices.Two};{choices.Three}")
            == FieldValue.Normalize(
                FieldType.MultipleChoice, $" {choices.Three};{choices.Two} ; {choices.One};{choices.Three};"));

    [Fact]
    public void Being_the_same_is_an_equivalence() => Law.Holds(
        draw => (Type: draw.Of([FieldType.Phone, FieldType.Text]), A: draw.Of(Phones), B: draw.Of(Phones),
            C: draw.Of(Phones)),
        one => FieldValue.Same(one.Type, one.A, one.A)
            && FieldValue.Same(one.Type, one.A, one.B) == FieldValue.Same(one.Type, one.B, one.A)
            && (!FieldValue.Same(one.Type, one.A, one.B) || !FieldValue.Same(one.Type, one.B, one.C)
                || FieldValue.Same(one.Type, one.A, one.C)));

    private static string Kept(string text) => text.Replace("\0", "", StringComparison.Ordinal).Trim();

    private static decimal? NumberIn(string text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static bool IsTime(string text, string format) => DateTime.TryParseExact(
        text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
}
