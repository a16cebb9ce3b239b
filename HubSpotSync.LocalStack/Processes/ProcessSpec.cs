namespace HubSpotSync.LocalStack.Processes;

/// <summary>What to start and how it likes to be stopped.</summary>
internal sealed record ProcessSpec(string FileName, IReadOnlyList<string> Arguments)
{
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Variables of ours, by how they begin, that the process does not inherit.</summary>
    public IReadOnlyList<string> WithoutVariables { get; init; } = [];

    public string? WorkingFolder { get; init; }

    /// <summary>The user to run as; null is whoever runs this process.</summary>
    public SystemUser? RunAs { get; init; }

    /// <summary>Not ended with us: a package manager stopped half-way leaves a broken machine.</summary>
    public bool OutlivesUs { get; init; }

    public StopSignal Stop { get; init; } = StopSignal.Terminate;

    /// <summary>What follows when the first signal did not help in time; then comes Kill.</summary>
    public StopSignal HardStop { get; init; } = StopSignal.Kill;
}
