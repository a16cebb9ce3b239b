using UglyToad.PdfPig;
using UglyToad.PdfPig.DocumentLayoutAnalysis.TextExtractor;

namespace HubSpotSync.Tests.Portal.Billing;

/// <summary>The words of a PDF, as a reader's program finds them.</summary>
internal static class PdfText
{
    public static string Of(byte[] pdf) => string.Join('\n', Pages(pdf));

    public static IReadOnlyList<string> Pages(byte[] pdf)
    {
        using var document = PdfDocument.Open(pdf);
        return [.. document.GetPages().Select(page => ContentOrderTextExtractor.GetText(page))];
    }
}
