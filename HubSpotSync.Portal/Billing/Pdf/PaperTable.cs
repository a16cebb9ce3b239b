using PdfSharp.Drawing;

namespace HubSpotSync.Portal.Billing.Pdf;

/// <summary>The lines of a paper; the heads come again on every page.</summary>
internal static class PaperTable
{
    private sealed record Column(string Head, double X, double Width, Func<PaperLineView, string> Of);

    public static void Write(PaperSheet sheet, PaperView paper, XFont body)
    {
        var columns = ColumnsOf(sheet, paper, body);
        var first = columns[0].X - 10;
        var height = PaperSheet.HeightOf(body);
        WriteHeads(sheet, columns);
        foreach (var line in paper.Lines)
        {
            var description = sheet.Wrap(line.Description, body, first - PaperSheet.Left);
            if (sheet.MakeRoom(Math.Min(description.Count, 6) * height + 10))
            {
                WriteHeads(sheet, columns);
            }

            sheet.Y += 5;
            foreach (var column in columns)
            {
                sheet.Write(column.Of(line), body, column.X, column.Width, PaperSheet.Ink, toTheRight: true);
            }

            foreach (var text in description)
            {
                if (sheet.MakeRoom(height))
                {
                    WriteHeads(sheet, columns);
                }

                sheet.Write(text, body, PaperSheet.Left, first - PaperSheet.Left, PaperSheet.Ink);
                sheet.Y += height;
            }

            sheet.Y += 5;
            sheet.Rule();
        }
    }

    // As wide as their widest value: a price of eleven digits has the room that it needs.
    private static Column[] ColumnsOf(PaperSheet sheet, PaperView paper, XFont body)
    {
        (string Head, Func<PaperLineView, string> Of)[] wanted =
        [
            ("Quantity", line => line.Quantity),
            ("Price", line => line.UnitPrice),
            ("Discount", line => line.Discount),
            ("Tax", line => line.TaxRate),
            ($"Net {paper.Currency}", line => line.Net),
        ];
        var columns = new List<Column>();
        var x = PaperSheet.Right;
        foreach (var (head, of) in wanted.Reverse().Where(column => paper.HasDiscounts || column.Head != "Discount"))
        {
            var widest = paper.Lines.Select(of).Append(head).Max(text => sheet.WidthOf(text, body));
            x -= widest + 14;
            columns.Insert(0, new Column(head, x, widest + 14, of));
        }

        return [.. columns];
    }

    private static void WriteHeads(PaperSheet sheet, Column[] columns)
    {
        var font = PaperFonts.Regular(8);
        sheet.Write("Description", font, PaperSheet.Left, 200, PaperSheet.Pale);
        foreach (var column in columns)
        {
            sheet.Write(column.Head, font, column.X, column.Width, PaperSheet.Pale, toTheRight: true);
        }

        sheet.Y += PaperSheet.HeightOf(font) + 3;
        sheet.Rule(1);
    }
}
