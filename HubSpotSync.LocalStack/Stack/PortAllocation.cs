using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using HubSpotSync.LocalStack.Processes;

namespace HubSpotSync.LocalStack.Stack;

/// <summary>
/// Gives every endpoint its port before anything starts, so that addresses can be handed out at once.
/// </summary>
internal static class PortAllocation
{
    public static IReadOnlyList<string> Allocate(IEnumerable<IResource> resources)
    {
        List<string> moved = [];
        HashSet<int> given = [];
        foreach (var resource in resources)
        {
            foreach (var endpoint in resource.Annotations.OfType<EndpointAnnotation>())
            {
                endpoint.AllocatedPort = Next(endpoint.UsualPort, given);
                if (endpoint.UsualPort is { } usual && usual != endpoint.AllocatedPort)
                {
                    moved.Add(string.Create(
                        CultureInfo.InvariantCulture,
                        $"Port {usual} is taken: {resource.Name} is on {endpoint.AllocatedPort}."));
                }

                for (var replica = 1; replica < Replicas(resource); replica++)
                {
                    endpoint.ReplicaPorts.Add(Next(null, given));
                }
            }
        }

        return moved;
    }

    /// <summary>
    /// For a resource that ended before it was ever healthy: another program may have taken its port between our look
    /// and its bind. Nobody has been given the address yet, since what needs it waits for its health.
    /// </summary>
    public static void MoveIfTaken(IResource resource)
    {
        foreach (var endpoint in resource.Annotations.OfType<EndpointAnnotation>())
        {
            endpoint.AllocatedPort = FreePort.Choose(endpoint.AllocatedPort);
        }
    }

    public static int Replicas(IResource resource) =>
        resource.Annotations.OfType<ReplicaAnnotation>().LastOrDefault()?.Replicas ?? 1;

    private static int Next(int? usual, HashSet<int> given)
    {
        var port = FreePort.Choose(usual is { } wanted && given.Contains(wanted) ? null : usual);
        while (!PortClaim.TryTake(port) || !given.Add(port))
        {
            port = FreePort.Any();
        }

        return port;
    }
}
