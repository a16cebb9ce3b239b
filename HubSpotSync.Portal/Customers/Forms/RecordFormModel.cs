using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Records;
using HubSpotSync.Data.Crm;
using HubSpotSync.Portal.Customers.Writing;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HubSpotSync.Portal.Customers.Forms;

/// <summary>Creates and edits customers and companies; whoever saves second sees what the first one saved.</summary>
internal abstract class RecordFormModel(RuleBook book, RecordWriter writer, RecordForm form) : PageModel
{
    /// <summary>By field. What HubSpot owns is not in the form.</summary>
    [BindProperty]
    public Dictionary<string, string?> Fields { get; set; } = [];

    /// <summary>What the fields said when the form was opened.</summary>
    [BindProperty]
    public Dictionary<string, string?> Was { get; set; } = [];

    /// <summary>Fields that two people changed, and whose value is to stand.</summary>
    [BindProperty]
    public List<string> Clashed { get; set; } = [];

    [BindProperty]
    public Dictionary<string, string?> Choice { get; set; } = [];

    [BindProperty]
    public uint Version { get; set; }

    /// <summary>The id of a record that is not there yet, so that sending twice creates one.</summary>
    [BindProperty]
    public Guid NewId { get; set; }

    public Guid? Id { get; private set; }

    public string Name { get; private set; } = "";

    public IReadOnlyList<FieldBox> Boxes { get; private set; } = [];

    public IReadOnlyList<ClashBox> Clashes { get; private set; } = [];

    public (string? Who, DateTimeOffset? At) LastEdit { get; private set; }

    public WriteAnswer.Refused? Refusal { get; private set; }

    public string? HubSpotHref { get; private set; }

    public abstract RecordKind Kind { get; }

    public string List => RecordNames.ListOf(Kind);

    public string What => RecordNames.WordOf(Kind);

    public string Back => Id is null ? List : $"{List}/{Id}";

    public string Heading => Id is null ? $"New {What}" : $"Edit {Name}";

    public async Task<IActionResult> OnGetAsync(Guid? id, CancellationToken cancellationToken)
    {
        ModelState.Clear();
        if (id is null)
        {
            NewId = Guid.NewGuid();
            return await ShowAsync(null, cancellationToken);
        }

        if (await writer.FindAsync(Kind, id.Value, cancellationToken) is not { } record)
        {
            return NotFound();
        }

        Version = record.Version;
        return await ShowAsync(record, cancellationToken);
    }

    public async Task<IActionResult> OnPostAsync(Guid? id, CancellationToken cancellationToken)
    {
        ModelState.Clear();
        if (IsLooking)
        {
            return await ShowAgainAsync(id, cancellationToken);
        }

        if (id is null)
        {
            var created = await writer.CreateAsync(Kind, NewId, Fields, cancellationToken);
            return await AnswerAsync(created, null, cancellationToken);
        }

        var open = TakeChoices();
        var record = await writer.FindAsync(Kind, id.Value, cancellationToken);
        if (record is not null && open.Count > 0)
        {
            return await ClashAsync(record, open, cancellationToken);
        }

        var saved = await writer.UpdateAsync(
            Kind, new RecordEdit(id.Value, Fields) { Version = Version, Was = Was }, cancellationToken);
        return await AnswerAsync(saved, record, cancellationToken);
    }

    /// <summary>The same form, with nothing saved.</summary>
    protected async Task<IActionResult> ShowAgainAsync(Guid? id, CancellationToken cancellationToken)
    {
        var record = id is null ? null : await writer.FindAsync(Kind, id.Value, cancellationToken);
        return id is not null && record is null ? NotFound()
            : record is not null && Clashed.Count > 0 ? await ClashAsync(record, Clashed, cancellationToken)
            : await ShowAsync(record, cancellationToken);
    }

    /// <summary>Somebody looks for something to put into the form and does not mean to save it yet.</summary>
    protected virtual bool IsLooking => false;

    /// <summary>A box that is no mapped field; <c>null</c>: there is none.</summary>
    protected virtual Task<FieldBox?> DrawMoreAsync(
        RecordRules rules, CrmRecord? record, bool isLinked, CancellationToken cancellationToken) =>
        Task.FromResult<FieldBox?>(null);

    /// <summary>A value as people read it.</summary>
    protected virtual Task<string?> SayAsync(
        RecordRules rules, string field, string? value, CancellationToken cancellationToken) =>
        form.SayAsync(rules, field, value, cancellationToken);

