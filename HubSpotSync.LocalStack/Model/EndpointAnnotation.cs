namespace Aspire.Hosting.ApplicationModel;

/// <summary>An endpoint: the port it would like, and the one it got.</summary>
internal sealed class EndpointAnnotation(string name, string scheme, int? usualPort) : IResourceAnnotation
{
    public const string LoopbackHost = "localhost";

    public string Name { get; } = name;

    public string Scheme { get; } = scheme;

    public int? UsualPort { get; set; } = usualPort;

    public string Host { get; } = LoopbackHost;

    public string? PortVariable { get; init; }

    public bool IsExternal { get; set; }

    public int? AllocatedPort { get; set; }

    /// <summary>Ports of the second and further replicas; each listens on its own.</summary>
    public IList<int> ReplicaPorts { get; } = [];

    public int PortOf(int replica) =>
        replica == 0 ? AllocatedPort!.Value /* asked only after allocation */ : ReplicaPorts[replica - 1];
}
