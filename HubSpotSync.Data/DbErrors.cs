using HubSpotSync.Data.Bulk;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace HubSpotSync.Data;

public static class DbErrors
{
    /// <summary>Whether the error is the named unique index saying no.</summary>
    public static bool Violates(this DbUpdateException error, string index)
    {
        ArgumentNullException.ThrowIfNull(error);
        return error.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } violation
            && violation.ConstraintName == index;
    }

    /// <summary>Whether somebody sent text that Postgres can't hold: a character with the number zero.</summary>
    public static bool IsUnstorableText(this Exception error) => error switch
    {
        PostgresException postgres => postgres.SqlState == PostgresErrorCodes.CharacterNotInRepertoire,
        DbUpdateException { InnerException: { } inner } => inner.IsUnstorableText(),
        _ => false,
    };

    /// <summary>Whether two transactions waited for each other and this one was ended: it may begin again.</summary>
    public static bool IsDeadlock(this Exception error) => error switch
    {
        PostgresException postgres => postgres.SqlState == PostgresErrorCodes.DeadlockDetected,
        InvalidOperationException { InnerException: { } inner } => inner.IsDeadlock(), // so says EF of a query's
        _ => false,
    };

    /// <summary>Whether the database is away or going down, and the same work may succeed later.</summary>
    public static bool IsDatabaseAway(this Exception error) => error switch
    {
        PostgresException postgres => postgres.IsTransient
            || postgres.SqlState is "57P01" or "57P02" or "57P03" or "25006" or "25P03",
        NpgsqlException npgsql => npgsql.IsTransient
            || npgsql.InnerException is IOException or System.Net.Sockets.SocketException,
        GaveWayException => true, // others have the rows
        DbUpdateException { InnerException: { } inner } => inner.IsDatabaseAway(),
        InvalidOperationException { InnerException: { } inner } => inner.IsDatabaseAway(), // so says EF of both above
        _ => false,
    };
}
