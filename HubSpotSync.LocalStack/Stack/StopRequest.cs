using System.Runtime.InteropServices;
using HubSpotSync.LocalStack.Processes;

namespace HubSpotSync.LocalStack.Stack;

/// <summary>Ctrl+C, SIGTERM or a closed terminal: the first asks for an orderly end, the second ends at once.</summary>
internal sealed class StopRequest : IDisposable
{
    private readonly CancellationTokenSource _asked = new();
    private readonly List<PosixSignalRegistration> _registrations = [];
    private readonly Action _endAtOnce;
    private int _times;

    public StopRequest(Action endAtOnce)
    {
        _endAtOnce = endAtOnce;

        // A script's shell starts what it puts in the background with SIGINT ignored, and .NET leaves it so: an
        // interrupt sent to such an AppHost would be lost.
        _ = Native.SetHandler((int)StopSignal.Interrupt, 0);
        foreach (var signal in new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP })
        {
            _registrations.Add(PosixSignalRegistration.Create(signal, OnSignal));
        }
    }

    public CancellationToken Asked => _asked.Token;

    public void Ask()
    {
        if (Interlocked.Increment(ref _times) == 1)
        {
            _asked.Cancel();
        }
    }

    public void Dispose()
    {
        _registrations.ForEach(registration => registration.Dispose());
        _asked.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        if (_times > 0)
        {
            _endAtOnce();
        }

        Ask();
    }
}
