using System.Collections;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using QRCoder;

namespace HubSpotSync.Portal.Access;

/// <summary>A QR code as one path, black on white in the dark too: cameras want it so.</summary>
internal static class QrDrawing
{
    public static IHtmlContent Of(string text, string label)
    {
        using var data = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var rows = data.ModuleMatrix;
        var size = rows.Count.ToString(CultureInfo.InvariantCulture);
        var drawing = new TagBuilder("svg");
        drawing.AddCssClass("qr");
        drawing.Attributes["viewBox"] = $"0 0 {size} {size}";
        drawing.Attributes["role"] = "img";
        drawing.Attributes["aria-label"] = label;
        drawing.Attributes["shape-rendering"] = "crispEdges";
        drawing.InnerHtml.AppendHtml($"<path fill=\"#fff\" d=\"M0 0h{size}v{size}H0z\"/>");
        drawing.InnerHtml.AppendHtml($"<path fill=\"#000\" d=\"{Path(rows)}\"/>");
        return drawing;
    }

    private static string Path(List<BitArray> rows)
    {
        var path = new StringBuilder();
        for (var y = 0; y < rows.Count; y++)
        {
            for (var x = 0; x < rows[y].Length; x++)
            {
                if (rows[y][x])
                {
                    path.Append(CultureInfo.InvariantCulture, $"M{x} {y}h1v1h-1z");
                }
            }
        }

        return path.ToString();
    }
}
