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
        var line = new Line(copy, cancellationToken);
        foreach (var row in rows)
        {
            await copy.StartRowAsync(cancellationToken);
            await WriteAsync(line, row);
        }

        await copy.CompleteAsync(cancellationToken);
    }

    /// <summary>The values in the order of the table's columns.</summary>
    private async Task WriteAsync(Line line, PageRow row)
    {
        await line.WriteAsync(row.LocalId, NpgsqlDbType.Uuid);
        await line.WriteAsync(row.HubSpotId, NpgsqlDbType.Bigint);
        await line.WriteAsync(row.Write.ToString(), NpgsqlDbType.Text);
        await line.WriteAsync<long>(row.Version, NpgsqlDbType.Bigint);
        await line.WriteAsync(
            row.Values.IsDefaultOrEmpty ? null : table.Storable(row.Values), NpgsqlDbType.Array | NpgsqlDbType.Text);
        await line.WriteAsync(FieldClockJson.Write(table.Map, row), NpgsqlDbType.Jsonb);
        await line.WriteAsync(
            row.Ancestor.IsDefault ? null : AncestorJson.Write(table.Map, row.Ancestor), NpgsqlDbType.Jsonb);
        await line.WriteAsync(row.LinkVersion, NpgsqlDbType.Bigint);
        await line.WriteAsync(row.SeenAt?.ToUniversalTime(), NpgsqlDbType.TimestampTz);
        await line.WriteAsync(row.WrittenAt?.ToUniversalTime(), NpgsqlDbType.TimestampTz);
        await line.WriteAsync<bool>(row.IsDetached, NpgsqlDbType.Boolean);
        await line.WriteAsync(Some(row.MergedIds), NpgsqlDbType.Array | NpgsqlDbType.Bigint);
        await line.WriteAsync(Some(row.MergedLocalIds), NpgsqlDbType.Array | NpgsqlDbType.Uuid);
        await line.WriteAsync<bool>(row.KnowsCompany, NpgsqlDbType.Boolean);
        await line.WriteAsync<bool>(row.KnowsPeople, NpgsqlDbType.Boolean);
        await line.WriteAsync(row.CompanyHubSpotId, NpgsqlDbType.Bigint);
        await line.WriteAsync(Some(row.ContactHubSpotIds), NpgsqlDbType.Array | NpgsqlDbType.Bigint);
        await line.WriteAsync(new RecordKey(row.HubSpotId, row.LocalId).ToString(), NpgsqlDbType.Text);
        await line.WriteAsync(row.State.ToString(), NpgsqlDbType.Text);
        await line.WriteAsync(row.Reason.ToString(), NpgsqlDbType.Text);
        await line.WriteAsync(row.Detail, NpgsqlDbType.Text);
        await line.WriteAsync<bool>(row.Revives, NpgsqlDbType.Boolean);
        await line.WriteAsync(CandidateOf(row.Candidate), NpgsqlDbType.Jsonb);
        await line.WriteAsync(row.Candidate?.MatchIds.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Uuid);
        await line.WriteAsync(row.Candidate?.MatchedBy, NpgsqlDbType.Text);
    }

    /// <summary>Most records have none, and an array of none costs as much as one of some.</summary>
    private static T[]? Some<T>(IReadOnlyList<T> ids) => ids.Count == 0 ? null : [.. ids];

    private byte[]? CandidateOf(ImportCandidate? candidate) =>
        candidate is null ? null : AncestorJson.Write(table.Map, candidate.Values);

    /// <summary>Values as what they are: as <c>object</c> each would be asked for its type.</summary>
    private sealed class Line(NpgsqlBinaryImporter copy, CancellationToken cancellationToken)
    {
        public Task WriteAsync<T>(T? value, NpgsqlDbType type)
            where T : struct =>
            value is { } known
                ? copy.WriteAsync(known, type, cancellationToken)
                : copy.WriteNullAsync(cancellationToken);

        public Task WriteAsync<T>(T? value, NpgsqlDbType type)
            where T : class =>
            value is null
                ? copy.WriteNullAsync(cancellationToken)
                : copy.WriteAsync(value, type, cancellationToken);
    }
}
