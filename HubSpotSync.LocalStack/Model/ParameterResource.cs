namespace Aspire.Hosting.ApplicationModel;

/// <summary>A value from configuration, or one made up and kept.</summary>
public sealed class ParameterResource : Resource, IValueProvider, IManifestExpressionProvider
{
    private readonly Func<ParameterDefault?, string> _read;

    public ParameterResource(string name, Func<ParameterDefault?, string> callback, bool secret = false)
        : base(name)
    {
        _read = callback;
        Secret = secret;
    }

    public bool Secret { get; }

    public ParameterDefault? Default { get; init; }

    public string ValueExpression => $"{{{Name}.value}}";

    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default) => new(_read(Default));
}
