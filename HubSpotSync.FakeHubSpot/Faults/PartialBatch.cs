using System.Text.Json;
using System.Text.Json.Nodes;
using HubSpotSync.FakeHubSpot.Api;

namespace HubSpotSync.FakeHubSpot.Faults;

/// <summary>
/// A batch in which the chosen inputs fail and the others are done: those are taken out before the work, and told as
/// failed after it. HubSpot does not say which input an error is about, but by its <c>ids</c> and trace id.
/// </summary>
internal static class PartialBatch
{
    public static async Task PlayAsync(HttpContext http, RequestDelegate next, IReadOnlyList<int> failedRows)
    {
        var inputs = await TakeOutAsync(http, failedRows);
        var body = await AlteredAnswer.CaptureAsync(http, next);
        if (inputs.Count == 0 || http.Response.StatusCode is not (200 or 201 or 204 or 207))
        {
            await http.Response.Body.WriteAsync(body, http.RequestAborted);
            return;
        }

        var answer = body.Length == 0 ? NothingElse() : JsonNode.Parse(body)!.AsObject(); // a batch answers an object
        var errors = answer["errors"] as JsonArray ?? [];
        foreach (var input in inputs)
        {
            errors.Add(JsonSerializer.SerializeToNode(Error(input), FakeJson.Options));
        }

        answer["numErrors"] = errors.Count;
        answer["errors"] = errors.Parent is null ? errors : errors.DeepClone();
        http.Response.StatusCode = 207;
        http.Response.ContentLength = null;
        await http.Response.WriteAsJsonAsync(answer, FakeJson.Options, http.RequestAborted);
    }

    private static async Task<IReadOnlyList<JsonNode>> TakeOutAsync(HttpContext http, IReadOnlyList<int> failedRows)
    {
        using var read = new MemoryStream();
        await http.Request.Body.CopyToAsync(read, http.RequestAborted);
        var sent = read.ToArray();
        http.Request.Body = new MemoryStream(sent);
        if (Parse(sent)?["inputs"] is not JsonArray inputs || failedRows.All(row => row < 0 || row >= inputs.Count))
        {
            return [];
        }

        var failed = failedRows.Where(row => row >= 0 && row < inputs.Count)
            .Distinct()
            .OrderDescending()
            .Select(row => (Row: row, Input: inputs[row]!))
            .ToList();
        foreach (var (row, _) in failed)
        {
            inputs.RemoveAt(row);
        }

        http.Request.Body = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(inputs.Root));
        http.Request.ContentLength = http.Request.Body.Length;
        return [.. failed.Select(one => one.Input).Reverse()];
    }

    private static JsonNode? Parse(byte[] body)
    {
        try
        {
            return JsonNode.Parse(body) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static ErrorBody Error(JsonNode input)
    {
        var named = input as JsonObject;
        var ids = named?["id"] is { } id ? Refuse.Context("ids", id.ToString()) : null;
        var traced = named?["objectWriteTraceId"] is { } trace
            ? Refuse.Context("objectWriteTraceId", trace.ToString())
            : null;
        return new ErrorBody("The record could not be processed.", "VALIDATION_ERROR") { Context = traced ?? ids };
    }

    private static JsonObject NothingElse() => new() { ["status"] = "COMPLETE", ["results"] = new JsonArray() };
}
