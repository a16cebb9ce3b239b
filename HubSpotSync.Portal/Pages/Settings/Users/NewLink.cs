namespace HubSpotSync.Portal.Pages.Settings.Users;

/// <summary>A link that is shown once, to whoever made it.</summary>
internal sealed record NewLink(string Title, Uri Url, string Text);
