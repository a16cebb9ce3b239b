using HubSpotSync.FakeHubSpot.Store;

namespace HubSpotSync.FakeHubSpot.OAuth;

/// <summary>What an app asks for when it sends a person to the consent page.</summary>
internal sealed record AuthorizeRequest(
    string ClientId,
    string RedirectUri,
    IReadOnlyList<string> Scopes,
    IReadOnlyList<string> OptionalScopes,
    string? State,
    CodeChallenge? Challenge)
{
    public IEnumerable<string> AllScopes => Scopes.Concat(OptionalScopes).Distinct();

    public static AuthorizeRequest Read(Func<string, string?> field) => new(
        field("client_id") ?? "",
        field("redirect_uri") ?? "",
        Split(field("scope")),
        Split(field("optional_scope")),
        field("state"),
        CodeChallenge.Read(field("code_challenge"), field("code_challenge_method")));

    /// <summary>
    /// Null when all is well; else what to tell the person, since there is nowhere safe to send them.
    /// </summary>
    public string? Problem(FakeOptions options)
    {
        if (options.Apps.All(app => app.ClientId != ClientId))
        {
            return "We couldn't find the app: the client ID is missing or unknown.";
        }

        if (!IsAllowedAddress(options))
        {
            return "The redirect address is missing or may not be used: "
                + "it must be a registered https address, or http on this machine.";
        }

        if (Challenge is { IsKnown: false })
        {
            return "The app proves itself in a way that is not known: code_challenge_method must be S256 or plain.";
        }

        if (Scopes.Count == 0)
        {
            return "The app asks for no scope.";
        }

        var unknown = AllScopes.Where(scope => ScopeCatalog.InWords(scope) is null).ToList();
        return unknown.Count == 0 ? null : $"The app asks for scopes that do not exist: {string.Join(", ", unknown)}.";
    }

    public string Back(params IEnumerable<(string Name, string Value)> answer)
    {
        IEnumerable<(string Name, string Value)> fields = State is null ? answer : answer.Append(("state", State));
        var query = string.Join('&', fields.Select(field => $"{field.Name}={Uri.EscapeDataString(field.Value)}"));
        return RedirectUri + (RedirectUri.Contains('?', StringComparison.Ordinal) ? '&' : '?') + query;
    }

    public string RedirectOrigin => new Uri(RedirectUri).GetLeftPart(UriPartial.Authority);

    private bool IsAllowedAddress(FakeOptions options) =>
        Uri.TryCreate(RedirectUri, UriKind.Absolute, out var uri)
        && uri.Fragment.Length == 0
        && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))
        && (options.RedirectUris.Length == 0 || options.RedirectUris.Contains(RedirectUri, StringComparer.Ordinal));

    private static string[] Split(string? scopes) =>
        (scopes ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
