namespace HubSpotSync.LocalStack.Stack;

internal enum ResourceState
{
    /// <summary>Something it waits for is not there yet.</summary>
    Waiting,
    Starting,
    Running,

    /// <summary>It ended by itself and is started again after a pause.</summary>
    Restarting,

    /// <summary>A run-once resource that ended with 0.</summary>
    Finished,

    /// <summary>It could not be started, or a run-once resource ended with another code.</summary>
    Failed,

    /// <summary>Stopped by a person, or not to be started by itself.</summary>
    Stopped,
}
