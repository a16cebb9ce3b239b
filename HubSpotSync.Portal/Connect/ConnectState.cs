using HubSpotSync.Core.Planning;

namespace HubSpotSync.Portal.Connect;

/// <summary>Who went to HubSpot to consent, and to what.</summary>
internal sealed record ConnectState(Guid UserId, Guid WorkspaceId, SyncMode Mode, string Nonce, DateTimeOffset Ends);

/// <summary>Who came back from HubSpot, with the nonce of their browser.</summary>
internal sealed record ConnectVisitor(Guid UserId, Guid WorkspaceId, string? Nonce);
