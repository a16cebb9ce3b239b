using System.Text.RegularExpressions;

namespace Aspire.Hosting.ApplicationModel;

internal static partial class ResourceName
{
    /// <summary>Aspire's rule: a letter first, then letters, digits and single hyphens, at most 64.</summary>
    public static void Check(string name)
    {
        if (name is null || name.Length > 64 || !Pattern().IsMatch(name))
        {
            throw new ArgumentException(
                $"'{name}' is no resource name: a letter, then letters, digits and single hyphens, at most 64.",
                nameof(name));
        }
    }

    [GeneratedRegex("^[A-Za-z](-?[A-Za-z0-9])*$")]
    private static partial Regex Pattern();
}
