using System.Net;
using System.Text.Json;
using HubSpotSync.Tests.Portal.Billing;
using HubSpotSync.Tests.Portal.Hosting;
using Microsoft.OpenApi;

namespace HubSpotSync.Tests.Portal.Api;

/// <summary>
/// Whatever is sent to whichever operation, it is answered: with what was asked for, or with a problem that says what
/// is wrong. The document says what to send; the rest is made of that.
/// </summary>
public sealed class FuzzTests(ApiScene scene) : IClassFixture<ApiScene>
{
    private static readonly string[] Values =
    [
        "null", "true", "[]", "{}", "[null]", "-1", "0", "1e400", "1e28", "-79228162514264337593543950335",
        "0.00000001",
        "12345678901234567890", "\"\"", "\" \"", "\"x\"", "\"\\u0000\"", "\"\\ud800\"", "\"a\\ud800b\"",
        "\"\ud83e\udd80\"",
        "\"\u202e\u0301\"", "\"2026-02-30\"", "\"0001-01-01\"", "\"9999-12-31\"",
        "\"00000000-0000-0000-0000-000000000000\"",
        "\"Infinity\"", "\"NaN\"", "[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]", "\"' or 1=1 --\"", "\"%_\\\\\"",
    ];

    private static readonly string[] Bodies =
    [
        "", " ", "{", "[]", "null", "1", "\"x\"", "{\"nothing\":1}", "{\"a\":{}}{",
        "{\"\\ud800\":1}", "{\"\\u0000\":1}",
        "\ufeff{}", "// {}", "{\"fields\":{\"a\":1},\"fields\":{}}",
    ];

    private static readonly string[] Texts =
    [
        "", "-1", "0", "101", "1e9", "99999999999999999999", "%00", "%ED%A0%80", "a%00b", "x%0d%0ay", "%F0%9F%A6%80",
        "zzzz", "bmV3ZXN0fDF-eA", new('9', 400), new('x', 5000), "'", "%25", "2026-01-01", "AAAA====",
    ];

    private int _asked;
    private int _refused;

    [Fact]
    public async Task Nothing_that_is_sent_breaks_an_operation()
    {
        var (document, _) = await OpenApiTests.ReadAsync(scene);
        var customer = ApiOperations.Id(await scene.CustomerAsync("Fuzz"));
        var invoice = ApiOperations.Id(await scene.InvoiceAsync());
        var foreign = await scene.Portal.AddCustomerAsync(
            "Foreign", "One", "foreign.canary@elsewhere.example", workspaceId: scene.Elsewhere);
        Guid[] ids = [customer, invoice, foreign, Guid.NewGuid()];

        foreach (var (path, item) in document.Paths)
        {
            foreach (var (method, operation) in item.Operations!) // a path has some
            {
                await FuzzBodyAsync(method, path, operation, ids);
                await FuzzQueryAsync(method, path, operation);
                await FuzzHeadersAsync(method, path, operation);
                await FuzzIdAsync(method, path, foreign);
            }
        }

        Assert.True(_asked > 1000 && _refused > _asked / 2, $"{_refused} of {_asked}");
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused()
    {
        var body = $$$"""{"fields":{"first_name":"{{{new string('x', 1024 * 1024)}}}"}}""";

        var answer = await scene.Program.PostAsync("/api/customers", body);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.Status);
        AssertIsProblem(answer, "too large");
    }

