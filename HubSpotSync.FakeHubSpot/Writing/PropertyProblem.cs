using System.Text.Json;
using HubSpotSync.FakeHubSpot.Api;

namespace HubSpotSync.FakeHubSpot.Writing;

/// <summary>Why one value was not taken. HubSpot puts the list as JSON inside the message's text.</summary>
internal sealed record PropertyProblem(string Name, string Error, string Message)
{
    public bool IsValid { get; }
    public string LocalizedErrorMessage => Message;

    public static RefusalException Refusal(params IReadOnlyList<PropertyProblem> problems) => new(
        400,
        new ErrorBody(
            $"Property values were not valid: {JsonSerializer.Serialize(problems, FakeJson.Options)}",
            "VALIDATION_ERROR")
        {
            Errors =
            [
                .. problems.Select(problem => new ErrorDetail(problem.Message)
                {
                    Code = problem.Error,
                    In = problem.Name,
                    Context = Refuse.Context("propertyName", problem.Name),
                }),
            ],
        });
}
