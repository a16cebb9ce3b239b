using System.Net.Mail;
using HubSpotSync.Core.Billing;
using HubSpotSync.Data.Billing;
using HubSpotSync.Portal.Words;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace HubSpotSync.Portal.Billing.Forms;

/// <summary>What was typed, once it could be read.</summary>
internal sealed record PaperValues(
    Currency Currency, DateOnly IssuedOn, DateOnly? Until, IReadOnlyList<(string Description, PaperLine Line)> Lines);

/// <summary>Reads what was typed into a paper, and says beside each field what is wrong with it.</summary>
internal sealed class PaperForm(PaperInput input, ModelStateDictionary state, bool isInvoice)
{
    /// <returns><c>null</c> where something is wrong; the model state says what.</returns>
    public PaperValues? Read()
    {
        var currency = Currency.Find(input.Currency);
        Need(currency is not null, "Currency", "Choose a currency from the list.");
        var issued = Dates.ReadField(input.IssuedOn);
        Need(issued is not null, "IssuedOn", "Give a date, such as 2026-03-31.");
        var until = Dates.ReadField(input.Until);
        Need(
            until is not null || (!isInvoice && string.IsNullOrWhiteSpace(input.Until)),
            "Until", "Give a date, such as 2026-03-31.");
        Need(
            until is null || issued is null || until >= issued,
            "Until", isInvoice ? "It can't be due before its date." : "It can't end before its date.");
        ReadTexts();
        var lines = ReadLines();
        return state.IsValid ? new PaperValues(currency!, issued!.Value, until, lines) : null; // both needed above
    }

    public static PaperLine? TryRead(LineInput line)
    {
        var numbers = Numbers(line);
        return numbers is { Quantity: { } quantity, Price: { } price, Discount: { } discount, Tax: { } tax }
            && new PaperLine(quantity, price, discount, tax) is var read && read.Problems().Count == 0
                ? read
                : null;
    }

    private void ReadTexts()
    {
        AtMost(input.BuyerName, 200, "BuyerName");
        AtMost(input.BuyerAddress, 1000, "BuyerAddress");
        AtMost(input.BuyerTaxId, 50, "BuyerTaxId");
        AtMost(input.BuyerEmail, 200, "BuyerEmail");
        AtMost(input.Notes, 4000, "Notes");
        AtMost(input.Terms, 4000, "Terms");
        Need(
            string.IsNullOrWhiteSpace(input.BuyerEmail) || IsAddress(input.BuyerEmail),
            "BuyerEmail", "This is not a valid e-mail address.");
    }

    public static bool IsAddress(string text) =>
        MailAddress.TryCreate(text.Trim(), out var address) && address.Address == text.Trim();

    private List<(string Description, PaperLine Line)> ReadLines()
    {
        var lines = new List<(string, PaperLine)>();
        Need(input.Lines.Count <= LineCommand.MostLines, "Lines", $"There is room for {LineCommand.MostLines} lines.");
        foreach (var (at, line) in input.Lines.Index().Where(line => !line.Item.IsBlank))
        {
            var place = $"Lines[{at}]";
            Need(!string.IsNullOrWhiteSpace(line.Description), $"{place}.Description", "Say what is charged.");
            AtMost(line.Description, 1000, $"{place}.Description");
            if (ReadLine(line, place) is { } read)
            {
                lines.Add((line.Description?.Trim() ?? "", read));
            }
        }

        return lines;
    }

    private PaperLine? ReadLine(LineInput line, string place)
    {
        var (quantity, price, discount, tax) = Numbers(line);
        var read = new PaperLine(quantity ?? 0, price ?? PaperLine.MostPrice, discount ?? -1, tax ?? -1);
        foreach (var problem in read.Problems())
        {
            state.AddModelError($"Input.{place}.{problem}", BillingWords.LineProblem(problem));
        }

        return read.Problems().Count == 0 ? read : null;
    }

    private static (decimal? Quantity, decimal? Price, decimal? Discount, decimal? Tax) Numbers(LineInput line) => (
        AmountText.Parse(line.Quantity),
        AmountText.Parse(line.UnitPrice),
        string.IsNullOrWhiteSpace(line.Discount) ? 0 : AmountText.Parse(line.Discount),
        string.IsNullOrWhiteSpace(line.TaxRate) ? 0 : AmountText.Parse(line.TaxRate));

    private void AtMost(string? text, int length, string field) =>
        Need((text?.Length ?? 0) <= length, field, $"There is room for {length} characters here.");

    private void Need(bool isSo, string field, string problem)
    {
        if (!isSo)
        {
            state.AddModelError($"Input.{field}", problem);
        }
    }
}
