using HubSpotSync.Data;
using HubSpotSync.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace HubSpotSync.Tests.ServiceDefaults;

public sealed class PostgresTests
{
    [Theory]
    [InlineData("", true)]
    [InlineData(";Max Auto Prepare=0", false)]
    public async Task A_statement_that_comes_again_is_prepared_unless_the_connection_string_says_otherwise(
        string said, bool isPrepared)
    {
        var database = await TestDatabase.CreateAsync();
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(
            [KeyValuePair.Create("ConnectionStrings:crm", (string?)(database.AppConnectionString + said))]);
        builder.AddPostgres<CrmDbContext>("crm");
        using var host = builder.Build();
        await using (var scope = host.Services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<CrmDbContext>();
            await db.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);

            var kept = 0L;
            for (var times = 0; times < 10; times++)
            {
                kept = await CountAsync(db);
            }

            Assert.Equal(isPrepared, kept > 0);
        }

        await database.EndAsync(isOver: true);
    }

    private static Task<long> CountAsync(CrmDbContext db) =>
        db.Database.SqlQuery<long>($"""select count(*) as "Value" from pg_prepared_statements""")
            .SingleAsync(TestContext.Current.CancellationToken);
}
