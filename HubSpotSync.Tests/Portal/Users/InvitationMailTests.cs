using HubSpotSync.Data.Identity;
using HubSpotSync.Tests.Infrastructure;
using HubSpotSync.Tests.Portal.Billing;
using HubSpotSync.Tests.Portal.Hosting;

namespace HubSpotSync.Tests.Portal.Users;

/// <summary>Invitations leave by the outbox that invoices use, and their links are read by nobody on the way.</summary>
public sealed class InvitationMailTests : IAsyncLifetime
{
    private const string Page = "/settings/users";
    private const string Ann = "ann.canary@harbour.example";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly SmtpRelay _relay = new();
    private PortalHost _portal = null!; // set before each test
    private PageClient _admin = null!; // likewise

    public async ValueTask InitializeAsync()
    {
        _portal = await PortalHost.StartAsync(
            ("Mail:Host", "127.0.0.1"), ("Mail:Port", $"{_relay.Port}"), ("Mail:UseTls", "false"),
            ("Mail:From", "team@harbour.example"), ("Mail:Interval", "00:00:00.200"), ("Mail:Attempts", "3"));
        await _portal.AddUserOfEachRoleAsync();
        _admin = await _portal.AsAsync(WorkspaceRole.Admin);
    }

    public async ValueTask DisposeAsync()
    {
        await _portal.DisposeAsync();
        await _relay.DisposeAsync();
    }

    [Fact]
    public async Task The_mail_carries_the_link_and_the_page_shows_it_once_and_says_when_it_has_left()
    {
        var answer = await InviteAsync();
        var link = LinkOn(answer);

        var page = await _portal.WaitForMailAsync(_admin, Page, "Given to the mail server");
        var mail = new EmlMail(Assert.Single(_relay.Taken));
        using var ann = _portal.Browser();
        var join = await ann.GetAsync(link.PathAndQuery);

        Assert.Contains($"An e-mail with this link is on its way to {Ann}", answer.Words, StringComparison.Ordinal);
        Assert.DoesNotContain(CodeOf(link), page.Text, StringComparison.Ordinal);
        Assert.Contains(link.AbsoluteUri, mail.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("{link}", mail.Body, StringComparison.Ordinal);
        Assert.Equal("Admin admin.canary invites you to My company", mail.Header("Subject"));
        Assert.Contains("My company", mail.Header("From"), StringComparison.Ordinal);
        Assert.Equal("Join My company", join.Heading);
        Assert.Equal(0, await _portal.Database.ScalarAsync<long>(
            "select count(*) from outgoing_mails where secret is not null"));
    }

    [Fact]
    public async Task While_it_waits_its_link_is_nowhere_to_be_read()
    {
        _relay.ToRecipient = "451 come back later";
        var link = LinkOn(await InviteAsync());

        var page = await _portal.WaitForMailAsync(_admin, Page, "Waits to be tried again");
        var dump = await _portal.Database.ScalarAsync<string>(
            "select (select string_agg(m::text, ' ') from outgoing_mails m) "
            + "|| (select string_agg(l::text, ' ') from user_links l)"
            + "|| (select string_agg(a::text, ' ') from audit_log a)");

        Assert.Contains("We try again by ourselves.", page.Words, StringComparison.Ordinal);
        Assert.DoesNotContain(CodeOf(link), dump, StringComparison.Ordinal);
        Assert.Contains("{link}", dump, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("update user_links set revoked_at = now()")]
    [InlineData("update user_links set used_at = now()")]
    [InlineData("update user_links set expires_at = now()")]
    public async Task An_invitation_that_is_over_does_not_leave_any_more(string what)
    {
        _relay.ToRecipient = "451 come back later";
        await InviteAsync();
        await _portal.WaitForMailAsync(_admin, Page, "Waits to be tried again");
        _relay.ToRecipient = "250 OK";

        await _portal.Database.ExecuteAsync($"{what}; update outgoing_mails set due_at = clock_timestamp()");

        await Eventually.SeeAsync(
            () => _portal.Database.ScalarAsync<string>(
                "select state || ' ' || last_error || ' ' || (secret is null) from outgoing_mails"),
            said => said == "Failed The invitation was used, taken back, or has ended. true",
            Limit,
            "the mail to be given up");
        Assert.Empty(_relay.Taken);
    }

    [Fact]
    public async Task An_address_that_is_refused_is_said_beside_the_invitation()
    {
        _relay.ToRecipient = "550 nobody here";

        await InviteAsync();

        var page = await _portal.WaitForMailAsync(_admin, Page, "Not sent");
        Assert.Contains("The mail server refused it with code 550.", page.Words, StringComparison.Ordinal);
        Assert.Contains("Invite them again with another address", page.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_add_no_line_to_the_mail_s_head()
    {
        await _portal.Database.ExecuteAsync(
            "update workspaces set name = E'Harbour\\r\\nBcc: all@harbour.example'");

        await InviteAsync();

        await _portal.WaitForMailAsync(_admin, Page, "Given to the mail server");
        var head = Assert.Single(_relay.Taken).ReplaceLineEndings("\n").Split("\n\n")[0];
        Assert.DoesNotContain("\nBcc:", head, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Without_a_relay_the_page_says_so_and_the_link_is_handed_over()
    {
        await using var portal = await PortalHost.BorrowAsync();
        await portal.AddUserOfEachRoleAsync();
        var admin = await portal.AsAsync(WorkspaceRole.Admin);
        portal.Secrets.Add(Ann);

        var page = await admin.GetAsync(Page);
        var answer = await admin.SubmitAsync(page, "Make an invitation link", ("Input.Email", Ann));

        Assert.Contains("No e-mail is set up in this installation", page.Words, StringComparison.Ordinal);
        Assert.Contains($"Send this link to {Ann}", answer.Words, StringComparison.Ordinal);
        Assert.Contains("By hand", answer.All("td[data-label=Link]"));
        portal.Secrets.Add(CodeOf(LinkOn(answer)));
        Assert.Equal(0, await portal.Database.ScalarAsync<long>("select count(*) from outgoing_mails"));
    }

    private async Task<PageAnswer> InviteAsync()
    {
        _portal.Secrets.Add(Ann);
        var answer = await _admin.SubmitAsync(
            await _admin.GetAsync(Page), "Send an invitation", ("Input.Email", Ann), ("Input.Role", "Viewer"));
        _portal.Secrets.Add(CodeOf(LinkOn(answer)));
        return answer;
    }

    private static string CodeOf(Uri link) => link.Query["?code=".Length..];

    private static Uri LinkOn(PageAnswer answer) =>
        new(answer.Html.QuerySelector("#new-link")!.GetAttribute("value")!); // shown where nothing was wrong
}
