using Microsoft.EntityFrameworkCore;

namespace Microsoft.Extensions.Hosting;

/// <summary>How every program of ours uses Postgres.</summary>
public static class PostgresExtensions
{
    /// <summary>
    /// Registers a pooled context on the named connection string. Single statements are never repeated by themselves:
    /// work that failed is looked at again from its checkpoint, and repeating would hide that.
    /// </summary>
    public static void AddPostgres<TContext>(this IHostApplicationBuilder builder, string connectionName)
        where TContext : DbContext =>
        builder.AddNpgsqlDbContext<TContext>(connectionName, settings =>
        {
            settings.DisableRetry = true;
            if (!string.IsNullOrEmpty(settings.ConnectionString))
            {
                settings.ConnectionString = Prepared(settings.ConnectionString);
            }
        });

    /// <summary>
    /// Statements that come again are prepared, up to a hundred for each connection: to read and plan one takes longer
    /// than to run it. What is given comes last, so "Max Auto Prepare=0" in it turns that off.
    /// </summary>
    public static string Prepared(string connectionString) => $"Max Auto Prepare=100;{connectionString}";
}
