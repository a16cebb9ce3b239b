namespace HubSpotSync.Portal.Web;

/// <summary>How browsers reach this portal: as configured, else as the request came.</summary>
internal sealed class PublicUrl(IConfiguration configuration)
{
    public const string Key = "Portal:PublicUrl";

    public Uri? Configured { get; } =
        Uri.TryCreate(configuration[Key], UriKind.Absolute, out var url) ? url : null;

    public Uri Of(HttpRequest request, string path) =>
        new(Configured ?? new Uri($"{request.Scheme}://{request.Host}"), path);
}
