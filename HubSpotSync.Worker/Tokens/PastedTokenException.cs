namespace HubSpotSync.Worker.Tokens;

/// <summary>HubSpot refuses the token that somebody pasted: it was deleted or rotated there.</summary>
internal sealed class PastedTokenException() : Exception("HubSpot does not take the pasted token any more.");
