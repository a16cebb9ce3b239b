namespace HubSpotSync.Portal.Web;

/// <summary>A labelled input with its hint and what is wrong with it.</summary>
internal sealed record TextField(
    string Name, string Label, string? Value, string Autocomplete, string Type = "text", string? Hint = null)
{
    public string Id => Name.Replace('.', '_');
}
