namespace HubSpotSync.Portal.Web;

/// <summary>What would be here, and the one button that brings it.</summary>
internal sealed record EmptyState(string Icon, string Title, string Text, string? Href = null, string? Action = null);
