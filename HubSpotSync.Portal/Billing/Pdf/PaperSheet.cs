using PdfSharp;
using PdfSharp.Drawing;
using PdfSharp.Pdf;

namespace HubSpotSync.Portal.Billing.Pdf;

/// <summary>
/// A4 pages that are filled from the top: keeps the place where writing goes on, breaks lines at words, and turns the
/// page when there is no room.
/// </summary>
internal sealed class PaperSheet : IDisposable
{
    public const double Left = 56;
    public const double Right = 539;
    public const double Width = Right - Left;
    private const double Top = 56;
    private const double Bottom = 770;

    private readonly PdfDocument _document;
    private XGraphics _page = null!; // set by the constructor, through TurnPage

    public PaperSheet(PdfDocument document)
    {
        _document = document;
        TurnPage();
    }

    public static XColor Ink { get; } = XColor.FromArgb(24, 36, 51);

    public static XColor Pale { get; } = XColor.FromArgb(98, 112, 130);

    /// <summary>Where the next line begins, from the top.</summary>
    public double Y { get; set; }

    /// <summary>Turns the page unless so much fits on this one.</summary>
    /// <returns>Whether it was turned.</returns>
    public bool MakeRoom(double height)
    {
        if (Y + height <= Bottom)
        {
            return false;
        }

        TurnPage();
        return true;
    }

    public static double HeightOf(XFont font) => Math.Ceiling(font.GetHeight() * 1.06);

    /// <summary>Writes one line at the place; does not move on.</summary>
    public void Write(string text, XFont font, double x, double width, XColor color, bool toTheRight = false)
    {
        var format = toTheRight ? XStringFormats.TopRight : XStringFormats.TopLeft;
        _page.DrawString(text, font, new XSolidBrush(color), new XRect(x, Y, width, HeightOf(font)), format);
    }

    /// <summary>Writes lines one under another, turning pages as needed, and moves on.</summary>
    public void WriteBlock(string text, XFont font, double x, double width, XColor color)
    {
        foreach (var line in Wrap(text, font, width))
        {
            MakeRoom(HeightOf(font));
            Write(line, font, x, width, color);
            Y += HeightOf(font);
        }
    }

    public void Rule(double thickness = .6, double from = Left) =>
        _page.DrawLine(new XPen(XColor.FromArgb(200, 206, 214), thickness), from, Y, Right, Y);

    public double WidthOf(string text, XFont font) => _page.MeasureString(text, font).Width;

    /// <summary>Lines no wider than this, broken between words, or within one that alone is too wide.</summary>
    public IReadOnlyList<string> Wrap(string text, XFont font, double width)
    {
        var lines = new List<string>();
        foreach (var paragraph in text.ReplaceLineEndings("\n").Split('\n'))
        {
            var line = "";
            foreach (var word in paragraph.Split(' ').SelectMany(word => Pieces(word, font, width)))
            {
                var longer = line.Length == 0 ? word : $"{line} {word}";
                if (line.Length > 0 && WidthOf(longer, font) > width)
                {
                    lines.Add(line);
                    longer = word;
                }

                line = longer;
            }

            lines.Add(line);
        }

        return lines;
    }

    /// <summary>Once all is written: who it is from and how many pages there are, at the foot of each.</summary>
    public void WriteFeet(string text)
    {
        var font = PaperFonts.Regular(8);
        _page.Dispose();
        for (var at = 0; at < _document.PageCount; at++)
        {
            using var page = XGraphics.FromPdfPage(_document.Pages[at]);
            var place = new XRect(Left, 796, Width, 12);
            page.DrawString(text, font, new XSolidBrush(Pale), place, XStringFormats.TopLeft);
            page.DrawString(
                $"Page {at + 1} of {_document.PageCount}", font, new XSolidBrush(Pale), place, XStringFormats.TopRight);
        }
    }

    public void Dispose() => _page.Dispose();

    private IEnumerable<string> Pieces(string word, XFont font, double width)
    {
        while (word.Length > 1 && WidthOf(word, font) > width)
        {
            var fits = word.Length - 1;
            while (fits > 1 && WidthOf(word[..fits], font) > width)
            {
                fits--;
            }

            yield return word[..fits];
            word = word[fits..];
        }

        yield return word;
    }

    private void TurnPage()
    {
        _page?.Dispose();
        var page = _document.AddPage();
        page.Size = PageSize.A4;
        _page = XGraphics.FromPdfPage(page);
        Y = Top;
    }
}
