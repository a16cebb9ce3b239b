using System.Collections.Concurrent;

namespace HubSpotSync.LocalStack.Stack;

/// <summary>
/// Where lines of resources go: masked to log and terminal; announcements, as they are, to the summary.
/// </summary>
internal sealed class StackOutput(StackConsole console, SecretMask mask, TimeProvider time)
{
    private readonly ConcurrentQueue<Announcement> _announced = new();
    private readonly Lock _gate = new();
    private bool _summaryIsOut;

    public void Add(ResourceInstance instance, string line, bool isError)
    {
        Log(instance, mask.Apply(line), isError);
        if (!isError && Announcement.Parse(line) is { } announcement)
        {
            Announce(announcement);
        }
    }

    public void Note(ResourceInstance instance, string text) => Log(instance, $"[{text}]", isError: true);

    public void SayFailed(ResourceInstance instance, string why) => Say(
        $"{instance.Name} failed: {why.TrimEnd('.')}. What waits for it does not start. "
        + $"Its log: {instance.Log.File}; Restart on the dashboard tries again.");

    /// <summary>Prints the summary once; later announcements follow as they come.</summary>
    public void SaySummary(IEnumerable<string> lines)
    {
        lock (_gate)
        {
            console.Say("");
            foreach (var line in lines.Concat(_announced.Select(item => item.ToString())).Distinct())
            {
                console.Say(line);
            }

            console.Say("");
            _summaryIsOut = true;
        }
    }

    public void Say(string line) => console.Say(mask.Apply(line));

    private void Announce(Announcement announcement)
    {
        lock (_gate)
        {
            _announced.Enqueue(announcement);
            if (_summaryIsOut)
            {
                console.Say(announcement.ToString());
            }
        }
    }

    private void Log(ResourceInstance instance, string text, bool isError)
    {
        var line = new LogLine(instance.Name, time.GetUtcNow(), text, isError);
        instance.Log.Add(line);
        console.Write(line);
    }
}
