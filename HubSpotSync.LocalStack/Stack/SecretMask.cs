using System.Text.RegularExpressions;

namespace HubSpotSync.LocalStack.Stack;

/// <summary>Hides secret values, and whatever stands behind "password=", in anything that is shown or kept.</summary>
internal sealed partial class SecretMask(IEnumerable<string> secrets)
{
    private const string Hidden = "•••";
    private const int ShortestWorthHiding = 6;

    // Longest first: a secret that contains another must not leave its rest.
    private readonly string[] _secrets =
    [
        .. secrets.Where(secret => secret.Length >= ShortestWorthHiding).Distinct()
            .OrderByDescending(secret => secret.Length),
    ];

    public string Apply(string line)
    {
        foreach (var secret in _secrets)
        {
            line = line.Replace(secret, Hidden, StringComparison.Ordinal);
        }

        return Password().Replace(line, $"${{key}}{Hidden}");
    }

    [GeneratedRegex(@"(?<key>\b(password|pwd)\s*=\s*)(?<value>[^;,\s""']+)", RegexOptions.IgnoreCase)]
    private static partial Regex Password();
}
