using HubSpotSync.Core.Fields;

namespace HubSpotSync.Tests.Core;

public sealed class FieldValueTests
{
    [Theory]
    [InlineData(FieldType.Text, null, null)]
    [InlineData(FieldType.Text, "", null)]
    [InlineData(FieldType.Text, " \t ", null)]
    [InlineData(FieldType.Text, "  Ada Lovelace ", "Ada Lovelace")]
    [InlineData(FieldType.Text, "Nul\0 inside\0", "Nul inside")]
    [InlineData(FieldType.Text, "\0 \0", null)]
    [InlineData(FieldType.Email, " Ada@Example.COM ", "ada@example.com")]
    [InlineData(FieldType.Domain, "Example.Org", "example.org")]
    [InlineData(FieldType.Phone, " (0316) 55-12 ", "(0316) 55-12")]
    [InlineData(FieldType.Number, "1000", "1000")]
    [InlineData(FieldType.Number, "1000.00", "1000")]
    [InlineData(FieldType.Number, "1E3", "1000")]
    [InlineData(FieldType.Number, "-0.50", "-0.5")]
    [InlineData(FieldType.Number, "about ten", "about ten")]
    [InlineData(FieldType.DateTime, "1790000000000", "2026-09-21T14:13:20.000Z")]
    [InlineData(FieldType.DateTime, "2026-09-21T16:13:20+02:00", "2026-09-21T14:13:20.000Z")]
    [InlineData(FieldType.DateTime, "2026-11-22", "2026-11-22T00:00:00.000Z")]
    [InlineData(FieldType.DateTime, "soon", "soon")]
    [InlineData(FieldType.DateTime, "12:30", "12:30")] // of which day?
    [InlineData(FieldType.DateTime, "May 5", "May 5")] // of which year?
    [InlineData(FieldType.DateTime, "3/4/2026", "3/4/2026")] // March or April?
    [InlineData(FieldType.Date, "12:30", "12:30")]
    [InlineData(FieldType.Date, "2026-13-45T10:00:00.000Z", "2026-13-45T10:00:00.000Z")]
    [InlineData(FieldType.Date, "1790000000000", "2026-09-21")]
    [InlineData(FieldType.Enumeration, "Customer", "Customer")]
    public void Values_are_made_comparable(FieldType type, string? raw, string? expected) =>
        Assert.Equal(expected, FieldValue.Normalize(type, raw));

    [Theory]
    [InlineData("+43 316 55-12-34", "0043316551234", true)]
    [InlineData("+43 (316) 551234", "+43316551234", true)]
    [InlineData("+43316551234", "+43316551235", false)]
    [InlineData("0316 551234", "+43316551234", false)]
    [InlineData("call me", "call me", true)]
    [InlineData("+43 316 55 ext 3", "+43 316 553", false)]
    public void Phones_are_compared_by_their_international_digits(string left, string right, bool same) =>
        Assert.Equal(same, FieldValue.Same(FieldType.Phone, left, right));

    [Theory]
    [InlineData(FieldType.Boolean, "true", "yes", "YES")]
    [InlineData(FieldType.Enumeration, "T1", " gold ", "gold")]
    [InlineData(FieldType.Number, "1", "01.0", "1")]
    [InlineData(FieldType.MultipleChoice, "T1", " gold ", "gold; gold")]
    public void Words_of_a_value_table_mean_what_values_of_their_type_mean(
        FieldType type, string hubSpot, string local, string written)
    {
        var field = new FieldDefinition("f", "h", type) { Values = new ValueTable([new(hubSpot, local)]) };
        var here = FieldValue.Normalize(type, written);

        Assert.Equal(here, field.FromHubSpot(hubSpot, out var isKnown));
        Assert.True(isKnown);
        Assert.Equal(hubSpot, field.ToHubSpot(here));
    }

    [Theory]
    [InlineData(FieldType.Number, "-12.5", true)]
    [InlineData(FieldType.Number, "about ten", false)]
    [InlineData(FieldType.Number, "999999999999999999999999999999", false)]
    [InlineData(FieldType.DateTime, "2026-09-21T14:13:20.000Z", true)]
    [InlineData(FieldType.DateTime, "2026-02-30T00:00:00.000Z", false)]
    [InlineData(FieldType.DateTime, "soon", false)]
    [InlineData(FieldType.Text, "soon", true)]
    public void What_no_column_could_hold_arrives_as_a_blank_and_a_field_that_an_admin_added_holds_it(
        FieldType type, string value, bool isHeld)
    {
        var field = new FieldDefinition("field", "property", type);

        Assert.Equal(isHeld ? value : null, field.FromHubSpot(value, out var isKnown));
        Assert.True(isKnown);
        Assert.Equal(value, (field with { IsCustom = true }).FromHubSpot(value, out _));
    }

    [Fact]
    public void A_blank_word_in_a_value_table_says_nothing()
    {
        var field = new FieldDefinition("f", "h", FieldType.Enumeration) { Values = new ValueTable([new("T1", " ")]) };

        field.FromHubSpot("T1", out var isKnown);

        Assert.False(isKnown);
    }
}
