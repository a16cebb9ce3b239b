using System.Globalization;
using HubSpotSync.Tests.Infrastructure;

namespace HubSpotSync.Tests.Data;

/// <summary>
/// A table whose rows belong to workspaces, as the catalogue describes it: a new table is in here by itself.
/// </summary>
internal sealed record TenantTable(string Name, string Tenant, string Columns)
{
    /// <summary>All rows of a workspace as JSON, read as the owner.</summary>
    public Task<List<string>> RowsAsync(TestDatabase database, Guid workspace) =>
        database.ListAsync<string>($"select to_jsonb(t)::text from {Name} t where {Tenant} = '{workspace}' order by 1");

    /// <summary>Where these rows lie, to aim at them past every condition.</summary>
    public Task<List<string>> PlacesAsync(TestDatabase database, Guid workspace) =>
        database.ListAsync<string>($"select ctid::text from {Name} t where {Tenant} = '{workspace}'");

    /// <summary>Inserts rows as they are.</summary>
    public string InsertFrom(List<string> rows)
    {
        var json = $"[{string.Join(',', rows)}]".Replace("'", "''", StringComparison.Ordinal);
        return $"""
            insert into {Name} ({Columns}) select {Columns}
              from jsonb_populate_recordset(null::{Name}, '{json}')
            """;
    }
}

internal static class TenantTables
{
    public static async Task<List<TenantTable>> ListAsync(TestDatabase database)
    {
        var described = await database.ListAsync<string>(
            """
            select c.relname || '|' || string_agg(quote_ident(a.attname), ', ' order by a.attnum)
                filter (where a.attgenerated = '' and a.attidentity <> 'a')
              from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
              where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
                and c.relname not in ('data_protection_keys', 'schema_migrations')
              group by c.relname order by c.relname
            """);
        return
        [
            .. described
                .Select(line => line.Split('|'))
                .Select(parts => new TenantTable(parts[0], TenantOf(parts[0], parts[1]), parts[1])),
        ];
    }

    private static string TenantOf(string table, string columns) =>
        table == "workspaces" ? "t.id"
        : columns.Split(", ").Contains("workspace_id") ? "t.workspace_id"
        : string.Create(CultureInfo.InvariantCulture, $"(select u.workspace_id from users u where u.id = t.user_id)");
}