    [Fact]
    public async Task What_is_no_json_is_refused_by_its_type()
    {
        using var http = new HttpClient(scene.Portal.CreateHandler()) { BaseAddress = new Uri("http://localhost/") };
        using var content = new StringContent("first_name=Ada", System.Text.Encoding.UTF8, "text/plain");
        http.DefaultRequestHeaders.Add("Authorization", $"Bearer {await scene.Portal.AddKeyAsync()}");

        using var answer = await http.PostAsync(
            new Uri("/api/customers", UriKind.Relative), content, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    private async Task FuzzBodyAsync(HttpMethod method, string path, OpenApiOperation operation, Guid[] ids)
    {
        if (operation.RequestBody?.Content?["application/json"].Schema is not { } schema)
        {
            return;
        }

        foreach (var body in Bodies)
        {
            await AskAsync(method, Filled(path, ids[0]), body);
        }

        foreach (var id in ids)
        {
            foreach (var name in Names(schema))
            {
                foreach (var value in id == ids[0] || id == ids[1] ? Values : Values.Take(3))
                {
                    await AskAsync(method, Filled(path, id), BodyOf(schema, name, value, id));
                }

                await AskAsync(method, Filled(path, id), BodyOf(schema, name, null, id));
                await AskAsync(method, Filled(path, id), BodyOf(schema, name, $"\"{new string('y', 20_000)}\"", id));
            }
        }
    }

    private async Task FuzzQueryAsync(HttpMethod method, string path, OpenApiOperation operation)
    {
        var address = Filled(path, EndpointTable.Nobody);
        var unknown = await AskAsync(method, $"{address}?nothing=1", "{}");
        Assert.True((int)unknown.Status is 400 or 404, $"{unknown}");
        foreach (var name in (operation.Parameters ?? []).Where(one => one.In == ParameterLocation.Query))
        {
            foreach (var text in Texts)
            {
                await AskAsync(method, $"{address}?{name.Name}={text}", "{}");
                await AskAsync(method, $"{address}?{name.Name}={text}&{name.Name}=1", "{}");
            }
        }
    }

    private async Task FuzzHeadersAsync(HttpMethod method, string path, OpenApiOperation operation)
    {
        if (operation.RequestBody is null)
        {
            return; // a good call, whatever its headers say
        }

        var address = Filled(path, EndpointTable.Nobody);
        string[] texts =
            ["", "*", "W/\"1\"", "\"x\"", "\"4294967296\"", "\"1\", \"2\"", "\"", new('1', 5000)];
        foreach (var text in texts)
        {
            await AskAsync(method, address, "{}", ("If-Match", text));
            await AskAsync(method, address, "{}", ("Idempotency-Key", $"a b {text}"));
            await AskAsync(method, address, "{}", ("Authorization", text));
        }
    }

    private async Task FuzzIdAsync(HttpMethod method, string path, Guid foreign)
    {
        if (!path.Contains('{', StringComparison.Ordinal))
        {
            return;
        }

        foreach (var id in new[] { $"{foreign}", $"{Guid.NewGuid()}", "0", "%01", "x", new string('1', 3000) })
        {
            var address = Filled(path.Replace("{id}", id, StringComparison.Ordinal), EndpointTable.Nobody);
            var answer = await AskAsync(method, address, "{}", ("If-Match", "*"));
            Assert.True((int)answer.Status is >= 400 and < 500, $"{method} {address}: {answer.Status}");
        }
    }

    private async Task<PageAnswer> AskAsync(
        HttpMethod method, string address, string body, params (string Name, string Value)[] headers)
    {
        var answer = await scene.Program.SendAsync(
            method, address, method == HttpMethod.Get ? null : body,
            headers.Length > 0 ? headers : [("If-Match", "*")]);
        _asked++;
        var what = $"{method} {Short(address)} {Short(body)} → {(int)answer.Status} {Short(answer.Text)}";
        Assert.True((int)answer.Status < 500, what);
        if ((int)answer.Status >= 400)
        {
            _refused++;
            AssertIsProblem(answer, what);
        }

        return answer;
    }

    private static void AssertIsProblem(PageAnswer answer, string what)
    {
        Assert.True(answer.Header("Content-Type") == "application/problem+json", what);
        Assert.False(string.IsNullOrEmpty(answer.Detail()), what);
        Assert.False(string.IsNullOrEmpty(answer.Code()), what);
        Assert.Equal((int)answer.Status, answer.Json.GetProperty("status").GetInt32());
    }

    private static string Filled(string path, Guid id) => path.Replace("{id}", $"{id}", StringComparison.Ordinal)
        .Replace("{tag}", $"{id}", StringComparison.Ordinal)
        .Replace("{delivery}", $"{id}", StringComparison.Ordinal);

    private static string Short(string text) => text.Length > 300 ? text[..300] : text;

    /// <summary>Every field by its path; one of a list's elements stands for all.</summary>
    private static IEnumerable<string> Names(IOpenApiSchema schema) => FieldsOf(schema)
        .SelectMany(property => Inner(property.Value) is { } inner
            ? Names(inner).Select(name => $"{property.Key}.{name}").Prepend(property.Key)
            : [property.Key]);

    private static IEnumerable<KeyValuePair<string, IOpenApiSchema>> FieldsOf(IOpenApiSchema schema) =>
        schema.Properties ?? new Dictionary<string, IOpenApiSchema>();

    private static IOpenApiSchema? Inner(IOpenApiSchema schema)
    {
        var inner = schema.Items ?? schema.OneOf?.FirstOrDefault(one => one.Properties?.Count > 0) ?? schema;
        return inner.Properties?.Count > 0 ? inner : null;
    }

    /// <summary>A body that is as it should be but for one field; <c>null</c> leaves it out.</summary>
    private static string BodyOf(IOpenApiSchema schema, string name, string? value, Guid id)
    {
        var parts = name.Split('.');
        var fields = FieldsOf(schema)
            .Select(property => (property.Key, Value: property.Key != parts[0]
                ? GoodOf(property.Key, id)
                : parts.Length == 1 ? value : WithinOf(property.Value, name[(parts[0].Length + 1)..], value, id)))
            .Where(field => field.Value is not null)
            .Select(field => $"{JsonSerializer.Serialize(field.Key)}:{field.Value}");
        return $"{{{string.Join(',', fields)}}}";
    }

    private static string WithinOf(IOpenApiSchema schema, string rest, string? value, Guid id)
    {
        var body = BodyOf(Inner(schema)!, rest, value, id); // its fields were found in it
        return schema.Items is null ? body : $"[{body}]";
    }

    private static string? GoodOf(string name, Guid id) => name switch
    {
        "fields" => """{"first_name":"Ada"}""",
        "invoiceId" or "firstId" or "secondId" or "with" => $"\"{id}\"",
        "lines" => """[{"description":"Work","unitPrice":1}]""",
        "buyer" => """{"name":"Engines"}""",
        "description" or "name" => "\"Work\"",
        "unitPrice" or "amount" => "1",
        "answer" => "\"Distinct\"",
        "action" or "tag" => "\"Tag\"",
        "ids" => $"[\"{id}\"]",
        "recipient" => "\"a@example.com\"",
        "subject" or "message" => "\"Hello\"",
        "url" => "\"https://example.com/hook\"",
        "events" => """["customer.created"]""",
        _ => null,
    };
}
