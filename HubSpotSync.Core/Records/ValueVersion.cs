namespace HubSpotSync.Core.Records;

/// <summary>A value that a property in HubSpot had.</summary>
/// <param name="At">When it was set.</param>
/// <param name="ByIntegration">A program set it, we perhaps; a person did not.</param>
public sealed record ValueVersion(string? Value, DateTimeOffset At, bool ByIntegration);
