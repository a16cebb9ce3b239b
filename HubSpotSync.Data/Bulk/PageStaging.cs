using HubSpotSync.Core.Records;
using Npgsql;
using NpgsqlTypes;

namespace HubSpotSync.Data.Bulk;

/// <summary>Copies a page's rows to a temporary table, where the statements of its transaction read them.</summary>
internal sealed class PageStaging(NpgsqlConnection connection, RecordTable table)
{
    private const string CreateTable =
        """
        create temp table if not exists page_rows (
          local_id uuid, hubspot_id bigint, write text, version bigint, field_values text[], field_clock jsonb,
          ancestor jsonb, link_version bigint, seen_at timestamptz, written_at timestamptz, is_detached boolean,
          merged_ids bigint[], merged_local_ids uuid[],
          knows_company boolean, knows_people boolean, company_hubspot_id bigint, contact_hubspot_ids bigint[],
          record_key text, state text, reason text, detail text, revives boolean,
          candidate jsonb, match_ids uuid[], matched_by text) on commit delete rows
        """;

    public async Task WriteAsync(IReadOnlyList<PageRow> rows, CancellationToken cancellationToken)
    {
        await using var create = new NpgsqlCommand(CreateTable, connection);
        await create.ExecuteNonQueryAsync(cancellationToken);
        await using var copy = await connection.BeginBinaryImportAsync(
            "copy page_rows from stdin (format binary)", cancellationToken);
        foreach (var row in rows)
        {
            await copy.StartRowAsync(cancellationToken);
            foreach (var (value, type) in ColumnsOf(row))
            {
                await (value is null
                    ? copy.WriteNullAsync(cancellationToken)
                    : copy.WriteAsync(value, type, cancellationToken));
            }
        }

        await copy.CompleteAsync(cancellationToken);
    }

    /// <summary>The values in the order of the table's columns.</summary>
    private IEnumerable<(object? Value, NpgsqlDbType Type)> ColumnsOf(PageRow row)
    {
        var values = row.Values.IsDefaultOrEmpty ? null : table.Storable(row.Values);
        var ancestor = row.Ancestor.IsDefault ? null : AncestorJson.Write(table.Map, row.Ancestor);
        yield return (row.LocalId, NpgsqlDbType.Uuid);
        yield return (row.HubSpotId, NpgsqlDbType.Bigint);
        yield return (row.Write.ToString(), NpgsqlDbType.Text);
        yield return (row.Version, NpgsqlDbType.Bigint);
        yield return (values, NpgsqlDbType.Array | NpgsqlDbType.Text);
        yield return (ClockOf(row), NpgsqlDbType.Jsonb);
        yield return (ancestor, NpgsqlDbType.Jsonb);
        yield return (row.LinkVersion, NpgsqlDbType.Bigint);
        yield return (row.SeenAt?.ToUniversalTime(), NpgsqlDbType.TimestampTz);
        yield return (row.WrittenAt?.ToUniversalTime(), NpgsqlDbType.TimestampTz);
        yield return (row.IsDetached, NpgsqlDbType.Boolean);
        yield return (row.MergedIds.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Bigint);
        yield return (row.MergedLocalIds.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Uuid);
        yield return (row.KnowsCompany, NpgsqlDbType.Boolean);
        yield return (row.KnowsPeople, NpgsqlDbType.Boolean);
        yield return (row.CompanyHubSpotId, NpgsqlDbType.Bigint);
        yield return (row.ContactHubSpotIds.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Bigint);
        yield return (new RecordKey(row.HubSpotId, row.LocalId).ToString(), NpgsqlDbType.Text);
        yield return (row.State.ToString(), NpgsqlDbType.Text);
        yield return (row.Reason.ToString(), NpgsqlDbType.Text);
        yield return (row.Detail, NpgsqlDbType.Text);
        yield return (row.Revives, NpgsqlDbType.Boolean);
        yield return (CandidateOf(row.Candidate), NpgsqlDbType.Jsonb);
        yield return (row.Candidate?.MatchIds.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Uuid);
        yield return (row.Candidate?.MatchedBy, NpgsqlDbType.Text);
    }

    private string? CandidateOf(ImportCandidate? candidate) =>
        candidate is null ? null : AncestorJson.Write(table.Map, candidate.Values);

    private string ClockOf(PageRow row) => FieldClockJson.Write(
        table.Map,
        row.LocalChanges.Select(change =>
            (change.Field, row.FieldTimes.TryGetValue(change.Field, out var at) ? at : row.EditedAt)),
        "hubspot");
}
