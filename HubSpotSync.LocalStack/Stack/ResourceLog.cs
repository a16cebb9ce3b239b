using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace HubSpotSync.LocalStack.Stack;

/// <summary>The last lines of one resource, a file with all of this run, and a tail for whoever listens.</summary>
internal sealed class ResourceLog(string file) : IDisposable
{
    private const int Kept = 500;

    private readonly Lock _gate = new();
    private readonly Queue<LogLine> _lines = new();
    private readonly ConcurrentDictionary<Channel<LogLine>, bool> _listeners = new();
    private readonly StreamWriter _file = new(file, append: false) { AutoFlush = true };

    public string File { get; } = file;

    public void Add(LogLine line)
    {
        lock (_gate)
        {
            _lines.Enqueue(line);
            if (_lines.Count > Kept)
            {
                _lines.Dequeue();
            }

            _file.WriteLine($"{line.Time:O} {line.Text}");
            foreach (var listener in _listeners.Keys)
            {
                listener.Writer.TryWrite(line);
            }
        }
    }

    /// <summary>What is there, then what comes.</summary>
    public async IAsyncEnumerable<LogLine> TailAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var channel = Channel.CreateBounded<LogLine>(
            new BoundedChannelOptions(Kept * 2) { FullMode = BoundedChannelFullMode.DropOldest });
        lock (_gate)
        {
            foreach (var line in _lines)
            {
                channel.Writer.TryWrite(line);
            }

            _listeners[channel] = true;
        }

        try
        {
            await foreach (var line in channel.Reader.ReadAllAsync(cancellationToken))
            {
                yield return line;
            }
        }
        finally
        {
            _listeners.TryRemove(channel, out _);
        }
    }

    public IReadOnlyList<LogLine> Last(int count)
    {
        lock (_gate)
        {
            return [.. _lines.TakeLast(count)];
        }
    }

    public void Dispose() => _file.Dispose();
}
