using System.Globalization;

namespace HubSpotSync.FakeHubSpot.Api;

internal static class Refuse
{
    public static RefusalException Validation(string message, string? subCategory = null) =>
        new(400, new ErrorBody(message, "VALIDATION_ERROR") { SubCategory = subCategory });

    public static RefusalException DuplicateIds(IEnumerable<string> ids) =>
        new(
            400,
            new ErrorBody("Duplicate IDs found in batch input", "VALIDATION_ERROR") { Context = Context("ids", ids) });

    public static RefusalException ObjectNotFound(string id) => new(404, NotFound([id]));

    public static ErrorBody NotFound(IReadOnlyList<string> ids) =>
        new(
            "Could not get some objects, they may be deleted or not exist. Check that ids are valid.",
            "OBJECT_NOT_FOUND")
        {
            Context = Context("ids", ids),
        };

    public static RefusalException ResourceNotFound(string what) =>
        new(404, new ErrorBody($"{what} was not found", "OBJECT_NOT_FOUND"));

    public static RefusalException ContactExists(long id) => new(
        409, new ErrorBody(
            string.Create(CultureInfo.InvariantCulture, $"Contact already exists. Existing ID: {id}"), "CONFLICT"));

    public static RefusalException Unauthorized(string category, string message) =>
        new(401, new ErrorBody(message, category));

    public static RefusalException MissingScopes(IReadOnlyList<string> needed) => new(
        403,
        new ErrorBody("This app hasn't been granted all required scopes to make this call.", "MISSING_SCOPES")
        {
            Errors =
            [
                new ErrorDetail("One or more of the following scopes are required.")
                {
                    Context = Context("requiredGranularScopes", needed),
                },
            ],
            Links = new Dictionary<string, string> { ["scopes"] = "https://developers.hubspot.com/scopes" },
        });

    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Context(
        string key, params IEnumerable<string> values) =>
        new Dictionary<string, IReadOnlyList<string>> { [key] = [.. values] };
}
