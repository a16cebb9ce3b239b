using System.Buffers.Text;
using System.ComponentModel;
using System.Globalization;
using System.Text;
using HubSpotSync.Portal.Customers;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace HubSpotSync.Portal.Api.Http;

/// <summary>A page of a list, and where the next one begins; without a next one this was the last.</summary>
internal sealed record PageOf<T>(IReadOnlyList<T> Data, string? Next)
{
    /// <param name="rows">One more than wanted, where there is more.</param>
    /// <param name="cursorOf">Where a row stands in the order.</param>
    public static PageOf<T> Of<TRow>(
        IReadOnlyList<TRow> rows, PlaceInList place, Func<TRow, ListCursor> cursorOf,
        Func<IReadOnlyList<TRow>, IReadOnlyList<T>> viewsOf)
    {
        var page = rows.Take(place.Limit).ToList();
        return new PageOf<T>(
            viewsOf(page), rows.Count > place.Limit ? PageQuery.Write(place.Order, cursorOf(page[^1])) : null);
    }
}

/// <param name="Order">A cursor of another order means nothing.</param>
internal sealed record PlaceInList(int Limit, ListCursor? After, string Order);

/// <summary>What every list can be asked for.</summary>
internal record PageQuery
{
    public const int Most = 100;
    private const int Usual = 50;

    [FromQuery(Name = "limit")]
    [Description("How many at most, from 1 to 100; without it 50.")]
    public string? Limit { get; init; }

    [FromQuery(Name = "after")]
    [Description("The `next` of the page before.")]
    public string? After { get; init; }

    /// <returns>A place, or what is wrong with what was asked.</returns>
    public (PlaceInList? Place, ProblemHttpResult? Problem) Read(string order)
    {
        var limit = Usual;
        if (Limit is not null
            && (!int.TryParse(Limit, NumberStyles.None, CultureInfo.InvariantCulture, out limit)
                || limit is < 1 or > Most))
        {
            return (null, ApiProblem.Unreadable("limit", $"This is not a number from 1 to {Most}."));
        }

        var after = After is null ? null : Read(order, After);
        return After is not null && after is null
            ? (null, ApiProblem.Unreadable("after", "This is not the `next` of a page of this list in this order."))
            : (new PlaceInList(limit, after, order), null);
    }

    public static string Write(string order, ListCursor cursor) =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{order}|{cursor}"));

    private static ListCursor? Read(string order, string text)
    {
        if (!Base64Url.IsValid(text))
        {
            return null;
        }

        var decoded = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text));
        return decoded.StartsWith($"{order}|", StringComparison.Ordinal)
            && !decoded.Contains('\0', StringComparison.Ordinal)
                ? ListCursor.Read(decoded[(order.Length + 1)..], isAfter: true)
                : null;
    }
}
