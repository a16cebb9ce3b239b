namespace Aspire.Hosting.ApplicationModel;

internal enum WaitFor
{
    Healthy,
    Started,
    Completed,
}

/// <summary>Value: a string, an <see cref="IValueProvider"/> or a <c>Func&lt;string&gt;</c>.</summary>
internal sealed record EnvironmentAnnotation(string Name, object? Value) : IResourceAnnotation;

internal sealed record ArgumentsAnnotation(IReadOnlyList<string> Arguments) : IResourceAnnotation;

internal sealed record WaitAnnotation(IResource Resource, WaitFor Until, int ExitCode) : IResourceAnnotation;

internal sealed record ReplicaAnnotation(int Replicas) : IResourceAnnotation;

internal sealed record ExplicitStartAnnotation : IResourceAnnotation;

internal sealed record HealthCheckAnnotation(string EndpointName, string Path, int StatusCode) : IResourceAnnotation;

internal sealed record UrlCallbackAnnotation(string EndpointName, Action<ResourceUrlAnnotation> Change)
    : IResourceAnnotation;

internal sealed record RelationshipAnnotation(IResource Resource, string Kind) : IResourceAnnotation;

internal sealed record DataVolumeAnnotation : IResourceAnnotation;
