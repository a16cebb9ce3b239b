namespace HubSpotSync.Tests.Schedules;

/// <summary>
/// Somebody as the reference model knows them: what was done to them on both sides, and so what must be there in the
/// end. It shares no code with the engine.
/// </summary>
internal sealed class Person(int number)
{
    /// <summary>Two edits this close together are one moment: clocks tell milliseconds.</summary>
    private static readonly TimeSpan OneMoment = TimeSpan.FromMilliseconds(5);

    private readonly Dictionary<string, List<Edit>> _edits = [];
    private readonly HashSet<string> _blankAtFirst = [];

    public int Number => number;

    public Guid? LocalId { get; set; }

    public long? HubSpotId { get; set; }

    /// <summary>It was made on one side, so that the other has it from there.</summary>
    public bool IsOnOneSide { get; set; } = true;

    /// <summary>HubSpot owns the fields.</summary>
    public bool IsOneWay { get; init; }

    /// <summary>It was made here, and nothing of here travels to HubSpot.</summary>
    public bool IsOnlyHere { get; set; }

    public bool IsArchivedHere { get; set; }

    public bool IsArchivedThere { get; set; }

    public bool IsOutOfScope { get; set; }

    public bool IsErased { get; set; }

    /// <summary>HubSpot merged somebody into this person: whose value a field took is HubSpot's business.</summary>
    public bool IsMerged { get; private set; }

    public Person? MergedInto { get; private set; }

    /// <summary>Something was done to it that changes no modified date: only a full run may find it.</summary>
    public bool NeedsFullRun { get; set; }

    /// <summary>What HubSpot says its company is.</summary>
    public long? Company { get; set; }

    public bool IsLive => MergedInto is null && !IsErased;

    /// <summary>Both sides must agree about this person in the end.</summary>
    public bool IsExpectedToAgree => IsLive && !IsOnlyHere && !IsArchivedHere && !IsArchivedThere && !IsOutOfScope;

    public IEnumerable<string> Fields => _edits.Keys;

    public IReadOnlyList<Edit> EditsOf(string field) => _edits.GetValueOrDefault(field) ?? [];

    public void Add(string field, Edit edit)
    {
        if (!_edits.TryGetValue(field, out var edits))
        {
            _edits[field] = edits = [];
        }

        edits.Add(edit);
    }

    /// <summary>
    /// Clearing a field that was blank once could be taken for no edit at all, as three-way merges go.
    /// </summary>
    public bool WasEverBlank(string field) =>
        _blankAtFirst.Contains(field) || EditsOf(field).Any(edit => edit.Value is null);

    /// <summary>The person is made on a side with these values.</summary>
    public void Create(Side side, DateTimeOffset at, IReadOnlyDictionary<string, string?> values)
    {
        foreach (var field in Schedules.Fields.Edited)
        {
            if (values.TryGetValue(field, out var value))
            {
                Add(field, new Edit(side, at, value));
            }
            else
            {
                _blankAtFirst.Add(field);
            }
        }
    }

    /// <summary>The values that the field may end with: that of the newest edit.</summary>
    public IReadOnlyList<string?> Expected(string field)
    {
        var edits = EditsOf(field);
        if (edits.Count == 0)
        {
            return [null];
        }

        if (IsMerged)
        {
            return [.. edits.Select(edit => edit.Value).Append(null).Distinct()];
        }

        if (MayDiffer(field))
        {
            return [.. edits.Where(edit => edit.Side == Side.Local).Select(edit => edit.Value).Append(null).Distinct()];
        }

        var counts = edits.Where(edit => !IsOneWay || edit.Side == Side.HubSpot).ToList();
        var newest = counts.Max(edit => edit.At);
        return [.. counts.Where(edit => newest - edit.At <= OneMoment).Select(edit => edit.Value).Distinct()];
    }

    /// <summary>A field that HubSpot owns and has no value for: what is here may stay.</summary>
    public bool MayDiffer(string field) => IsOneWay
        && EditsOf(field).Where(edit => edit.Side == Side.HubSpot).MaxBy(edit => edit.At)?.Value is null;

    /// <summary>HubSpot merged the other one into this one.</summary>
    public void Take(Person other)
    {
        IsMerged = true;
        NeedsFullRun |= other.NeedsFullRun;
        other.MergedInto = this;
        foreach (var field in other.Fields)
        {
            foreach (var edit in other.EditsOf(field))
            {
                Add(field, edit);
            }
        }
    }

    public override string ToString() => $"#{number}";
}
