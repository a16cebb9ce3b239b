using System.Net;
using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;
using HubSpotSync.LocalStack.Processes;
using HubSpotSync.LocalStack.Stack;

namespace HubSpotSync.Tests.LocalStack;

public sealed class PortAllocationTests
{
    [Fact]
    public void A_taken_port_is_replaced_by_a_free_one_and_said()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var usual = ((IPEndPoint)taken.LocalEndpoint).Port;
        var portal = Project("portal", usual);

        var said = PortAllocation.Allocate([portal]);

        var endpoint = Assert.Single(portal.Annotations.OfType<EndpointAnnotation>());
        Assert.NotEqual(usual, endpoint.AllocatedPort);
        Assert.Equal($"Port {usual} is taken: portal is on {endpoint.AllocatedPort}.", Assert.Single(said));
    }

    [Fact]
    public void A_port_another_stack_is_about_to_take_is_left_to_it()
    {
        var usual = FreePort.Any();
        using var other = PortClaim.Bind(usual);
        var portal = Project("portal", usual);

        PortAllocation.Allocate([portal]);

        Assert.NotEqual(usual, Assert.Single(portal.Annotations.OfType<EndpointAnnotation>()).AllocatedPort);
    }

    [Fact]
    public void Every_replica_and_every_resource_listens_on_its_own()
    {
        var worker = Project("worker", usualPort: null);
        worker.Annotations.Add(new ReplicaAnnotation(3));
        var twin = Project("twin", usualPort: null);

        PortAllocation.Allocate([worker, twin]);

        var endpoint = Assert.Single(worker.Annotations.OfType<EndpointAnnotation>());
        var other = Assert.Single(twin.Annotations.OfType<EndpointAnnotation>());
        int[] ports = [endpoint.PortOf(0), endpoint.PortOf(1), endpoint.PortOf(2), other.PortOf(0)];
        Assert.Equal(4, ports.Distinct().Count());
    }

    private static ProjectResource Project(string name, int? usualPort)
    {
        var project = new ProjectResource(name);
        project.Annotations.Add(new EndpointAnnotation("http", "http", usualPort));
        return project;
    }
}
