using HubSpotSync.Portal.Companies;

namespace HubSpotSync.Portal.Customers.Forms;

/// <summary>A field of the form, as it is drawn.</summary>
internal sealed record FieldBox(string Name, string Label, string? Value)
{
    public string Type { get; init; } = "text";

    /// <summary>What it was when the form was opened.</summary>
    public string? Was { get; init; }

    /// <summary>Value and label of what can be chosen; <c>null</c>: it is written.</summary>
    public IReadOnlyList<(string Value, string Label)>? Options { get; init; }

    /// <summary>Where it is a company: from which ones; <c>null</c>: it is something else.</summary>
    public CompanyPick? Pick { get; init; }

    /// <summary>Why it can't be edited here; <c>null</c>: it can.</summary>
    public string? Lock { get; init; }

    public string? Problem { get; init; }

    public string Id => $"field-{Name}";
}

/// <summary>A field that two people changed: whoever saves second chooses.</summary>
internal sealed record ClashBox(string Name, string Label, string? Mine, string? Theirs, string? Choice)
{
    public const string ChoseMine = "mine";
    public const string ChoseTheirs = "theirs";
}
