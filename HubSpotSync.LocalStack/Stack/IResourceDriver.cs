using HubSpotSync.LocalStack.Processes;

namespace HubSpotSync.LocalStack.Stack;

/// <summary>How one kind of resource becomes a process.</summary>
internal interface IResourceDriver
{
    /// <summary>It is meant to end; anything else that ends has crashed.</summary>
    bool RunsOnce { get; }

    Task<ProcessSpec> PrepareAsync(CancellationToken cancellationToken);

    Task<bool> IsHealthyAsync(CancellationToken cancellationToken);

    /// <summary>Once per start, before others are told that it is healthy.</summary>
    Task BecameHealthyAsync(CancellationToken cancellationToken);
}
