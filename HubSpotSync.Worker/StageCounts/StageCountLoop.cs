using HubSpotSync.Data;
using HubSpotSync.Data.Identity;
using HubSpotSync.HubSpotApi.Errors;
using HubSpotSync.Worker.Structure;
using HubSpotSync.Worker.Tokens;

namespace HubSpotSync.Worker.StageCounts;

/// <summary>
/// Counts and reads where a page waits for it. A failure is tried again; the page says that it waits.
/// </summary>
internal sealed partial class StageCountLoop(
    IServiceScopeFactory scopes, TimeProvider clock, ILogger<StageCountLoop> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(await RunOnceAsync(stoppingToken) ? Pause : PauseAfterFailure, clock, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
            }
        }
    }

    /// <returns>Whether all went well.</returns>
    public async Task<bool> RunOnceAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var lookup = scope.ServiceProvider.GetRequiredService<WorkspaceLookup>();
            var waiting = await lookup.ListToCountAsync(cancellationToken);
            foreach (var connection in waiting)
            {
                await AnswerAsync<StageCounter>(
                    connection, counter => counter.CountAsync(connection, cancellationToken));
            }

            foreach (var connection in await lookup.ListAskedAboutAsync(cancellationToken))
            {
                await AnswerAsync<StructureReader>(
                    connection, reader => reader.ReadAsync(connection, cancellationToken));
            }

            return true;
        }
        catch (Exception error) when (error is HubSpotException || error.IsDatabaseAway())
        {
            Log.NotRead(logger, error.GetType().Name);
            return false;
        }
    }

    private async Task AnswerAsync<T>(WorkspaceConnection connection, Func<T, Task> answer)
        where T : notnull
    {
        await using var scope = scopes.CreateAsyncScope();
        var began = clock.GetUtcNow();
        try
        {
            await answer(scope.ServiceProvider.GetRequiredService<T>());
        }
        catch (Exception error) when (ConnectionTrouble.ReasonOf(error) is { } reason)
        {
            var db = scope.ServiceProvider.GetRequiredService<CrmDbContext>();
            await ConnectionTrouble.MarkAsync(db, connection.ConnectionId, reason, began, clock.GetUtcNow());
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "What a page asks about an account could not be read ({Error}); again soon")]
        public static partial void NotRead(ILogger logger, string error);
    }
}
