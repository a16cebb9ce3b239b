using System.Web;
using AngleSharp.Html.Parser;
using HubSpotSync.Tests.Infrastructure;

namespace HubSpotSync.Tests.FakeHubSpot;

[Collection(FakeHubSpotTests.Name)]
public sealed class ConsentTests(FakeHubSpotFixture fixture)
{
    private const string Back = "http://localhost:5010/connect/callback";
    private static readonly string Page = Ask("fake-client-id", Back, "oauth crm.objects.contacts.read");

    [Fact]
    public async Task The_page_lets_a_person_choose_an_account_and_see_what_is_asked()
    {
        using var browser = fixture.Host.Anonymous();

        var answer = await browser.GetAsync(Page);

        Assert.Equal(200, answer.Status);
        var page = new HtmlParser().ParseDocument(answer.Text);
        Assert.Equal(
            ["12345", "67890"],
            page.QuerySelectorAll("input[type=radio][name=account]").Select(radio => radio.GetAttribute("value")));
        Assert.Contains("Read contacts", answer.Text, StringComparison.Ordinal);
        Assert.Contains("crm.objects.contacts.read", answer.Text, StringComparison.Ordinal);
        Assert.Equal(["Connect app", "Deny"], page.QuerySelectorAll("button").Select(button => button.TextContent));
        Assert.Empty(page.QuerySelectorAll("script"));
        Assert.Contains(
            "form-action 'self' http://localhost:5010",
            answer.Header("Content-Security-Policy"),
            StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", answer.Header("Content-Security-Policy"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_in_the_address_is_chosen_beforehand()
    {
        using var browser = fixture.Host.Anonymous();

        var answer = await browser.GetAsync(Page.Replace("/oauth/", "/oauth/67890/", StringComparison.Ordinal));

        var page = new HtmlParser().ParseDocument(answer.Text);
        Assert.Equal("67890", page.QuerySelector("input[type=radio][checked]")?.GetAttribute("value"));
    }

    [Theory]
    [InlineData("other", Back, "oauth", "client ID")]
    [InlineData("fake-client-id", "", "oauth", "redirect")]
    [InlineData("fake-client-id", "http://shop.example/callback", "oauth", "redirect")]
    [InlineData("fake-client-id", "javascript:alert(1)", "oauth", "redirect")]
    [InlineData("fake-client-id", Back, "crm.objects.everything", "crm.objects.everything")]
    [InlineData("fake-client-id", Back, "", "no scope")]
    public async Task A_wrong_request_is_answered_with_a_page_and_sends_nobody_anywhere(
        string clientId, string redirectUri, string scope, string word)
    {
        using var browser = fixture.Host.Anonymous();

        var answer = await browser.GetAsync(Ask(clientId, redirectUri, scope));

        Assert.Equal(400, answer.Status);
        Assert.Contains(word, answer.Text, StringComparison.Ordinal);
        Assert.Null(answer.Headers.Location);
    }

    [Fact]
    public async Task Saying_yes_sends_the_person_back_with_a_code_and_the_state()
    {
        using var browser = fixture.Host.Anonymous();

        var answer = await Consent.AnswerAsync(browser, Back, "approve", "oauth");

        Assert.Equal(302, answer.Status);
        Assert.StartsWith(Back + "?code=", answer.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.EndsWith("&state=a%20state%26more", answer.Headers.Location.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Optional_scopes_are_granted_as_far_as_they_are_ticked()
    {
        using var browser = fixture.Host.Anonymous();
        var asked = await browser.GetAsync(Page + "&optional_scope=crm.lists.read%20crm.schemas.contacts.write");
        var boxes = new HtmlParser().ParseDocument(asked.Text).QuerySelectorAll("input[name=optional_scope][checked]");

        var answer = await browser.PostFormAsync(
            "/oauth/authorize",
            ("client_id", "fake-client-id"), ("redirect_uri", Back), ("scope", "oauth crm.objects.contacts.read"),
            ("optional_scope", "crm.lists.read"), ("optional_scope", "crm.objects.owners.read"),
            ("account", "12345"), ("decision", "approve"));
        var code = HttpUtility.ParseQueryString(answer.Headers.Location!.Query)["code"]!; // approved
        var tokens = await Consent.RedeemAsync(browser, code);

        Assert.Equal(
            ["crm.lists.read", "crm.schemas.contacts.write"], boxes.Select(box => box.GetAttribute("value")));
        Assert.Equal(
            ["crm.lists.read", "crm.objects.contacts.read", "crm.objects.owners.read", "oauth"],
            tokens.Json.GetProperty("scopes").EnumerateArray().Select(scope => scope.GetString()).Order());
    }

    [Fact]
    public async Task Saying_no_sends_the_person_back_with_the_reason()
    {
        using var browser = fixture.Host.Anonymous();

        var answer = await Consent.AnswerAsync(browser, Back, "deny", "oauth");

        Assert.StartsWith(
            Back + "?error=access_denied&error_description=",
            answer.Headers.Location!.OriginalString,
            StringComparison.Ordinal);
        Assert.EndsWith("&state=a%20state%26more", answer.Headers.Location.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_sent_twice_gives_one_code()
    {
        using var browser = fixture.Host.Anonymous();

        var first = await Consent.AnswerAsync(browser, Back, "approve", "oauth", form: "the-same-form");
        var second = await Consent.AnswerAsync(browser, Back, "approve", "oauth", form: "the-same-form");

        Assert.Equal(first.Headers.Location, second.Headers.Location);
    }

    [Fact]
    public async Task What_an_app_sends_is_shown_as_text()
    {
        using var browser = fixture.Host.Anonymous();

        var answer = await browser.GetAsync(Page + "&state=%22%3E%3Cscript%3Ealert(1)%3C/script%3E");

        Assert.DoesNotContain("<script>", answer.Text, StringComparison.Ordinal);
    }

    private static string Ask(string clientId, string redirectUri, string scope) =>
        $"/oauth/authorize?client_id={clientId}&redirect_uri={Uri.EscapeDataString(redirectUri)}"
        + $"&scope={Uri.EscapeDataString(scope)}";
}
