using FsCheck;
using FsCheck.Fluent;
using HubSpotSync.Portal.Customers.Csv;

namespace HubSpotSync.Tests.Portal.Customers;

public sealed class CsvTextTests
{
    private static readonly Gen<string> Cells = Gen.Elements("=+-@'\"\t\r\n,; ab1\uFF1D".ToCharArray())
        .ArrayOf().Select(letters => new string(letters));

    [Fact]
    public void Whatever_a_value_holds_it_survives_the_way_out_and_back() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(2000),
        Prop.ForAll(Cells.NonEmptyListOf().ToArbitrary(), values =>
        {
            // A row of nothing is an empty line, and those are left out.
            string[] row = ["x", .. values];
            var read = CsvText.Read(new StringReader(CsvText.Line(row)), ',').ToList();
            return read.Count == 1 && read[0].SequenceEqual(row);
        }));

    [Fact]
    public void No_cell_that_leaves_begins_like_a_formula() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(2000),
        Prop.ForAll(Cells.ToArbitrary(), value =>
            CsvText.Safe(value) is not { Length: > 0 } safe
                || !"=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20".Contains(safe[0])));

    [Theory]
    [InlineData("a;b;c", ';')]
    [InlineData("a,b;c,d", ',')]
    [InlineData("a\tb", '\t')]
    public void The_separator_is_the_one_that_the_head_has_most_of(string head, char separator) =>
        Assert.Equal(separator, CsvText.Separator(head));

    [Fact]
    public void Quotes_line_ends_and_a_missing_last_line_end_are_read_as_spreadsheets_write_them()
    {
        var rows = CsvText.Read(new StringReader("\"a \"\"b\"\"\",\"c\nd\"\r\n\r\n,e\n5\" x,f"), ',').ToList();

        Assert.Equal([["a \"b\"", "c\nd"], ["", "e"], ["5\" x", "f"]], rows);
    }
}
