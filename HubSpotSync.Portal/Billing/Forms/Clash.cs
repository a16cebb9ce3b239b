using HubSpotSync.Core.Billing;
using HubSpotSync.Portal.Words;

namespace HubSpotSync.Portal.Billing.Forms;

/// <summary>A field that somebody else saved meanwhile: what is in the form, and what was saved.</summary>
internal sealed record ClashRow(string Label, string Mine, string Theirs);

/// <summary>Somebody else saved while the form was open.</summary>
internal sealed record Clash(string? Who, DateTimeOffset? At, IReadOnlyList<ClashRow> Rows)
{
    public static IReadOnlyList<ClashRow> Between(PaperInput mine, PaperInput theirs, bool isInvoice) => Differing(
    [
        new("Buyer", Text(mine.BuyerName), Text(theirs.BuyerName)),
        new("Address", Text(mine.BuyerAddress), Text(theirs.BuyerAddress)),
        new("E-mail", Text(mine.BuyerEmail), Text(theirs.BuyerEmail)),
        new("Buyer's tax id", Text(mine.BuyerTaxId), Text(theirs.BuyerTaxId)),
        new("Currency", Text(mine.Currency), Text(theirs.Currency)),
        new("Date", Day(mine.IssuedOn), Day(theirs.IssuedOn)),
        new(isInvoice ? "Due date" : "Valid until", Day(mine.Until), Day(theirs.Until)),
        .. Enumerable.Range(0, Math.Max(mine.Lines.Count, theirs.Lines.Count)).Select(at => new ClashRow(
            $"Line {at + 1}", Line(mine.Lines.ElementAtOrDefault(at)), Line(theirs.Lines.ElementAtOrDefault(at)))),
        new("Notes", Text(mine.Notes), Text(theirs.Notes)),
        new("Terms", Text(mine.Terms), Text(theirs.Terms)),
    ]);

    public static IReadOnlyList<ClashRow> Differing(IEnumerable<ClashRow> rows) =>
        [.. rows.Where(row => row.Mine != row.Theirs)];

    public static string Text(string? value) => value?.ReplaceLineEndings("\n").Trim() ?? "";

    private static string Day(string? field) => Dates.ReadField(field) is { } date ? Dates.Say(date) : Text(field);

    // By its values, not by how they are typed: 100 and 100.00 are one price.
    private static string Line(LineInput? line)
    {
        if (line is null || line.IsBlank)
        {
            return "";
        }

        return PaperForm.TryRead(line) is { } read
            ? $"{Text(line.Description)}: {AmountText.Write(read.Quantity)} at "
                + $"{AmountText.Write(read.UnitPrice)}, less {AmountText.Write(read.DiscountPercent)} %, "
                + $"tax {AmountText.Write(read.TaxRate)} %"
            : $"{Text(line.Description)}: {Text(line.Quantity)} at {Text(line.UnitPrice)}";
    }
}
