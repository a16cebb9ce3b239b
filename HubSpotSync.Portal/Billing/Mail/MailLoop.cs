using HubSpotSync.Data;
using HubSpotSync.Portal.Loops;
using Microsoft.Extensions.Options;

namespace HubSpotSync.Portal.Billing.Mail;

/// <summary>Empties the outbox, whichever portal filled it.</summary>
internal sealed partial class MailLoop(
    IServiceScopeFactory scopes,
    LoopSignal<MailLoop> signal,
    IOptions<MailOptions> options,
    TimeProvider clock,
    ILogger<MailLoop> logger) : BackgroundService
{
    private readonly string _owner = Guid.NewGuid().ToString("N");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.IsSet)
        {
            return;
        }

        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                while (await SendOneAsync(stoppingToken))
                {
                }

                await signal.WaitAsync(options.Value.Interval, clock, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private async Task<bool> SendOneAsync(CancellationToken cancellationToken)
    {
        try
        {
            ClaimedMail? claimed;
            await using (var scope = scopes.CreateAsyncScope())
            {
                claimed = await scope.ServiceProvider.GetRequiredService<MailSender>()
                    .ClaimAsync(_owner, cancellationToken);
            }

            if (claimed is null)
            {
                return false;
            }

            // A scope of its own: a context works for one workspace.
            await using var own = scopes.CreateAsyncScope();
            own.ServiceProvider.GetRequiredService<CrmDbContext>().EnterWorkspace(claimed.WorkspaceId, "mail");
            await own.ServiceProvider.GetRequiredService<MailSender>()
                .SendAsync(claimed.MailId, _owner, cancellationToken);
            return true;
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            // The mail's lease ends by itself and it is tried again; one bad mail must not hold up the others.
            Log.Failed(logger, error.IsDatabaseAway() ? "the database is away" : error.GetType().Name);
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Sending mail went wrong ({Error}); trying again soon")]
        public static partial void Failed(ILogger logger, string error);
    }
}
