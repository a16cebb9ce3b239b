using System.Net;

namespace HubSpotSync.HubSpotApi.Errors;

/// <summary>What was to be created is there already.</summary>
public sealed class HubSpotConflictException(long? existingId, string category, string? correlationId)
    : HubSpotException(HttpStatusCode.Conflict, category, correlationId)
{
    public long? ExistingId { get; } = existingId;
}
