namespace HubSpotSync.Tests.Schedules;

internal enum Side
{
    Local,
    HubSpot,
}

/// <summary>A value that somebody set on one side.</summary>
/// <param name="At">By that side's own clock.</param>
/// <param name="Value"><c>null</c>: it was cleared.</param>
internal sealed record Edit(Side Side, DateTimeOffset At, string? Value);
