using HubSpotSync.Tests.Infrastructure;

namespace HubSpotSync.Tests.Portal;

/// <summary>Ids of records that a workspace has, for the routes that name one.</summary>
internal sealed class WallIds(TestDatabase database, Guid workspace)
{
    private const string JobOf = "(select * from bulk_jobs where record_kind = ";

    /// <summary>The longest beginning counts. A route that names a record and is not here fails a test.</summary>
    private static readonly (string Begins, string Table)[] Tables =
    [
        ("customers/import/", FilesOf("Contact")), ("companies/import/", FilesOf("Company")),
        ("customers/bulk/", JobOf + "'Contact') jobs"), ("customers/", "customers"),
        ("companies/bulk/", JobOf + "'Company') jobs"), ("companies/", "companies"),
        ("invoices/proposals/", "proposals"), ("invoices/", "invoices"),
        ("deals/", "deals"), ("settings/users/", "users"), ("settings/webhooks/", "outgoing_webhooks"),
        ("settings/integrations/hubspot/history/", "sync_runs"),
        ("api/customers/bulk/", JobOf + "'Contact') jobs"), ("api/customers/", "customers"),
        ("api/companies/bulk/", JobOf + "'Company') jobs"), ("api/companies/", "companies"),
        ("api/deals/", "deals"), ("api/invoices/", "invoices"),
        ("api/payments/", "payments"), ("api/hubspot/runs/", "sync_runs"), ("api/webhooks/", "outgoing_webhooks"),
    ];

    /// <summary>What can be named by an id at all.</summary>
    private static readonly string[] Named =
    [
        "customers", "companies", "deals", "invoices", "proposals", "users", "user_links", "user_sessions", "notes",
        "tags", "saved_views", "csv_imports", "bulk_jobs", "sync_runs", "hubspot_connections", "payments", "api_keys",
        "outgoing_webhooks", "pending_grants",
    ];

    /// <summary>The address of a rule with a record of this workspace in it.</summary>
    public async Task<string> AddressAsync(EndpointRule rule)
    {
        var nobody = EndpointTable.Nobody.ToString();
        if (!rule.Address.Contains(nobody, StringComparison.Ordinal))
        {
            return rule.Address;
        }

        if (rule.Route.EndsWith("/duplicates/{one:guid}/{other:guid}", StringComparison.Ordinal))
        {
            var pair = await database.ScalarAsync<string>(
                $"select low_id || '/' || high_id from duplicate_pairs where workspace_id = '{workspace}'");
            return rule.Address.Replace($"{nobody}/{nobody}", pair, StringComparison.Ordinal);
        }

        var table = Tables.FirstOrDefault(
            one => rule.Route.StartsWith(one.Begins, StringComparison.Ordinal)).Table;
        Assert.True(table is not null, $"Which table does {rule.Route} name a row of? Put it into {nameof(WallIds)}.");
        return rule.Address.Replace(nobody, $"{await OneOfAsync(table)}", StringComparison.Ordinal);
    }

    public async Task<IReadOnlyList<Guid>> AllAsync()
    {
        var ids = new List<Guid>();
        foreach (var table in Named)
        {
            ids.Add(await OneOfAsync(table));
        }

        return ids;
    }

    private static string FilesOf(string kind) => $"(select * from csv_imports where kind = '{kind}') files";

    private Task<Guid> OneOfAsync(string table) => database.ScalarAsync<Guid>(
        $"select id from {table} where workspace_id = '{workspace}' order by id limit 1");
}
