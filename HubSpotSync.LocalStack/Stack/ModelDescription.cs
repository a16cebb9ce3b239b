using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Aspire.Hosting.ApplicationModel;

namespace HubSpotSync.LocalStack.Stack;

/// <summary>
/// The model as JSON, by names and expressions only: no value is read, no secret is made, nothing starts.
/// </summary>
internal static class ModelDescription
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static string Write(StackModel model) =>
        JsonSerializer.Serialize(
            model.Resources.Select(Describe).ToDictionary(pair => pair.Name, pair => pair.Value), Format);

    private static (string Name, object Value) Describe(IResource resource) => (resource.Name, new
    {
        type = resource.GetType().Name,
        secret = (resource as ParameterResource)?.Secret,
        connectionString = (resource as IResourceWithConnectionString)?.ConnectionStringExpression.ValueExpression,
        endpoints = All<EndpointAnnotation>(resource)
            .Select(endpoint => new { endpoint.Name, port = endpoint.UsualPort, external = endpoint.IsExternal }),
        environment = All<EnvironmentAnnotation>(resource).GroupBy(variable => variable.Name)
            .ToDictionary(group => group.Key, group => Expression(group.Last().Value)),
        arguments = All<ArgumentsAnnotation>(resource).SelectMany(list => list.Arguments),
        waits = All<WaitAnnotation>(resource)
            .Select(wait => new { resource = wait.Resource.Name, until = wait.Until.ToString() }),
        replicas = All<ReplicaAnnotation>(resource).LastOrDefault()?.Replicas,
        health = All<HealthCheckAnnotation>(resource).Select(check => check.Path),
        commands = All<CommandAnnotation>(resource).Select(command => command.DisplayName),
    });

    private static IEnumerable<T> All<T>(IResource resource)
        where T : IResourceAnnotation => resource.Annotations.OfType<T>();

    private static string? Expression(object? value) => value switch
    {
        null => null,
        string text => text,
        IManifestExpressionProvider provider => provider.ValueExpression,
        _ => "(computed)",
    };
}
