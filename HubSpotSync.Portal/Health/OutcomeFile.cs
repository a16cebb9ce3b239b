using System.Globalization;
using HubSpotSync.Data.Connections;
using HubSpotSync.Portal.Customers.Csv;
using HubSpotSync.Portal.Words;

namespace HubSpotSync.Portal.Health;

/// <summary>A list of outcomes as a file, row by row: a long one needs no more memory than a short one.</summary>
internal sealed class OutcomeFile(OutcomeList outcomes)
{
    public async Task WriteAsync(
        HubSpotConnection connection, OutcomeQuery query, Stream to, CancellationToken cancellationToken)
    {
        await using var file = CsvText.Open(to);
        await file.WriteAsync(CsvText.Line(
            ["Kind", "Record", "Id here", "HubSpot id", "In HubSpot", "State", "Reason", "In words", "Last look"]));
        await foreach (var row in outcomes.StreamAsync(connection.Id, query, cancellationToken))
        {
            await file.WriteAsync(CsvText.Line(
            [
                row.KindName,
                row.Name,
                row.LocalId?.ToString(),
                row.HubSpotId?.ToString(CultureInfo.InvariantCulture),
                row.HubSpotHref(connection),
                row.StateName,
                ReasonWords.Short(row.Reason),
                row.Why(connection),
                row.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            ]));
        }
    }
}
