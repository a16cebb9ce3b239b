using HubSpotSync.Data.Identity;
using HubSpotSync.Tests.Infrastructure;
using HubSpotSync.Tests.Portal.Hosting;

namespace HubSpotSync.Tests.Portal.Billing;

public sealed class WorkspaceSettingsTests : IAsyncLifetime
{
    private const string Path = "/settings/workspace";

    private PortalHost _portal = null!; // set before each test
    private PageClient _admin = null!; // likewise

    public async ValueTask InitializeAsync()
    {
        _portal = await PortalHost.BorrowAsync();
        await _portal.AddUserOfEachRoleAsync();
        _admin = await _portal.AsAsync(WorkspaceRole.Admin);
    }

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task What_is_saved_stands_on_the_next_invoice()
    {
        var saved = await _admin.SubmitAsync(
            await _admin.GetAsync(Path), "Save",
            ("Input.LegalName", "Harbour Ltd"), ("Input.Address", "Pier 1"), ("Input.TaxRate", "7,5"),
            ("Input.PaymentDays", "30"), ("Input.PaymentTerms", "Pay soon."), ("Input.InvoicePrefix", "H/"),
            ("Input.FirstNumber", "500"), ("Input.Currency", "CHF"));
        var member = await _portal.AsAsync(WorkspaceRole.Member);
        var form = await member.GetAsync("/invoices/new");
        var page = await _admin.GetAsync(Path);
        await _portal.AddSentInvoiceAsync();

        Assert.Equal(Path, saved.Location);
        Assert.Equal("7.5", form.Html.QuerySelector("[name='Input.Lines[0].TaxRate']")?.GetAttribute("value"));
        Assert.Contains("Pay soon.", form.All("textarea"));
        Assert.Contains("The next one is H/0500.", page.Words, StringComparison.Ordinal);
        Assert.Equal(["H/0500"], await _portal.Database.ListAsync<string>("select number from invoices"));
        Assert.Null((await _admin.GetAsync(Path)).Html.QuerySelector("#Input_FirstNumber"));
        Assert.Equal(1, await _portal.Database.ScalarAsync<long>(
            "select count(*) from audit_log where action = 'workspace.changed'"));
    }

    [Fact]
    public async Task What_is_wrong_is_said_beside_its_field()
    {
        var answer = await _admin.SubmitAsync(
            await _admin.GetAsync(Path), "Save",
            ("Input.Name", ""), ("Input.Email", "nobody"), ("Input.TaxRate", "101"), ("Input.PaymentDays", "1.5"),
            ("Input.InvoicePrefix", "2026"), ("Input.FirstNumber", "-3"), ("Input.TaxId", "kept"),
            ("Input.LegalName", "two\nlines"));

        Assert.Equal(
            [
                "Say what the workspace is called.",
                "This has to be one line.",
                "This is not a valid e-mail address.",
                "Give whole days from 0 to 365.",
                "A tax rate is from 0 to 100 percent, with at most 2 decimals.",
                "Up to 12 letters, digits, spaces and - / . _, and no digit at the end: it would run into the number.",
                "Give a whole number above 0.",
            ],
            answer.All(".invalid-feedback"));
        Assert.Equal("kept", answer.Html.QuerySelector("#Input_TaxId")?.GetAttribute("value"));
    }

    [Fact]
    public async Task Who_saves_second_is_told_and_shown_both()
    {
        var owner = await _portal.AsAsync(WorkspaceRole.Owner);
        var mine = await _admin.GetAsync(Path);
        await owner.SubmitAsync(await owner.GetAsync(Path), "Save", ("Input.Address", "The owner's pier"));

        var clash = await _admin.SubmitAsync(mine, "Save", ("Input.Address", "The admin's pier"));
        Assert.Equal("The owner's pier", await AddressAsync());
        await _admin.SubmitAsync(clash, "Save");

        Assert.Contains("Owner owner.canary saved this meanwhile", clash.Words, StringComparison.Ordinal);
        Assert.Equal(
            ["Address", "The admin's pier", "The owner's pier"], clash.All("[aria-labelledby=clash] td"));
        Assert.Equal("The admin's pier", await AddressAsync());
    }

    private Task<string> AddressAsync() => _portal.Database.ScalarAsync<string>("select address from workspaces");
}
