using System.Text.RegularExpressions;

namespace HubSpotSync.Portal.Ask;

/// <summary>
/// A small grammar of plain words: what is asked about a record first, then the verbs, then the nouns. Same line, same
/// wish.
/// </summary>
internal sealed partial class PlainGrammar : IUnderstanding
{
    private static readonly (Regex Words, Wish Wish)[] Rules =
    [
        (StatusWords(), new Wish.Status()),
        (StopWords(), new Wish.Stop()),
        (ProgressWords(), new Wish.HowFar()),
        (DuplicateWords(), new Wish.Duplicates()),
        (FailingWords(), new Wish.Failing()),
        (LeftOutWords(), new Wish.LeftOut()),
        (ImportedWords(), new Wish.Imported()),
        (SyncWords(), new Wish.SyncNow()),
        (HelpWords(), new Wish.Help()),
    ];

    public Task<Wish> UnderstandAsync(string text, CancellationToken cancellationToken) =>
        Task.FromResult(Understand(text));

    public static Wish Understand(string text)
    {
        var line = Spaces().Replace(text, " ").Trim().TrimEnd('?', '!', '.', ' ');
        if (line.Length == 0)
        {
            return new Wish.Help();
        }

        if (SubjectOf(line) is { } subject)
        {
            return new Wish.Why(subject);
        }

        foreach (var (words, wish) in Rules)
        {
            if (words.IsMatch(line))
            {
                return wish;
            }
        }

        return new Wish.Unclear();
    }

    /// <summary>Whom a line asks about: an e-mail anywhere, what is in quotes, or who follows a "why is".</summary>
    private static string? SubjectOf(string line)
    {
        if (Email().Match(line) is { Success: true } email)
        {
            return email.Value.Trim('.', ',', ';', ':', '<', '>', '"', '\'');
        }

        if (Quoted().Match(line) is { Success: true } quoted)
        {
            return quoted.Groups["name"].Value.Trim();
        }

        var asked = WhyIs().Match(line);
        if (!asked.Success)
        {
            return null;
        }

        var name = Predicate().Replace(asked.Groups["name"].Value, "").Trim();
        return name.Length < 2 || Nobody().IsMatch(name) ? null : name;
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"[^\s@""'“”<>]+@[^\s@""'“”<>?!,;]+")]
    private static partial Regex Email();

    [GeneratedRegex("[\"“”](?<name>[^\"“”]{2,})[\"“”]")]
    private static partial Regex Quoted();

    [GeneratedRegex(
        "^(?:so |and |but |please )?(?:why (?:is|isn't|isnt|did|didn't|didnt|does|doesn't|doesnt|was|wasn't|wasnt|are"
        + @"|has|hasn't|hasnt)?|where(?: is|'s|s)|what about|what happened to|find|look up)\s+(?<name>.+)$",
        RegexOptions.IgnoreCase)]
    private static partial Regex WhyIs();

    /// <summary>What is said of somebody, after the name.</summary>
    [GeneratedRegex(
        @"\s+(?:(?:is |still |not |never |isn't |been |being )*(?:missing|here|there|synced|synchronised|synchronized"
        + "|in sync|syncing|sync|excluded|left out|failing|failed|imported|updated|gone|archived|in hubspot"
        + @"|in the crm|showing up|coming|arrive|arrived|come|detached))+\s*$",
        RegexOptions.IgnoreCase)]
    private static partial Regex Predicate();

    /// <summary>Words that are no name: the question is about all of them.</summary>
    [GeneratedRegex(
        "^(?:it|that|this|they|them|the|anything|something|everything|nothing|the sync|records?|things?"
        + @"|some records?|contacts?|customers?)\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex Nobody();

    [GeneratedRegex(
        @"\b(?:status|state|health(?:y)?|how (?:is|are) (?:it|things|everything|the sync)|all (?:well|good|ok)"
        + @"|everything (?:ok|fine|well|in sync)|last sync|next sync|connected|connection)\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex StatusWords();

    [GeneratedRegex(@"\b(?:stop|cancel|abort|halt)\b", RegexOptions.IgnoreCase)]
    private static partial Regex StopWords();

    [GeneratedRegex(
        @"\b(?:how far|how long|how much (?:is )?left|progress|eta|percent|when (?:is|will) (?:it|the sync)"
        + @"|(?:done|finished|ready) yet)\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex ProgressWords();

    [GeneratedRegex(@"\b(?:duplicates?|merge|twice|doubles?|same person)\b", RegexOptions.IgnoreCase)]
    private static partial Regex DuplicateWords();

    [GeneratedRegex(
        @"\b(?:fail(?:s|ed|ing|ures?)?|errors?|problems?|broken|wrong|refused|needs? (?:me|us|a person|attention)"
        + @"|what (?:do i|should i|to) do)\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex FailingWords();

    [GeneratedRegex(@"\b(?:left out|excluded|filtered|not synced|skipped|missing)\b", RegexOptions.IgnoreCase)]
    private static partial Regex LeftOutWords();

    [GeneratedRegex(
        @"\b(?:imported|import|arrived|new (?:records|customers|contacts)|what (?:came|changed|was created|is new)"
        + @"|last run|history)\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex ImportedWords();

    [GeneratedRegex(
        @"\b(?:sync|synchroni[sz]e|re-?sync|refresh|reconcile|start|run|update now|go)\b", RegexOptions.IgnoreCase)]
    private static partial Regex SyncWords();

    [GeneratedRegex(@"\b(?:help|what can (?:you|i)|commands?|hello|hi)\b", RegexOptions.IgnoreCase)]
    private static partial Regex HelpWords();
}
