using Microsoft.Extensions.Configuration;

namespace HubSpotSync.AppHost;

internal static class ParameterExtensions
{
    /// <summary>
    /// A kept random value of letters and digits: these stay plain in connection strings and headers.
    /// </summary>
    public static IResourceBuilder<ParameterResource> AddGeneratedSecret(
        this IDistributedApplicationBuilder builder, string name, int length) =>
        builder.AddParameter(
            name, new GenerateParameterDefault { MinLength = length, Special = false }, secret: true, persist: true);

    /// <summary>
    /// With the fake HubSpot (<paramref name="fakeValue"/> is given) configuration may still say otherwise.
    /// </summary>
    public static IResourceBuilder<ParameterResource> AddHubSpotParameter(
        this IDistributedApplicationBuilder builder, string name, string? fakeValue, bool secret = false) =>
        fakeValue is null
            ? builder.AddParameter(name, secret)
            : builder.AddParameter(
                name, Configured(builder, name) ?? fakeValue, publishValueAsDefault: false, secret: secret);

    private static string? Configured(IDistributedApplicationBuilder builder, string name) =>
        builder.Configuration[$"Parameters:{name}"] ?? builder.Configuration[$"Parameters:{name.Replace('-', '_')}"];
}
