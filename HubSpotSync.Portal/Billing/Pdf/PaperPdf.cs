using HubSpotSync.Data.Billing;
using PdfSharp.Drawing;
using PdfSharp.Pdf;

namespace HubSpotSync.Portal.Billing.Pdf;

/// <summary>Sets a paper as a PDF.</summary>
internal static class PaperPdf
{
    public const string ContentType = "application/pdf";

    public static byte[] Write(PaperView paper, DateTimeOffset now)
    {
        var body = PaperFonts.Regular(9.5); // first, so that the fonts are there
        using var document = new PdfDocument();
        document.Info.Title = paper.Title;
        document.Info.Author = paper.Seller.Name;
        document.Info.CreationDate = now.UtcDateTime;
        using (var sheet = new PaperSheet(document))
        {
            WriteHead(sheet, paper, body);
            WriteBuyer(sheet, paper, body);
            PaperTable.Write(sheet, paper, body);
            WriteSums(sheet, paper, body);
            WriteRest(sheet, paper, body);
            sheet.WriteFeet($"{paper.Seller.Name}  ·  {paper.Title}");
        }

        using var bytes = new MemoryStream();
        document.Save(bytes);
        return bytes.ToArray();
    }

    /// <summary>A name for the file, with nothing in it that a file system minds.</summary>
    public static string FileName(PaperView paper) =>
        string.Concat(paper.Title.Select(letter => char.IsLetterOrDigit(letter) || letter is '-' or ' ' or '.'
            ? letter
            : '-')) + ".pdf";

    private static void WriteHead(PaperSheet sheet, PaperView paper, XFont body)
    {
        var top = sheet.Y;
        var title = PaperFonts.Bold(20);
        sheet.Write(paper.Kind, title, PaperSheet.Left, PaperSheet.Width, PaperSheet.Ink);
        sheet.Y += PaperSheet.HeightOf(title);
        sheet.Write(paper.Number, PaperFonts.Regular(12), PaperSheet.Left, 240, PaperSheet.Pale);
        if (paper.Stamp is { } stamp)
        {
            sheet.Y += 20;
            sheet.Write(stamp.ToUpperInvariant(), PaperFonts.Bold(11), PaperSheet.Left, 240, PaperSheet.Pale);
        }

        sheet.Y = top;
        const double Column = PaperSheet.Left + 270;
        var seller = paper.Seller;
        sheet.WriteBlock(seller.Name, PaperFonts.Bold(10.5), Column, PaperSheet.Right - Column, PaperSheet.Ink);
        foreach (var line in SellerLines(seller))
        {
            sheet.WriteBlock(line, body, Column, PaperSheet.Right - Column, PaperSheet.Pale);
        }

        sheet.Y = Math.Max(sheet.Y, top + 72) + 20;
    }

    private static IEnumerable<string> SellerLines(Seller seller) =>
        new[]
        {
            seller.Address,
            seller.TaxId is null ? null : $"Tax id {seller.TaxId}",
            seller.Email,
            seller.Phone,
        }.OfType<string>().Where(line => line.Length > 0);

    private static void WriteBuyer(PaperSheet sheet, PaperView paper, XFont body)
    {
        var top = sheet.Y;
        sheet.WriteBlock(paper.BuyerLabel, PaperFonts.Regular(8), PaperSheet.Left, 240, PaperSheet.Pale);
        sheet.WriteBlock(paper.BuyerName ?? "", PaperFonts.Bold(10.5), PaperSheet.Left, 240, PaperSheet.Ink);
        if (paper.BuyerAddress is { Length: > 0 } address)
        {
            sheet.WriteBlock(address, body, PaperSheet.Left, 240, PaperSheet.Ink);
        }

        if (paper.BuyerTaxId is { Length: > 0 } taxId)
        {
            sheet.WriteBlock($"Tax id {taxId}", body, PaperSheet.Left, 240, PaperSheet.Ink);
        }

        var bottom = sheet.Y;
        sheet.Y = top;
        foreach (var (label, value) in paper.Dates)
        {
            sheet.Write(label, body, PaperSheet.Left + 270, 110, PaperSheet.Pale);
            sheet.Write(value, body, PaperSheet.Left + 380, PaperSheet.Width - 380, PaperSheet.Ink, toTheRight: true);
            sheet.Y += PaperSheet.HeightOf(body) + 2;
        }

        sheet.Y = Math.Max(sheet.Y, bottom) + 24;
    }

    private static void WriteSums(PaperSheet sheet, PaperView paper, XFont body)
    {
        var (bold, height) = (PaperFonts.Bold(11.5), PaperSheet.HeightOf(body) + 3);
        sheet.MakeRoom(((paper.Sums.Count + paper.After.Count) * height) + 40);
        sheet.Y += 8;
        foreach (var (label, value) in paper.Sums)
        {
            Sum(label, value, body, PaperSheet.Pale);
            sheet.Y += height;
        }

        sheet.Y += 3;
        sheet.Rule(1, PaperSheet.Left + 220);
        sheet.Y += 6;
        Sum(paper.Total.Label, paper.Total.Value, bold, PaperSheet.Ink);
        sheet.Y += PaperSheet.HeightOf(bold) + 4;
        foreach (var (label, value) in paper.After)
        {
            Sum(label, value, body, PaperSheet.Ink);
            sheet.Y += height;
        }

        void Sum(string label, string value, XFont font, XColor color)
        {
            sheet.Write(label, font, PaperSheet.Left + 220, 180, color);
            sheet.Write(value, font, PaperSheet.Left + 340, PaperSheet.Width - 340, PaperSheet.Ink, toTheRight: true);
        }
    }

    private static void WriteRest(PaperSheet sheet, PaperView paper, XFont body)
    {
        var small = PaperFonts.Regular(8);
        sheet.Y += 18;
        foreach (var (label, text) in paper.Words)
        {
            sheet.MakeRoom(40);
            sheet.WriteBlock(label, small, PaperSheet.Left, PaperSheet.Width, PaperSheet.Pale);
            sheet.WriteBlock(text, body, PaperSheet.Left, PaperSheet.Width, PaperSheet.Ink);
            sheet.Y += 10;
        }
    }
}
