namespace HubSpotSync.Portal.Web;

/// <summary>A page of a list and where its neighbours are.</summary>
internal sealed record PagingLinks(Paging Paging, Func<int, string> Href);
