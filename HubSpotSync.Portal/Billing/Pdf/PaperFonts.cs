using System.Reflection;
using PdfSharp.Drawing;
using PdfSharp.Fonts;

namespace HubSpotSync.Portal.Billing.Pdf;

/// <summary>
/// The one family that papers are set in: Latin, Greek and Cyrillic letters, on every machine the same. PDFsharp asks
/// for it through a setting of the whole process.
/// </summary>
internal sealed class PaperFonts : IFontResolver
{
    private const string Family = "Noto Sans";
    private const string RegularFace = "NotoSans_400Regular";
    private const string BoldFace = "NotoSans_700Bold";

    static PaperFonts() => GlobalFontSettings.FontResolver = new PaperFonts();

    private PaperFonts()
    {
    }

    public static XFont Regular(double size) => new(Family, size, XFontStyleEx.Regular);

    public static XFont Bold(double size) => new(Family, size, XFontStyleEx.Bold);

    public FontResolverInfo ResolveTypeface(string familyName, bool isBold, bool isItalic) =>
        new(isBold ? BoldFace : RegularFace);

    public byte[] GetFont(string faceName)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"fonts/{faceName}")
            ?? throw new InvalidOperationException($"There is no font '{faceName}'.");
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
