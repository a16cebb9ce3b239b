using Aspire.Hosting.ApplicationModel;
using HubSpotSync.LocalStack.Stack;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting;

public interface IDistributedApplicationBuilder
{
    ConfigurationManager Configuration { get; }

    DistributedApplicationExecutionContext ExecutionContext { get; }

    IList<IResource> Resources { get; }

    /// <summary>What belongs to plain processes only: the data folder and its kept secrets.</summary>
    internal StackOptions Options { get; }

    IResourceBuilder<T> AddResource<T>(T resource)
        where T : IResource;

    DistributedApplication Build();
}
