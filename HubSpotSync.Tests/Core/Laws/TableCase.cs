using HubSpotSync.Core.Fields;

namespace HubSpotSync.Tests.Core.Laws;

/// <summary>A field with a value table that gives each option one name of its own, and options that it lacks.</summary>
public sealed record TableCase(FieldDefinition Field, string[] HubSpot, string[] Local)
{
    private static readonly FieldType[] Types = [FieldType.Enumeration, FieldType.MultipleChoice, FieldType.Text];
    private static readonly string[] There = ["T1", "T2", "T3", "T4", "gold"];
    private static readonly string[] Here = ["gold", "silver", "bronze", "T1", "T2"];

    /// <summary>Some options of HubSpot, as its API writes them.</summary>
    public string HubSpotText => string.Join(';', HubSpot);

    public string LocalText => string.Join(';', Local);

    public static TableCase Any(Draw draw)
    {
        var type = draw.Of(Types);
        var (shift, size) = (draw.Below(Here.Length), draw.Below(There.Length));
        var pairs = Enumerable.Range(0, size)
            .Select(at => new ValuePair(There[at], Here[(at + shift) % Here.Length]));
        var most = type == FieldType.MultipleChoice ? 3 : 1;
        return new TableCase(
            new FieldDefinition("f", "h", type) { Values = new ValueTable([.. pairs]) },
            Some(draw, There, most),
            Some(draw, Here, most));
    }

    public bool Knows(string hubSpot) => Field.Values!.Pairs.Any(pair => pair.HubSpot == hubSpot); // it has one

    public bool Names(string local) => Field.Values!.Pairs.Any(pair => pair.Local == local); // it has one

    public override string ToString() =>
        $"{Field.Type} {string.Join(' ', Field.Values!.Pairs)}: HubSpot {HubSpotText}, here {LocalText}"; // it has one

    private static string[] Some(Draw draw, string[] options, int most)
    {
        var some = new string[1 + draw.Below(most)];
        for (var at = 0; at < some.Length; at++)
        {
            some[at] = draw.Of(options);
        }

        return some;
    }
}
