using Aspire.Hosting.ApplicationModel;

namespace HubSpotSync.LocalStack.Stack;

/// <summary>A command that is an HTTP request to the resource.</summary>
internal sealed class HttpCommand(EndpointReference endpoint, string path, HttpCommandOptions options)
{
    private static readonly HttpClient Client = new() { Timeout = TimeSpan.FromSeconds(30) };

    public async Task<ExecuteCommandResult> ExecuteAsync(ExecuteCommandContext context)
    {
        using var request = new HttpRequestMessage(options.Method ?? HttpMethod.Post, new Uri(endpoint.Url + path));
        if (options.PrepareRequest is { } prepare)
        {
            await prepare(new HttpCommandRequestContext
            {
                ResourceName = context.ResourceName,
                Endpoint = endpoint,
                CancellationToken = context.CancellationToken,
                HttpClient = Client,
                Request = request,
            });
        }

        try
        {
            using var response = await Client.SendAsync(request, context.CancellationToken);
            return new ExecuteCommandResult
            {
                Success = response.IsSuccessStatusCode,
                ErrorMessage = response.IsSuccessStatusCode ? null : $"{path} answered {(int)response.StatusCode}.",
            };
        }
        catch (HttpRequestException error)
        {
            return new ExecuteCommandResult { Success = false, ErrorMessage = error.Message };
        }
    }
}
