namespace HubSpotSync.Data.Bulk;

/// <summary>Another worker has taken the run over; nothing of this page was written.</summary>
public sealed class FenceLostException() : Exception("Another worker has taken the run over.");
