using System.Text.RegularExpressions;

namespace HubSpotSync.FakeHubSpot.Faults;

/// <summary>
/// The calls a fault is for. The path is matched whole, any text standing for <c>*</c>; a prefix is matched as it is.
/// </summary>
/// <param name="PortalId">Null for all accounts; else only calls with a token of that account.</param>
public sealed record FaultMatch(string Method = "*", string PathPrefix = "/", string Path = "*", int? PortalId = null)
{
    private readonly Regex _path = new(
        $"^{Regex.Escape(Path).Replace("\\*", ".*", StringComparison.Ordinal)}$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    public bool Is(string method, string path, Func<int?> portalId) =>
        (Method == "*" || string.Equals(Method, method, StringComparison.OrdinalIgnoreCase))
            && path.StartsWith(PathPrefix, StringComparison.OrdinalIgnoreCase)
            && _path.IsMatch(path)
            && (PortalId is null || PortalId == portalId());
}
