using System.Globalization;
using HubSpotSync.Core.Planning;
using HubSpotSync.Core.Fields;
using HubSpotSync.Portal.Customers.Csv;

namespace HubSpotSync.Portal.Review;

/// <summary>Choices as a file, for those who decide in a spreadsheet. Three of its columns are read back.</summary>
internal static class ReviewFile
{
    private const string Id = "hubspot_id";
    private const string Choice = "choice";
    private const string Customer = "customer_id";
    private const int MostProblems = 10;
    private const int MostRows = 200_000;

    public static string Head { get; } = "\uFEFF" + CsvText.Line(
        [Id, "name", "email", "company", "match", "match_email", "differs", Choice, Customer]);

    public static string Line(Candidate candidate, FieldMap map) => CsvText.Line(
    [
        candidate.HubSpotId.ToString(CultureInfo.InvariantCulture),
        candidate.Name,
        candidate.Email,
        candidate.Company,
        candidate.Match?.Name ?? (candidate.Matches.Count > 1 ? $"{candidate.Matches.Count} people" : ""),
        candidate.Match?.Email,
        string.Join("; ", candidate.Differences(map).Select(difference => difference.Label)),
        candidate.Choice is { } choice ? Word(choice) : "",
        candidate.Match?.Id.ToString(),
    ]);

    /// <summary>Reads a file; where something is wrong with it, what and in which line.</summary>
    public static (IReadOnlyList<FileChoice> Choices, IReadOnlyList<string> Problems) Read(string text)
    {
        List<string> problems = [];
        Dictionary<long, FileChoice> choices = [];
        var (id, choice, customer) = (-1, -1, -1);
        using var reader = new StringReader(text.TrimStart('\uFEFF'));
        foreach (var (at, row) in CsvText.Read(reader, CsvText.Separator(text.Split('\n', 2)[0])).Index())
        {
            if (at == 0)
            {
                var head = row.Select(cell => cell.Trim().ToLowerInvariant()).ToList();
                (id, choice, customer) = (head.IndexOf(Id), head.IndexOf(Choice), head.IndexOf(Customer));
                if (id < 0 || choice < 0)
                {
                    return (
                        [],
                        [$"The first line has to name the columns {Id} and {Choice}, as the downloaded file does."]);
                }
            }
            else
            {
                Take(row, at + 1);
            }

            if (problems.Count == MostProblems || choices.Count > MostRows)
            {
                break;
            }
        }

        return choices.Count > MostRows ? ([], [$"At most {MostRows:N0} lines can be read at once."])
            : ([.. choices.Values], problems);

        void Take(string[] row, int line)
        {
            string Cell(int column) => column >= 0 && column < row.Length ? row[column].Trim() : "";
            if (!long.TryParse(Cell(id), NumberStyles.None, CultureInfo.InvariantCulture, out var contact))
            {
                problems.Add($"Line {line}, {Id}: “{Short(Cell(id))}” is not HubSpot's id of a contact.");
            }
            else if (!TryRead(Cell(choice), out var answer))
            {
                problems.Add(
                    $"Line {line}, {Choice}: “{Short(Cell(choice))}” is none of import, replace, create new, skip.");
            }
            else if (Cell(customer).Length > 0 && !Guid.TryParse(Cell(customer), out _))
            {
                problems.Add($"Line {line}, {Customer}: “{Short(Cell(customer))}” is not a customer's id.");
            }
            else
            {
                choices[contact] = new FileChoice(
                    contact, answer, Guid.TryParse(Cell(customer), out var known) ? known : null);
            }
        }
    }

    private static string Short(string text) => text.Length <= 40 ? text : text[..40] + "…";

    private static string Word(ReviewAnswer answer) => answer == ReviewAnswer.CreateNew
        ? "create new"
        : answer.ToString().ToLowerInvariant();

    private static bool TryRead(string text, out ReviewAnswer? answer)
    {
        answer = text.ToLowerInvariant().Replace(" ", "", StringComparison.Ordinal) switch
        {
            "import" or "merge" => ReviewAnswer.Import,
            "replace" => ReviewAnswer.Replace,
            "createnew" or "create" => ReviewAnswer.CreateNew,
            "skip" => ReviewAnswer.Skip,
            _ => null,
        };
        return answer is not null || text.Length == 0;
    }
}
