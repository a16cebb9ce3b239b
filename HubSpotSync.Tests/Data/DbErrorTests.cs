using System.Net.Sockets;
using HubSpotSync.Data;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace HubSpotSync.Tests.Data;

/// <summary>A database that is away is known as such however deep EF wraps it: loops that don't know it end.</summary>
public sealed class DbErrorTests
{
    private static readonly NpgsqlException Cut = new("reading", new EndOfStreamException());

    public static TheoryData<Exception> Away =>
    [
        Cut,
        new NpgsqlException("connecting", new SocketException(111)),
        Postgres("57P01"), // ended by an administrator
        Postgres("57P02"), // the server crashed
        Postgres("57P03"), // it starts
        Postgres("25P03"), // stood still in a transaction
        new DbUpdateException("saving", Cut),
        new InvalidOperationException("likely transient", Cut),
        new InvalidOperationException("likely transient", new DbUpdateException("saving", Cut)),
    ];

    public static TheoryData<Exception> Other =>
    [
        Postgres("23505"),
        new DbUpdateException("saving", Postgres("23505")),
        new InvalidOperationException("ours", new DbUpdateException("saving", Postgres("23505"))),
        new InvalidOperationException("ours"),
        new IOException("a file"),
    ];

    [Theory]
    [MemberData(nameof(Away))]
    public void An_error_of_a_database_that_is_away_is_known(Exception error) => Assert.True(error.IsDatabaseAway());

    [Theory]
    [MemberData(nameof(Other))]
    public void Other_errors_are_not_taken_for_one(Exception error) => Assert.False(error.IsDatabaseAway());

    private static PostgresException Postgres(string state) => new("text", "FATAL", "FATAL", state);
}
