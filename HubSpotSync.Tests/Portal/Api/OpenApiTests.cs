using System.Net;
using HubSpotSync.Data.Identity;
using Microsoft.OpenApi;

namespace HubSpotSync.Tests.Portal.Api;

/// <summary>What the document promises is there, and nothing else.</summary>
public sealed class OpenApiTests(ApiScene scene) : IClassFixture<ApiScene>
{
    [Fact]
    public async Task The_document_is_valid_and_describes_everything()
    {
        var (document, errors) = await ReadAsync(scene);

        Assert.Empty(errors);
        Assert.Equal("HubSpotSync", document.Info.Title);
        foreach (var (path, item) in document.Paths)
        {
            Assert.StartsWith("/api/", path, StringComparison.Ordinal);
            Assert.All(item.Operations!, operation => // a path has some
            {
                var where = $"{operation.Key} {path}";
                Assert.False(string.IsNullOrEmpty(operation.Value.OperationId), where);
                Assert.False(string.IsNullOrEmpty(operation.Value.Summary), where);
                Assert.Contains("401", operation.Value.Responses!.Keys);
                Assert.All(operation.Value.Parameters ?? [], parameter => Assert.False(
                    parameter.In != ParameterLocation.Path && string.IsNullOrEmpty(parameter.Description),
                    $"{where} {parameter.Name}"));
            });
        }
    }

    [Fact]
    public async Task Every_operation_of_the_document_is_called_and_answers_as_it_says()
    {
        var (document, _) = await ReadAsync(scene);
        var promised = document.Paths.SelectMany(path => path.Value.Operations!.Values) // a path has some
            .ToDictionary(operation => operation.OperationId!, operation => operation.Responses!.Keys.ToList());

        Assert.Equal(
            ApiOperations.All.Select(operation => operation.Id).Order(StringComparer.Ordinal),
            promised.Keys.Order(StringComparer.Ordinal));
        foreach (var operation in ApiOperations.All)
        {
            var answer = await operation.CallAsync(scene);
            Assert.True(operation.Status == (int)answer.Status, $"{operation.Id}: {answer.Status} {answer.Text}");
            Assert.Contains($"{operation.Status}", promised[operation.Id]);
        }
    }

    [Fact]
    public async Task The_document_is_for_who_is_signed_in_or_has_a_key()
    {
        using var stranger = new ApiClient(scene.Portal, null);
        var viewer = await scene.Portal.AsAsync(WorkspaceRole.Viewer);

        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync("/openapi/v1.json")).Status);
        Assert.Equal(HttpStatusCode.OK, (await viewer.GetAsync("/openapi/v1.json")).Status);
    }

    internal static async Task<(OpenApiDocument Document, IReadOnlyList<string> Errors)> ReadAsync(ApiScene scene)
    {
        var answer = await scene.Program.GetAsync("/openapi/v1.json");
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        var read = OpenApiDocument.Parse(answer.Text, OpenApiConstants.Json);
        return (read.Document!, [.. read.Diagnostic!.Errors.Concat(read.Diagnostic.Warnings).Select(one => $"{one}")]);
    }
}
