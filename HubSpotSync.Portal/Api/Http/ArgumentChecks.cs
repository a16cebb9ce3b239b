using System.Collections.Frozen;
using System.Reflection;
using Microsoft.AspNetCore.Mvc;

namespace HubSpotSync.Portal.Api.Http;

/// <summary>
/// Answers what is wrong with the arguments before a handler sees them: a body that can't be read, a parameter that
/// nobody knows (a filter with a typing error would else answer with everything), text that is none.
/// </summary>
internal static class ArgumentChecks
{
    private const int LongestText = 500;

    public static EndpointFilterDelegate Create(EndpointFilterFactoryContext context, EndpointFilterDelegate next)
    {
        var names = NamesOf(context.MethodInfo);
        return invocation => ProblemOf(invocation, names) is { } problem
            ? ValueTask.FromResult<object?>(problem)
            : next(invocation);
    }

    private static IResult? ProblemOf(EndpointFilterInvocationContext invocation, FrozenSet<string> names)
    {
        foreach (var (name, values) in invocation.HttpContext.Request.Query)
        {
            if (!names.Contains(name))
            {
                return ApiProblem.Unreadable(Shown(name), "There is no such parameter.");
            }

            if (values.Count > 1)
            {
                return ApiProblem.Unreadable(name, "This parameter is there twice.");
            }

            if (values.ToString() is var text && (text.Length > LongestText || text.Any(char.IsControl)))
            {
                return ApiProblem.Unreadable(name, "This is too long, or holds a sign that is no text.");
            }
        }

        return invocation.Arguments.OfType<IChecked>().FirstOrDefault(one => one.Problem is not null)?.Problem;
    }

    private static string Shown(string name) => name.Length > 100 ? name[..100] : name;

    private static FrozenSet<string> NamesOf(MethodInfo handler) => handler.GetParameters()
        .Where(parameter => parameter.GetCustomAttribute<AsParametersAttribute>() is not null)
        .SelectMany(parameter => parameter.ParameterType.GetProperties())
        .Select(property => property.GetCustomAttribute<FromQueryAttribute>()?.Name)
        .OfType<string>()
        .ToFrozenSet(StringComparer.Ordinal);
}
