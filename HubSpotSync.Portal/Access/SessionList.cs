using HubSpotSync.Data.Identity;

namespace HubSpotSync.Portal.Access;

/// <summary>Sessions to show, the reader's own among them, and the page that ends them.</summary>
internal sealed record SessionList(
    IReadOnlyList<UserSession> Sessions, Guid? Current, string Page, string? Name = null);
