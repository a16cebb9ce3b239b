using System.Globalization;
using System.Text;
using HubSpotSync.LocalStack.Processes;

namespace HubSpotSync.LocalStack.Stack;

/// <summary>
/// Ends the stack when the <c>dotnet run</c> (or watch) that started it is gone: killed, it cannot pass a signal on.
/// Any other parent (a shell, a service manager) may go without taking the stack with it.
/// </summary>
internal static class ParentWatch
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    public static async Task RunAsync(Action parentIsGone, TimeProvider time, CancellationToken cancellationToken)
    {
        if (ProcessIdentity.ReadParent(Environment.ProcessId) is not { } parent || !IsDotNetRun(parent))
        {
            return;
        }

        var identity = ProcessIdentity.Of(parent);
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            if (!identity.IsAlive())
            {
                parentIsGone();
                return;
            }
        }
    }

    private static bool IsDotNetRun(int processId)
    {
        var file = string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/cmdline");
        var words = File.Exists(file) ? Encoding.UTF8.GetString(File.ReadAllBytes(file)).Split('\0') : [];
        return words is [var program, ..]
            && Path.GetFileNameWithoutExtension(program) == "dotnet"
            && words.Any(word => word is "run" or "watch");
    }
}
