namespace HubSpotSync.Core.Fields;

/// <summary>
/// One mapped field: its name here (also its column), HubSpot's property, and how the two are kept in step.
/// </summary>
public sealed record FieldDefinition(
    string Name,
    string HubSpotProperty,
    FieldType Type,
    FieldDirection Direction = FieldDirection.Both,
    ConflictRule Rule = ConflictRule.NewestEdit,
    BlankRule Blank = BlankRule.Clears)
{
    private const char Separator = ';';
    private const int LongestName = 63;

    /// <summary>An admin added it: its values have no column of their own.</summary>
    public bool IsCustom { get; init; }

    /// <summary>What HubSpot's options are called here; <c>null</c>: the same on both sides.</summary>
    public ValueTable? Values { get; init => field = value?.Of(Type); }

    /// <summary>What people call it, for pages and reasons.</summary>
    public string Label { get; init; } = char.ToUpperInvariant(Name[0]) + Name[1..].Replace('_', ' ');

    public bool ArrivesFromHubSpot => Direction is FieldDirection.Both or FieldDirection.In;

    public bool TravelsToHubSpot => Direction is FieldDirection.Both or FieldDirection.Out;

    /// <summary>Names of custom fields: small letters, digits and underscores, a letter first.</summary>
    public static bool IsName(string name) => name is { Length: > 0 and <= LongestName }
        && char.IsAsciiLetterLower(name[0])
        && name.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '_');

    /// <summary>
    /// Whether an admin may choose this direction: a field that only arrives can't be sent, and what records are told
    /// apart by can't be switched off.
    /// </summary>
    public bool Allows(FieldDirection direction) => direction switch
    {
        FieldDirection.In => true,
        FieldDirection.Off => Type is not (FieldType.Email or FieldType.Domain),
        _ => TravelsToHubSpot,
    };

    /// <summary>
    /// HubSpot's value as it is called here. What a column of ours could not hold is a blank: a number that is none, or
    /// one with more digits than any money has.
    /// </summary>
    /// <param name="isKnown"><c>false</c>: the value table does not have it; the answer is HubSpot's own then.</param>
    public string? FromHubSpot(string? raw, out bool isKnown)
    {
        var value = FieldValue.Normalize(Type, raw);
        if (value is not null && !IsCustom && !FieldValue.IsOfType(Type, value))
        {
            value = null;
        }

        if (value is null || Values is null)
        {
            isKnown = true;
            return value;
        }

        var local = Translate(value, Values.ToLocal);
        isKnown = local is not null;
        return local ?? value;
    }

    /// <summary>The value as HubSpot calls it; a blank is an empty text there.</summary>
    /// <returns><c>null</c>: HubSpot has no such option, so it can't be sent.</returns>
    public string? ToHubSpot(string? value) =>
        value is null ? "" : Values is null ? value : Translate(value, Values.ToHubSpot);

    private string? Translate(string value, Func<string, string?> translate)
    {
        if (Type != FieldType.MultipleChoice)
        {
            return translate(value);
        }

        var parts = value.Split(Separator).Select(translate).ToList();
        return parts.Contains(null) ? null : FieldValue.Normalize(Type, string.Join(Separator, parts));
    }
}
