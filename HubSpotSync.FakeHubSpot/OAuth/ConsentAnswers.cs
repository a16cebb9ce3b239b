namespace HubSpotSync.FakeHubSpot.OAuth;

/// <summary>What each shown form was answered with, so that a form sent twice gives one code and not two.</summary>
internal sealed class ConsentAnswers
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, string> _answers = [];

    public string Once(string? form, Func<string> answer)
    {
        if (string.IsNullOrEmpty(form))
        {
            return answer();
        }

        lock (_gate)
        {
            if (!_answers.TryGetValue(form, out var given))
            {
                _answers[form] = given = answer();
            }

            return given;
        }
    }
}
