using HubSpotSync.LocalStack.Tools;

namespace HubSpotSync.LocalStack.Servers;

/// <summary>How a server for tests and tools is run.</summary>
public sealed record ServerOptions
{
    /// <summary>Data that is deleted at the end and need not survive a power cut (no fsync). The default.</summary>
    public static ServerOptions ThrowAwayData { get; } = new() { ThrowAway = true };

    /// <summary>Deleted at the end as well, but written with the care of data that counts: for measuring.</summary>
    public static ServerOptions MeasuredData { get; } = new() { ThrowAway = true, IsDurable = true };

    /// <summary>Data that stays in its folder.</summary>
    public static ServerOptions LastingData { get; } = new();

    public bool ThrowAway { get; init; }

    /// <summary>Data to throw away has to survive a power cut all the same. Lasting data always does.</summary>
    public bool IsDurable { get; init; }

    /// <summary>The port; any free one where it is not given.</summary>
    public int? Port { get; init; }

    /// <summary>Where programs come from; null is PATH, the usual folders, then an install.</summary>
    public Toolbox? Toolbox { get; init; }

    internal Task<Tool> FindAsync(ToolNeed need, CancellationToken cancellationToken) =>
        (Toolbox ?? Tools.Toolbox.Default(Console.Error.WriteLine)).FindOrInstallAsync(need, cancellationToken);
}
