using System.Globalization;
using HubSpotSync.Portal.Customers.Csv;
using HubSpotSync.Portal.Words;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Audit;

/// <summary>Writes all that the filters find, the newest first, in pieces: a long log needs no more memory.</summary>
internal sealed class AuditExport(AuditPages pages)
{
    private const int Batch = 1000;

    public async Task WriteAsync(AuditQuery query, Stream to, CancellationToken cancellationToken)
    {
        await using var file = CsvText.Open(to);
        await file.WriteAsync(CsvText.Line(["When (UTC)", "Who", "What", "Of what", "Before", "After", "Action"]));
        var found = await pages.MatchingAsync(query, cancellationToken);
        var last = long.MaxValue;
        while (true)
        {
            var rows = await found.Where(entry => entry.Id < last)
                .OrderByDescending(entry => entry.Id).Take(Batch).ToListAsync(cancellationToken);
            foreach (var line in await pages.SayAsync(rows, cancellationToken))
            {
                await file.WriteAsync(CsvText.Line(
                [
                    line.Entry.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
                    line.Who,
                    AuditWords.Say(line.Entry.Action),
                    line.Subject,
                    string.Join("; ", line.Values.Where(value => value.Before is not null)
                        .Select(value => $"{value.Label}: {value.Before}")),
                    string.Join("; ", line.Values.Where(value => value.After is not null)
                        .Select(value => $"{value.Label}: {value.After}")),
                    line.Entry.Action,
                ]));
            }

            await file.FlushAsync(cancellationToken);
            if (rows.Count < Batch)
            {
                return;
            }

            last = rows[^1].Id;
        }
    }
}
