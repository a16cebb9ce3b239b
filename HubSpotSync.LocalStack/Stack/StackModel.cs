using Aspire.Hosting.ApplicationModel;

namespace HubSpotSync.LocalStack.Stack;

/// <summary>All resources in the order they were added, and how to run them.</summary>
internal sealed record StackModel(IReadOnlyList<IResource> Resources, StackOptions Options)
{
    public IEnumerable<ParameterResource> Parameters => Resources.OfType<ParameterResource>();
}
