using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Records;
using HubSpotSync.Data.Crm;
using HubSpotSync.Portal.Companies;
using HubSpotSync.Portal.Customers.Writing;
using Microsoft.AspNetCore.Mvc;

namespace HubSpotSync.Portal.Customers.Forms;

internal sealed class CompanyFormModel(RuleBook book, RecordWriter writer, RecordForm form)
    : RecordFormModel(book, writer, form)
{
    public override RecordKind Kind => RecordKind.Company;
}

/// <summary>A customer's form, in which their company is looked for by its name.</summary>
internal sealed class CustomerFormModel(
    RuleBook book, RecordWriter writer, RecordForm form, CompanyChoices companies)
    : RecordFormModel(book, writer, form)
{
    public override RecordKind Kind => RecordKind.Contact;

    [BindProperty]
    public string? Find { get; set; }

    /// <summary>What was looked for when the form was drawn.</summary>
    [BindProperty]
    public string? Found { get; set; }

    /// <summary>Whoever writes a name and presses Enter wants to see what there is, not to save without it.</summary>
    protected override bool IsLooking => FieldValue.Normalize(FieldType.Text, Find) is { } wanted
        && wanted != FieldValue.Normalize(FieldType.Text, Found);

    public Task<IActionResult> OnPostFindAsync(Guid? id, CancellationToken cancellationToken)
    {
        ModelState.Clear();
        return ShowAgainAsync(id, cancellationToken);
    }

    protected override async Task<FieldBox?> DrawMoreAsync(
        RecordRules rules, CrmRecord? record, bool isLinked, CancellationToken cancellationToken)
    {
        const string Field = Customer.CompanyField;
        var label = rules.LabelOf(Field);
        var pick = await companies.PickAsync(
            Request.Path, ValueOf(record, Field), WasOf(record, Field), Find, cancellationToken);
        return new FieldBox(Field, label, pick.Chosen?.Name)
        {
            Pick = pick with { Problem = Refusal?.Problems.GetValueOrDefault(Field) },
            Lock = rules.LocksCompany(record as Customer, isLinked) ? EditCheck.LockedWords(label, isLinked) : null,
        };
    }

    protected override async Task<string?> SayAsync(
        RecordRules rules, string field, string? value, CancellationToken cancellationToken) =>
        field == Customer.CompanyField
            ? (await companies.ReadAsync(value, cancellationToken))?.Name
            : await base.SayAsync(rules, field, value, cancellationToken);
}
