using System.Globalization;
using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Records;
using HubSpotSync.Data.Connections;
using HubSpotSync.Portal.Health;
using HubSpotSync.Portal.Progress;
using Microsoft.AspNetCore.WebUtilities;

namespace HubSpotSync.Portal.Runs;

/// <summary>Which part of a run somebody looks at.</summary>
/// <param name="Connection"><c>null</c>: it was ended since.</param>
internal sealed record RunView(Guid RunId, HubSpotConnection? Connection)
{
    public const string Failures = "failures";

    /// <summary>What failed; else what was written.</summary>
    public bool IsFailures { get; init; }

    public RecordKind? Kind { get; init; }

    /// <summary><c>Local</c> or <c>HubSpot</c>: where it was written.</summary>
    public string? Side { get; init; }

    /// <summary>The change before which the page lies.</summary>
    public long? Before { get; init; }

    /// <summary>The failure after which the page lies.</summary>
    public OutcomeCursor? After { get; init; }

    public FieldMap Map(RecordKind kind) => Connection?.Policy.MapOf(kind) ?? kind switch
    {
        RecordKind.Contact => StandardFields.Contacts,
        RecordKind.Company => StandardFields.Companies,
        _ => StandardFields.Deals,
    };

    public string Href(string? handler = null) => QueryHelpers.AddQueryString(
        RunAddress.Of(RunId),
        new (string Name, string? Value)[]
        {
            ("show", IsFailures ? Failures : null),
            ("kind", Kind?.ToString()),
            ("side", Side),
            ("before", Before?.ToString(CultureInfo.InvariantCulture)),
            ("after", After?.ToString()),
            ("handler", handler),
        }
        .Where(pair => pair.Value is not null)
        .Select(pair => KeyValuePair.Create(pair.Name, pair.Value)));

    /// <summary>The same from its beginning.</summary>
    public RunView First() => this with { Before = null, After = null };
}
