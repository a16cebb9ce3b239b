using Microsoft.AspNetCore.Http;

namespace HubSpotSync.LocalStack.Dashboard;

/// <summary>Server-sent events.</summary>
internal sealed class EventStream(HttpResponse response)
{
    public async Task UntilEndedAsync(Func<Task> send)
    {
        response.ContentType = "text/event-stream";
        try
        {
            await send();
        }
        catch (OperationCanceledException)
        {
            // The page was closed, or the stack ends.
        }
    }

    public async Task SendAsync(string data, CancellationToken cancellationToken)
    {
        await response.WriteAsync($"data: {data}\n\n", cancellationToken);
        await response.Body.FlushAsync(cancellationToken);
    }
}
