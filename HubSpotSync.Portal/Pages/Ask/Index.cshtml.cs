using HubSpotSync.Core.Records;
using HubSpotSync.Data.Crm;
using HubSpotSync.Data.Duplicates;
using HubSpotSync.Data.Identity;
using HubSpotSync.Portal.Access;
using HubSpotSync.Portal.Ask;
using HubSpotSync.Portal.Duplicates;
using HubSpotSync.Portal.Shell;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HubSpotSync.Portal.Pages.Ask;

/// <summary>
/// The sync, asked in plain words: the dialog sends its lines here, and without a script this is a page of its own.
/// </summary>
internal sealed class AskModel(
    IUnderstanding understanding, Answers answers, RecordAnswers records, WorkspaceShell shell, Comparisons comparisons,
    RecordMerge merge, DuplicateQueue queue) : PageModel
{
    public const string Path = "/ask";
    private const int Longest = 200;

    public AskAnswer? Answer { get; private set; }

    private bool IsLive => Request.Headers.ContainsKey("HX-Request");

    /// <summary>Questions of those who only look: an address starts and stops nothing.</summary>
    public async Task<IActionResult> OnGetAsync(string? text, string? quick, CancellationToken cancellationToken) =>
        LineOf(text, quick) is { Length: > 0 } line
            ? Say(await AnswerAsync(line, new Asker(User.UserId(), WorkspaceRole.Viewer), cancellationToken))
            : Page();

    /// <param name="quick">A button with a line on it; it counts before what was typed.</param>
    public async Task<IActionResult> OnPostAsync(string? text, string? quick, CancellationToken cancellationToken) =>
        Say(await AnswerAsync(LineOf(text, quick), Asker(), cancellationToken));

    /// <summary>Whether HubSpot has somebody with this e-mail: the worker was asked.</summary>
    public async Task<IActionResult> OnGetLookAsync(string? email, int looks, CancellationToken cancellationToken) =>
        (await shell.RequireAsync(cancellationToken)).Connection is { } connection && email is { Length: <= Longest }
            ? Partial("_Answer", await records.LookAsync(connection, email, looks, Asker(), cancellationToken))
            : NotFound();

    /// <param name="answer"><c>Merge</c>, <c>Distinct</c> or <c>Later</c>.</param>
    public async Task<IActionResult> OnPostPairAsync(
        Guid one, Guid other, string? answer, CancellationToken cancellationToken)
    {
        var connection = (await shell.RequireAsync(cancellationToken)).Connection;
        var two = await comparisons.FindAsync(one, other, connection, cancellationToken);
        if (two is null || connection is null)
        {
            return NotFound();
        }

        var said = answer switch
        {
            "Merge" => await MergeAsync(two, cancellationToken),
            "Distinct" => await AnswerAsync(one, other, DuplicateAnswer.Distinct, "Kept as two.", cancellationToken),
            "Later" => await AnswerAsync(one, other, DuplicateAnswer.Later, "Put aside.", cancellationToken),
            _ => "Nothing was done.",
        };
        var next = await records.PairAsync("", connection, Asker(), cancellationToken);
        return Say(next with { Said = $"{said} {next.Said}" });
    }

    private Asker Asker() => new(User.UserId(), User.Role());

    private static string LineOf(string? text, string? quick)
    {
        var line = (string.IsNullOrWhiteSpace(quick) ? text : quick)?.Trim() ?? "";
        return line.Length > Longest ? line[..Longest] : line;
    }

    private async Task<AskAnswer> AnswerAsync(string line, Asker asker, CancellationToken cancellationToken) =>
        await answers.AnswerAsync(
            line, await understanding.UnderstandAsync(line, cancellationToken), asker, cancellationToken);

    /// <summary>As it is proposed: the first stays, and takes what it lacks.</summary>
    private async Task<string> MergeAsync(Comparison two, CancellationToken cancellationToken)
    {
        var fromOther = two.Differing.Where(field => !field.TakesFirst).Select(field => field.Name)
            .ToHashSet(StringComparer.Ordinal);
        var answer = await merge.MergeAsync(
            RecordKind.Contact, two.First.Id, two.Second.Id, fromOther, cancellationToken);
        return answer == MergeAnswer.Merged
            ? $"{two.First.Name}: the two are one now."
            : "Nothing was done: somebody has merged or archived one of the two meanwhile.";
    }

    private async Task<string> AnswerAsync(
        Guid one, Guid other, DuplicateAnswer answer, string said, CancellationToken cancellationToken) =>
        await queue.AnswerAsync(one, other, answer, User.UserId(), cancellationToken) ? said : "Nothing was done.";

    private IActionResult Say(AskAnswer answer)
    {
        Answer = answer;
        return IsLive ? Partial("_Answer", answer) : Page();
    }
}