    /// <summary>Where theirs is to stand, theirs is what the form says.</summary>
    /// <returns>Fields that nobody has chosen for yet.</returns>
    private List<string> TakeChoices()
    {
        foreach (var (field, _) in Choice.Where(choice => choice.Value == ClashBox.ChoseTheirs))
        {
            Fields[field] = Was.GetValueOrDefault(field);
        }

        return [.. Clashed.Where(field => Choice.GetValueOrDefault(field)
            is not (ClashBox.ChoseMine or ClashBox.ChoseTheirs))];
    }

    private async Task<IActionResult> AnswerAsync(
        WriteAnswer answer, CrmRecord? record, CancellationToken cancellationToken)
    {
        switch (answer)
        {
            case WriteAnswer.Saved saved:
                TempData["Said"] = saved switch
                {
                    { Changed: [] } when record is not null => "Nothing was changed.",
                    { IsBesideOthers: true } =>
                        "Saved. Somebody else changed other fields meanwhile; both are kept.",
                    _ => record is null ? "Created." : "Saved.",
                };
                return Redirect($"{List}/{saved.Id}");
            case WriteAnswer.Clash clash:
                return await ClashAsync(clash.Theirs, clash.Fields, cancellationToken);
            case WriteAnswer.Refused refused:
                Refusal = refused;
                return await ShowAsync(record, cancellationToken);
            default:
                return NotFound();
        }
    }

    private async Task<IActionResult> ClashAsync(
        CrmRecord theirs, IReadOnlyList<string> fields, CancellationToken cancellationToken)
    {
        var rules = await book.ReadAsync(Kind, cancellationToken);
        var clashes = new List<ClashBox>();
        foreach (var field in fields)
        {
            clashes.Add(new ClashBox(
                field,
                rules.LabelOf(field),
                await SayAsync(rules, field, Fields.GetValueOrDefault(field), cancellationToken),
                await SayAsync(rules, field, theirs.ValueOf(field), cancellationToken),
                Choice.GetValueOrDefault(field)));
        }

        Clashes = clashes;
        LastEdit = await form.LastEditAsync(theirs.Id, cancellationToken);

        // From here on the form is an edit of what they saved: saving it again is a decision, not an accident.
        Version = theirs.Version;
        foreach (var field in rules.Edited)
        {
            if (Fields.TryGetValue(field, out var mine) && !fields.Contains(field)
                && Normal(rules, field, mine) == Normal(rules, field, Was.GetValueOrDefault(field)))
            {
                Fields[field] = theirs.ValueOf(field);
            }

            Was[field] = theirs.ValueOf(field);
        }

        return await ShowAsync(theirs, cancellationToken);
    }

    private static string? Normal(RecordRules rules, string field, string? value) =>
        FieldValue.Normalize(rules.Find(field)?.Type ?? FieldType.Text, value);

    private async Task<IActionResult> ShowAsync(CrmRecord? record, CancellationToken cancellationToken)
    {
        var rules = await book.ReadAsync(Kind, cancellationToken);
        long? hubSpotId = null;
        if (record is not null)
        {
            (Id, Name) = (record.Id, RecordNames.Of(record));
            var linked = await book.LinkedAsync(rules, [record.Id], cancellationToken);
            hubSpotId = linked.TryGetValue(record.Id, out var found) ? found : null;
        }

        HubSpotHref = hubSpotId is { } id && rules.Connection is { } connection
            ? HubSpotLinks.Record(connection, Kind, id)
            : null;
        var boxes = await form.DrawAsync(
            rules, hubSpotId is not null, field => ValueOf(record, field), field => WasOf(record, field),
            cancellationToken);
        if (await DrawMoreAsync(rules, record, hubSpotId is not null, cancellationToken) is { } more)
        {
            boxes.Add(more);
        }

        Boxes = [.. boxes.Select(box => box with { Problem = Refusal?.Problems.GetValueOrDefault(box.Name) })];
        return Page();
    }

    protected string? ValueOf(CrmRecord? record, string field) =>
        Fields.TryGetValue(field, out var mine) ? mine : record?.ValueOf(field);

    protected string? WasOf(CrmRecord? record, string field) =>
        Was.TryGetValue(field, out var was) ? was : record?.ValueOf(field);

    private static string NameOf(CrmRecord record) => record switch
    {
        Customer person => CustomerNames.Of(person.FirstName, person.LastName, person.Email, person.CompanyName),
        Company company => company.Name ?? company.Domain ?? "No name",
        _ => "",
    };
}
