using System.Globalization;
using HubSpotSync.Data.Billing;
using HubSpotSync.Portal.Billing.Forms;
using HubSpotSync.Portal.Words;
using Microsoft.AspNetCore.WebUtilities;

namespace HubSpotSync.Portal.Billing;

/// <summary>What the address of the list of payments asks for.</summary>
internal sealed record PaymentQuery
{
    public const string Path = "/invoices/payments";

    public string? Search { get; init; }

    public PaymentKind? Kind { get; init; }

    /// <summary>One of <see cref="MoneyModel.Methods"/>.</summary>
    public string? Method { get; init; }

    /// <summary>The first day on which the money moved.</summary>
    public DateOnly? From { get; init; }

    /// <summary>The last one.</summary>
    public DateOnly? To { get; init; }

    public Guid? Invoice { get; init; }

    public int Page { get; init; } = 1;

    public bool HasFilters => Kind is not null || Method is not null || From is not null || To is not null;

    public static PaymentQuery Of(IQueryCollection query) => new()
    {
        Search = query["q"].ToString().Trim() is { Length: > 0 } wanted ? wanted : null,
        Kind = KindOf(query["kind"]),
        Method = MoneyModel.Methods.FirstOrDefault(method => method == query["method"]),
        From = Dates.ReadField(query["from"]),
        To = Dates.ReadField(query["to"]),
        Page = int.TryParse(query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var page)
            ? Math.Max(1, page)
            : 1,
    };

    /// <param name="text">The name of a kind, however it is written.</param>
    public static PaymentKind? KindOf(string? text) =>
        Enum.GetValues<PaymentKind>().Where(kind => kind.ToString().Equals(text, StringComparison.OrdinalIgnoreCase))
            .Select(kind => (PaymentKind?)kind)
            .FirstOrDefault();

    public string Href(string path = Path, int page = 1) =>
        QueryHelpers.AddQueryString(path, new Dictionary<string, string?>(
            new (string Name, string? Value)[]
            {
                ("q", Search),
                ("kind", Kind?.ToString().ToLowerInvariant()),
                ("method", Method),
                ("from", From is { } from ? Dates.Field(from) : null),
                ("to", To is { } to ? Dates.Field(to) : null),
                ("page", page > 1 ? page.ToString(CultureInfo.InvariantCulture) : null),
            }
            .Where(pair => pair.Value is not null)
            .Select(pair => KeyValuePair.Create(pair.Name, pair.Value))));
}
