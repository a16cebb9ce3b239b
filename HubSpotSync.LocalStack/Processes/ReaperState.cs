using System.Globalization;

namespace HubSpotSync.LocalStack.Processes;

/// <summary>What the reaper was told.</summary>
internal sealed class ReaperState
{
    private readonly Dictionary<ProcessIdentity, StopSignal> _watched = [];
    private string _mark = "";

    public List<string> ToDelete { get; } = [];

    public void Apply(string line)
    {
        var words = line.Split(' ', 2);
        switch (words)
        {
            case ["mark", var mark]:
                _mark = mark;
                break;
            case ["delete", var path]:
                ToDelete.Add(path);
                break;
            case ["+", var rest]:
                var (identity, signal) = Parse(rest);
                _watched[identity] = signal;
                break;
            case ["-", var rest]:
                _watched.Remove(Parse(rest).Identity);
                break;
        }
    }

    public IReadOnlyList<(ProcessIdentity Identity, StopSignal Signal)> Alive() =>
        [.. _watched.Where(pair => pair.Key.IsAlive()).Select(pair => (pair.Key, pair.Value))];

    /// <summary>
    /// Adds what carries our mark and was not reported: a costly look at every process of the machine.
    /// </summary>
    public void FindStrays()
    {
        foreach (var identity in MarkedProcesses.Find(_mark))
        {
            _watched.TryAdd(identity, StopSignal.Terminate);
        }
    }

    private static (ProcessIdentity Identity, StopSignal Signal) Parse(string text)
    {
        var numbers = text.Split(' ').Select(word => long.Parse(word, CultureInfo.InvariantCulture)).ToArray();
        return (new ProcessIdentity((int)numbers[0], numbers[1]), (StopSignal)numbers[2]);
    }
}
