using System.Reflection;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;

namespace HubSpotSync.Portal.Api.Http;

/// <summary>The body of a request, and its bytes, which say whether a request is the same one again.</summary>
internal interface IJsonBody : IChecked
{
    byte[] Raw { get; }
}

/// <summary>A body that is read by us, so that what can't be read is said with the name of its field.</summary>
internal sealed record JsonBody<T>(T Value, byte[] Raw, ProblemHttpResult? Problem)
    : IJsonBody, IEndpointParameterMetadataProvider
    where T : class
{
    public static async ValueTask<JsonBody<T>?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        ArgumentNullException.ThrowIfNull(context);
        var raw = await JsonReading.ReadAsync(context.Request, context.RequestAborted);
        if (raw is null)
        {
            return new JsonBody<T>(null!, [], JsonReading.TooLarge); // nobody reads a value beside a problem
        }

        var problem = JsonReading.Read<T>(raw, out var value);
        return new JsonBody<T>(value!, raw, problem); // likewise
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new AcceptsMetadata(["application/json"], typeof(T)));
}
