using HubSpotSync.Portal.Api.Http;
using HubSpotSync.Portal.Api.Idempotency;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace HubSpotSync.Portal.Api.Docs;

/// <summary>What the OpenAPI document says beyond what the endpoints say of themselves.</summary>
internal static class ApiDocument
{
    private const string KeyName = "apiKey";

    public static void AddApiDocument(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.ShouldInclude = endpoint =>
            endpoint.RelativePath?.StartsWith("api/", StringComparison.OrdinalIgnoreCase) == true;
        options.AddDocumentTransformer((document, _, _) =>
        {
            Describe(document);
            return Task.CompletedTask;
        });
        options.AddSchemaTransformer((schema, _, _) =>
        {
            if (schema is { Enum.Count: > 0, Type: null })
            {
                schema.Type = JsonSchemaType.String; // the framework leaves it open, and readers then ask what it is
            }

            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            Describe(operation, context);
            return Task.CompletedTask;
        });
    });

    private static void Describe(OpenApiDocument document)
    {
        document.Info = new OpenApiInfo
        {
            Title = "HubSpotSync",
            Version = "1",
            Description =
                "Customers, companies, deals, invoices and payments, and the connection to HubSpot. "
                + "Lists are read page by page: send the `next` of one as `after` of the next. "
                + "Send an `Idempotency-Key` with whatever you may have to send twice. "
                + "Problems say their cause, a code, and the fields that are meant.",
        };
        document.Servers = [new OpenApiServer { Url = "/" }];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [KeyName] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "An API key, made under Settings, API keys. It is shown once.",
            },
        };
        document.Security =
        [
            new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(KeyName, document)] = [] },
        ];
        foreach (var choice in document.Components.Schemas?.Values.SelectMany(ChoicesWithoutType) ?? [])
        {
            choice.Type = choice.OneOf!.Aggregate((JsonSchemaType)0, (type, one) => type | (one.Type ?? 0));
        }
    }

    // "Nothing or another schema" is valid without a type of its own, but the page's reader warns of it.
    private static IEnumerable<OpenApiSchema> ChoicesWithoutType(IOpenApiSchema schema) =>
        schema.Properties?.Values.OfType<OpenApiSchema>().Where(one => one is { OneOf.Count: > 0, Type: null }) ?? [];

    private static void Describe(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        operation.Parameters ??= [];
        foreach (var limit in operation.Parameters.OfType<OpenApiParameter>().Where(one => one.Name == "limit"))
        {
            limit.Schema = new OpenApiSchema
            {
                Type = JsonSchemaType.Integer, Minimum = "1", Maximum = "100", Default = 50,
            };
        }

        var facts = context.Description.ActionDescriptor.EndpointMetadata;
        if (context.Description.HttpMethod is not "GET" && !facts.OfType<AnswerIsSecret>().Any())
        {
            operation.Parameters.Add(Header(
                IdempotencyFilter.Header, isRequired: false,
                "Makes it safe to send the request again: for a day it is done once, and answered alike."));
        }

        if (facts.OfType<NeedsIfMatch>().Any())
        {
            operation.Parameters.Add(Header(
                "If-Match", isRequired: true, "The ETag of what you have seen, or * to overwrite whatever is there."));
        }
    }

    private static OpenApiParameter Header(string name, bool isRequired, string description) => new()
    {
        Name = name,
        In = ParameterLocation.Header,
        Required = isRequired,
        Description = description,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
    };
}
