using System.Text;
using System.Text.RegularExpressions;
using HubSpotSync.Tests.Infrastructure;
using HubSpotSync.Tests.Portal.Hosting;

namespace HubSpotSync.Tests.Portal.Billing;

/// <summary>An e-mail as a file: its headers, its text and the one file attached to it.</summary>
internal sealed partial record EmlMail(string Text)
{
    public string Body => Decode(Part("text/plain"));

    public byte[] Attachment => Convert.FromBase64String(Content(Part("application/pdf")));

    public string FileName => Unfolded(Part("application/pdf")).Split("name=")[1].Split('\n')[0].Trim('"', '\r', ';');

    public static async Task<EmlMail> OnlyOneInAsync(string folder)
    {
        await Eventually.BeTrueAsync(
            () => Task.FromResult(Directory.GetFiles(folder, "*.eml").Length > 0),
            TimeSpan.FromSeconds(20),
            "a mail in the folder");
        var file = Assert.Single(Directory.GetFiles(folder, "*.eml"));
        Assert.Empty(Directory.GetDirectories(folder));
        return new EmlMail(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
    }

    public string Header(string name) => Decoded(Unfolded(Text).Split('\n')
        .First(line => line.StartsWith($"{name}:", StringComparison.OrdinalIgnoreCase))[(name.Length + 1)..].Trim());

    private static string Unfolded(string text) => Fold()
        .Replace(text.ReplaceLineEndings("\n").Split("\n\n")[0], " ")
        .Replace("=\n", "", StringComparison.Ordinal);

    private static string Content(string part) => part.ReplaceLineEndings("\n").Split("\n\n", 2)[1];

    private static string Decode(string part) => part.Contains("quoted-printable", StringComparison.OrdinalIgnoreCase)
        ? Quoted(Content(part))
        : Encoding.UTF8.GetString(Convert.FromBase64String(Content(part)));

    private static string Quoted(string text) => Hex().Replace(
        text.Replace("=\n", "", StringComparison.Ordinal),
        match => ((char)Convert.ToByte(match.Groups[1].Value, 16)).ToString());

    private static string Decoded(string header) => Word().Replace(
        header,
        match => match.Groups[1].Value is "B" or "b"
            ? Encoding.UTF8.GetString(Convert.FromBase64String(match.Groups[2].Value))
            : Quoted(match.Groups[2].Value.Replace('_', ' ')));

    private string Part(string type) => Boundary().Split(Text)
        .Last(part => part.Contains($"Content-Type: {type}", StringComparison.OrdinalIgnoreCase))
        .TrimStart();

    [GeneratedRegex(@"\n[ \t]+")]
    private static partial Regex Fold();

    [GeneratedRegex("=([0-9A-F]{2})")]
    private static partial Regex Hex();

    [GeneratedRegex(@"=\?utf-8\?(.)\?([^?]*)\?=\s*", RegexOptions.IgnoreCase)]
    private static partial Regex Word();

    [GeneratedRegex(@"^--[^\r\n]+\r?$", RegexOptions.Multiline)]
    private static partial Regex Boundary();
}

internal static class MailWaits
{
    /// <summary>Looks at a page until it says what became of its mail.</summary>
    public static Task<PageAnswer> WaitForMailAsync(
        this PortalHost portal, PageClient browser, string path, string words)
    {
        ArgumentNullException.ThrowIfNull(portal);
        return Eventually.SeeAsync(
            () => browser.GetAsync(path),
            page => page.Words.Contains(words, StringComparison.Ordinal),
            TimeSpan.FromSeconds(20),
            words);
    }
}
