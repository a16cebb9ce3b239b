using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Planning;
using HubSpotSync.Core.Records;
using HubSpotSync.Data.Connections;
using HubSpotSync.Data.Structure;
using HubSpotSync.Portal.Words;

namespace HubSpotSync.Portal.Mapping;

/// <summary>Turns what is kept into a form and back, and says what is wrong with it by field.</summary>
internal sealed class MappingForm(HubSpotConnection connection, KnownStructure? structure)
{
    private const int MostCustom = 200;

    /// <summary>Before any choice for single fields.</summary>
    private FieldMap Plain { get; } = new SyncPolicy(connection.Mode, []).MapOf(RecordKind.Contact);

    /// <summary>What stands now, with the fields that stand still as they would be.</summary>
    private SyncPolicy Now { get; } = connection.Policy.WithEveryField();

    public MappingInput ToInput()
    {
        var input = new MappingInput
        {
            MatchField = connection.MatchField,
            Seen = ChosenMapping.Of(connection).Fingerprint(connection.Mode),
        };
        input.Fields.AddRange(Now.MapOf(RecordKind.Contact).Fields.Select(field => Line(RecordKind.Contact, field)));
        input.Fields.AddRange(connection.CustomFields.Where(field => field.Kind != RecordKind.Contact)
            .Select(field => Line(field.Kind, field.Field)));
        return input;
    }

    /// <summary>A field of contacts as the mode has it.</summary>
    public FieldDefinition? PlainOf(string name) =>
        Plain.PositionOf(name) is var at and >= 0 ? Plain.Fields[at] : null;

    public FieldDefinition? Find(FieldInput line) => line.IsNew ? NewField(line)
        : Now.MapOf(line.Kind).Fields.FirstOrDefault(field => field.Name == line.Name);

    public KnownProperty? Property(RecordKind kind, string name) =>
        structure?.Properties.Find(property => property.Kind == kind && property.Name == name);

