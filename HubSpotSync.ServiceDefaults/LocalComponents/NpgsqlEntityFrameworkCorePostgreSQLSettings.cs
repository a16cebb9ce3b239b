namespace Aspire.Npgsql.EntityFrameworkCore.PostgreSQL;

/// <summary>The part of Aspire's settings of this name that the product uses.</summary>
public sealed class NpgsqlEntityFrameworkCorePostgreSQLSettings
{
    public string? ConnectionString { get; set; }
    public bool DisableRetry { get; set; }
    public bool DisableHealthChecks { get; set; }

    /// <summary>Seconds.</summary>
    public int? CommandTimeout { get; set; }
}
