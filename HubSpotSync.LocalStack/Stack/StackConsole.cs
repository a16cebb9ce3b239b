using System.Globalization;

namespace HubSpotSync.LocalStack.Stack;

/// <summary>The one writer to the terminal: resource lines with a coloured name before them, our own without.</summary>
internal sealed class StackConsole(TextWriter output, bool coloured, int nameWidth)
{
    private static readonly int[] Colours = [36, 35, 33, 32, 34, 96, 95, 93];

    private readonly Lock _gate = new();
    private readonly List<string> _names = [];

    public static StackConsole ForTerminal(int nameWidth) => new(
        Console.Out, !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("NO_COLOR") is null, nameWidth);

    public void Write(LogLine line)
    {
        lock (_gate)
        {
            output.WriteLine($"{Prefix(line.Source)} {line.Text}");
        }
    }

    /// <summary>A line of its own, as it is: addresses in the summary.</summary>
    public void Say(string text)
    {
        lock (_gate)
        {
            output.WriteLine(text);
            output.Flush();
        }
    }

    private string Prefix(string name)
    {
        if (!_names.Contains(name))
        {
            _names.Add(name);
        }

        var padded = $"{name.PadRight(nameWidth)} |";
        var colour = Colours[_names.IndexOf(name) % Colours.Length];
        return coloured ? string.Create(CultureInfo.InvariantCulture, $"\u001b[{colour}m{padded}\u001b[0m") : padded;
    }
}
