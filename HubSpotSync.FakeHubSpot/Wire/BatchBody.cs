using HubSpotSync.FakeHubSpot.Api;

namespace HubSpotSync.FakeHubSpot.Wire;

internal sealed record BatchBody<T>(string StartedAt, string CompletedAt, IReadOnlyList<T> Results)
{
    public string Status { get; } = "COMPLETE";
    public int? NumErrors { get; init; }
    public IReadOnlyList<ErrorBody>? Errors { get; init; }

    /// <summary>207 as soon as one part failed.</summary>
    public static IResult Answer(
        DateTimeOffset now, IReadOnlyList<T> results, IReadOnlyList<ErrorBody> errors, int status = 200)
    {
        var body = new BatchBody<T>(WireTime.Format(now), WireTime.Format(now), results);
        return errors.Count == 0
            ? FakeJson.Answer(status, body)
            : FakeJson.Answer(207, body with { NumErrors = errors.Count, Errors = [.. errors.Select(Full)] });
    }

    /// <summary>Inside a batch HubSpot promises these parts of an error, empty or not.</summary>
    private static ErrorBody Full(ErrorBody error) => error with
    {
        Context = error.Context ?? new Dictionary<string, IReadOnlyList<string>>(),
        Errors = error.Errors ?? [],
        Links = error.Links ?? new Dictionary<string, string>(),
    };
}
