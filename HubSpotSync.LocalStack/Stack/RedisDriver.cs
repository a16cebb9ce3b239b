using Aspire.Hosting.ApplicationModel;
using HubSpotSync.LocalStack.Processes;
using HubSpotSync.LocalStack.Servers;
using HubSpotSync.LocalStack.Tools;

namespace HubSpotSync.LocalStack.Stack;

internal sealed class RedisDriver(RedisResource resource, string folder, Toolbox toolbox) : IResourceDriver
{
    private string _password = "";

    public bool RunsOnce => false;

    public async Task<ProcessSpec> PrepareAsync(CancellationToken cancellationToken)
    {
        var server = await toolbox.FindOrInstallAsync(ToolNeed.Redis, cancellationToken);
        _password = await resource.PasswordParameter.GetValueAsync(cancellationToken) ?? "";
        var redis = new RedisInstance(server, folder, _password, resource.SaveInterval);
        return redis.Prepare(resource.PrimaryEndpoint.Port);
    }

    public Task<bool> IsHealthyAsync(CancellationToken cancellationToken) =>
        RedisProbe.AnswersAsync(resource.PrimaryEndpoint.Port, _password, cancellationToken);

    public Task BecameHealthyAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
