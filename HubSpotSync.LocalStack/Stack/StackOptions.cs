namespace HubSpotSync.LocalStack.Stack;

/// <summary>What the command line and the environment say about a run on plain processes.</summary>
internal sealed record StackOptions
{
    public const string DataVariable = "HUBSPOTSYNC_DATA";

    private static readonly string[] Switches = ["--demo", "--reset", "--describe"];

    public required string DataFolder { get; init; }

    /// <summary>Data and secrets of this run are deleted at its end.</summary>
    public bool ThrowAway { get; init; }

    public bool Reset { get; init; }

    /// <summary>Print the model and end.</summary>
    public bool Describe { get; init; }

    /// <summary>The arguments that are configuration (<c>--HubSpot:Mode=real</c>).</summary>
    public IReadOnlyList<string> Configuration { get; init; } = [];

    public SecretStore Secrets => field ??= new SecretStore(Path.Combine(DataFolder, "secrets.json"));

    public static StackOptions Parse(string[] args, string startFolder, Func<string, string?> environment)
    {
        var throwAway = args.Contains("--demo");
        return new StackOptions
        {
            ThrowAway = throwAway,
            Reset = args.Contains("--reset"),
            Describe = args.Contains("--describe"),
            Configuration = [.. args.Except(Switches)],
            DataFolder = throwAway
                ? Path.Combine(Path.GetTempPath(), $"hubspotsync-demo-{Guid.NewGuid():N}"[..30])
                : Path.GetFullPath(
                    environment(DataVariable) ?? Path.Combine(SolutionRoot(startFolder), ".hubspotsync")),
        };
    }

    private static string SolutionRoot(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            if (at.EnumerateFiles("*.sln*").Any())
            {
                return at.FullName;
            }
        }

        return folder;
    }
}
