namespace HubSpotSync.Portal.Web;

/// <summary>A labelled field of a form that may stay empty; with rows it is a text area.</summary>
internal sealed record FormField(string Name, string Label, string? Value)
{
    public string Type { get; init; } = "text";

    public string? InputMode { get; init; }

    public string? Hint { get; init; }

    public int Rows { get; init; }

    public int Longest { get; init; } = 4000;

    public string Autocomplete { get; init; } = "off";

    public string Id => Name.Replace('.', '_').Replace('[', '_').Replace(']', '_');
}
