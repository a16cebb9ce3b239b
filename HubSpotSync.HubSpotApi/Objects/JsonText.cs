using System.Text.Json;
using System.Text.RegularExpressions;

namespace HubSpotSync.HubSpotApi.Objects;

/// <summary>Text that people typed, however they typed it.</summary>
internal static partial class JsonText
{
    private const string High = """\\u[dD][89abAB][0-9a-fA-F]{2}""";
    private const string Low = """\\u[dD][c-fC-F][0-9a-fA-F]{2}""";

    /// <summary>
    /// The text of a JSON string. Half of a surrogate pair, which a cut-off emoji leaves behind and which no text may
    /// hold, becomes U+FFFD: one such value must not stop a page.
    /// </summary>
    public static string? Read(JsonElement text)
    {
        try
        {
            return text.GetString();
        }
        catch (InvalidOperationException) when (text.ValueKind == JsonValueKind.String)
        {
            return JsonSerializer.Deserialize<string>(LoneSurrogate().Replace(text.GetRawText(), "\\ufffd"));
        }
    }

    [GeneratedRegex($"{High}(?!{Low})|(?<!{High}){Low}")]
    private static partial Regex LoneSurrogate();
}