    /// <summary>Properties that no field is mapped to yet, with those first that people made themselves.</summary>
    public IReadOnlyList<KnownProperty> Free(MappingInput input)
    {
        var taken = Enum.GetValues<RecordKind>()
            .SelectMany(kind => Now.MapOf(kind).Fields.Select(field => (kind, field.HubSpotProperty)))
            .Concat(input.Fields.Where(line => line.IsNew).Select(line => (line.Kind, line.Property!))) // new has one
            .ToHashSet();
        return [.. (structure?.Properties ?? []).Where(property => !taken.Contains((property.Kind, property.Name)))
            .OrderBy(property => property.Kind).ThenBy(property => property.IsHubSpots)
            .ThenBy(property => property.Label, StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>Adds a line for a property.</summary>
    /// <returns>What is wrong with it, or <c>null</c>.</returns>
    public string? Add(MappingInput input)
    {
        var property = Free(input).FirstOrDefault(one => $"{one.Kind}.{one.Name}" == input.Add);
        if (property is null)
        {
            return "Choose a property that is in your HubSpot account and not mapped yet.";
        }

        var type = input.AddType ?? property.Type;
        if (type is null || FieldFit.Of(type.Value, property.Type, false, FieldDirection.In) is not null)
        {
            return FieldWords.Misfit(type ?? FieldType.Text, property);
        }

        input.Fields.Add(new FieldInput
        {
            Kind = property.Kind,
            Name = FreeName(input, property),
            Property = property.Name,
            Label = property.Label,
            Type = type.Value,
            Direction = property.CanOnlyArrive || property.Kind != RecordKind.Contact || !Now.WritesToHubSpot
                ? FieldDirection.In
                : FieldDirection.Both,
        });
        (input.Add, input.AddType) = (null, null);
        return null;
    }

    /// <summary>Index of a line, name of its part, and what is wrong with it.</summary>
    public IEnumerable<(int Line, string Part, string Problem)> Check(MappingInput input)
    {
        for (var at = 0; at < input.Fields.Count; at++)
        {
            foreach (var (part, problem) in CheckLine(input.Fields[at]))
            {
                yield return (at, part, problem);
            }
        }

        if (input.Fields.Count(line => line.IsNew && !line.Remove) + connection.CustomFields.Count > MostCustom)
        {
            yield return (-1, "", $"At most {MostCustom} fields can be added.");
        }

        if (!string.IsNullOrEmpty(input.MatchField) && !MatchFields(input).Contains(input.MatchField))
        {
            yield return (-1, nameof(input.MatchField), "Choose a field whose property is unique in HubSpot.");
        }
    }

    /// <summary>Custom fields whose property HubSpot keeps unique.</summary>
    public IEnumerable<string> MatchFields(MappingInput input) => input.Fields
        .Where(line => !line.Remove && line.Kind == RecordKind.Contact && Find(line) is { IsCustom: true } field
            && Property(RecordKind.Contact, field.HubSpotProperty)?.HasUniqueValue == true)
        .Select(line => line.Name);

    /// <summary>The mapping that is meant; call it where <see cref="Check"/> has found nothing.</summary>
    public ChosenMapping ToMapping(MappingInput input)
    {
        var rules = new Dictionary<string, FieldRule>(StringComparer.Ordinal);
        foreach (var line in input.Fields.Where(line => !line.IsNew && Plain.PositionOf(line.Name) >= 0
            && line.Kind == RecordKind.Contact))
        {
            var plain = Plain.Fields[Plain.PositionOf(line.Name)];
            var rule = new FieldRule(
                line.Direction == plain.Direction ? null : line.Direction,
                line.Conflict == plain.Rule ? null : line.Conflict,
                line.Blank == plain.Blank ? null : line.Blank);
            if (rule != new FieldRule())
            {
                rules[line.Name] = rule;
            }
        }

        List<CustomField> custom = [.. input.Fields.Where(line => !line.Remove)
            .Select(line => (line, field: Kept(line))).Where(one => one.field is not null)
            .Select(one => new CustomField(one.line.Kind, Chosen(one.field!, one.line)))]; // just filtered
        var match = string.IsNullOrEmpty(input.MatchField) ? null : input.MatchField;
        return new ChosenMapping(rules, custom, match);
    }

    private FieldDefinition? Kept(FieldInput line) => line.IsNew
        ? NewField(line)
        : connection.CustomFields.Find(one => one.Kind == line.Kind && one.Field.Name == line.Name)?.Field;

    /// <summary>What was not touched stays as it is kept, whatever the mode makes of it.</summary>
    private FieldDefinition Chosen(FieldDefinition kept, FieldInput line)
    {
        var shown = line.IsNew ? null : Find(line);
        return kept with
        {
            Direction = shown?.Direction == line.Direction ? kept.Direction : line.Direction,
            Rule = shown?.Rule == line.Conflict ? kept.Rule : line.Conflict,
            Blank = line.Blank,
            Values = line.Table,
        };
    }

    private IEnumerable<(string Part, string Problem)> CheckLine(FieldInput line)
    {
        if (Find(line) is not { } field)
        {
            yield return (nameof(line.Direction), "This field is not there any more. Open the page again.");
            yield break;
        }

        var property = Property(line.Kind, field.HubSpotProperty);
        var isReadOnly = property?.CanOnlyArrive == true || line.Kind != RecordKind.Contact;
        var plain = Plain.PositionOf(field.Name) is var at and >= 0 && line.Kind == RecordKind.Contact
            ? Plain.Fields[at]
            : field;
        if (!Enum.IsDefined(line.Direction) || !Enum.IsDefined(line.Conflict) || !Enum.IsDefined(line.Blank))
        {
            yield return (nameof(line.Direction), "There is no such choice. Choose again.");
        }
        else if (line.Direction is FieldDirection.Both or FieldDirection.Out && isReadOnly)
        {
            yield return (nameof(line.Direction), FieldWords.OnlyArrives(property, line.Kind));
        }
        else if (line.Direction != field.Direction && !field.IsCustom && !plain.Allows(line.Direction))
        {
            yield return (nameof(line.Direction), FieldWords.NotAllowed(field, line.Direction, connection.Mode));
        }

        if (line.Table is { } table && table.Pairs.Select(pair => pair.Local).Distinct().Count() < table.Pairs.Length
            && line.Direction is FieldDirection.Both or FieldDirection.Out)
        {
            yield return (
                nameof(line.Values),
                "Two of HubSpot's options have the same name here, so nobody could say which of the two to send.");
        }
    }

    private FieldDefinition? NewField(FieldInput line) =>
        Property(line.Kind, line.Property ?? "") is { Type: { } type } property && FieldDefinition.IsName(line.Name)
            && !Now.MapOf(line.Kind).Fields.Any(field => field.Name == line.Name)
            ? new FieldDefinition(line.Name, property.Name, type)
            {
                IsCustom = true,
                Label = string.IsNullOrWhiteSpace(line.Label) ? property.Label : line.Label.Trim(),
            }
            : null;

    private static FieldInput Line(RecordKind kind, FieldDefinition field) => new()
    {
        Kind = kind,
        Name = field.Name,
        Type = field.Type,
        Direction = field.Direction,
        Conflict = field.Rule,
        Blank = field.Blank,
        Values =
        [
            .. (field.Values?.Pairs ?? []).Select(
                pair => new ValueInput { HubSpot = pair.HubSpot, Local = pair.Local }),
        ],
    };

    private string FreeName(MappingInput input, KnownProperty property)
    {
        var letters = property.Name.ToLowerInvariant()
            .Select(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) ? letter : '_');
        var plain = new string([.. letters]);
        var name = FieldDefinition.IsName(plain) ? plain : $"hs_{plain}"[..Math.Min(60, plain.Length + 3)];
        var taken = Now.MapOf(property.Kind).Fields.Select(field => field.Name)
            .Concat(input.Fields.Where(line => line.Kind == property.Kind).Select(line => line.Name)).ToHashSet();
        for (var more = 2; taken.Contains(name); more++)
        {
            name = $"{name.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9')}{more}";
        }

        return name;
    }
}
