using Aspire.Hosting.ApplicationModel;
using HubSpotSync.LocalStack.Processes;
using HubSpotSync.LocalStack.Stack;
using HubSpotSync.Tests.Infrastructure;

namespace HubSpotSync.Tests.LocalStack;

/// <summary>A resource that is a shell line; healthy while its file says so, or at once where it has none.</summary>
internal sealed class ShellDriver(string script, string? healthFile = null, bool runsOnce = false) : IResourceDriver
{
    public bool RunsOnce => runsOnce;

    public Task<ProcessSpec> PrepareAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new ProcessSpec("/bin/sh", ["-c", script]));

    public Task<bool> IsHealthyAsync(CancellationToken cancellationToken) =>
        Task.FromResult(healthFile is null || File.Exists(healthFile));

    public Task BecameHealthyAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <summary>A stack of shell lines, run by the product's own runner.</summary>
internal sealed class TestStack : IAsyncDisposable
{
    private readonly StackChanges _changes = new();
    private readonly List<ResourceInstance> _instances = [];
    private readonly StringWriter _terminal = new();
    private readonly StackOutput _output;
    private StackRunner? _runner;

    public TestStack(params string[] secrets)
    {
        var console = new StackConsole(TextWriter.Synchronized(_terminal), coloured: false, nameWidth: 6);
        _output = new StackOutput(console, new SecretMask(secrets), TimeProvider.System);
    }

    public TemporaryFolder Folder { get; } = new();

    public StackChanges Changes => _changes;

    public StackRunner Runner => _runner ??= new StackRunner(_instances, _changes, _output, TimeProvider.System);

    public string Terminal => _terminal.ToString();

    public ResourceInstance this[string name] => _instances.Single(instance => instance.Name == name);

    public string FileOf(string name) => Path.Combine(Folder.Path, name);

    public IResource Add(string name, IResourceDriver driver, params WaitAnnotation[] waits)
    {
        var resource = new TestResource(name);
        foreach (var wait in waits)
        {
            resource.Annotations.Add(wait);
        }

        _instances.Add(new ResourceInstance(resource, name, driver, new ResourceLog(FileOf(name + ".log")), _changes));
        return resource;
    }

    public Task WaitForAsync(string name, Func<ResourceInstance, bool> condition) => Eventually.IsTrueAsync(
        () => condition(this[name]),
        TimeSpan.FromSeconds(15),
        () => $"{this[name].State} {this[name].Note}; {Terminal}");

    public void Summarise(params string[] lines) => _output.SaySummary(lines);

    public ResourceLoop Loop(string name) => Runner.Loops.Single(loop => loop.Instance.Name == name);

    public async ValueTask DisposeAsync()
    {
        await Runner.StopAsync();
        Runner.Dispose();
        Folder.Dispose();
        await _terminal.DisposeAsync();
    }

    private sealed class TestResource(string name) : Resource(name);
}
