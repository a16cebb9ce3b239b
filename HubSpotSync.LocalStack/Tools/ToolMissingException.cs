namespace HubSpotSync.LocalStack.Tools;

/// <summary>A program is not there and was not installed; the message is the one line to show.</summary>
public sealed class ToolMissingException : Exception
{
    public ToolMissingException()
    {
    }

    public ToolMissingException(string message)
        : base(message)
    {
    }

    public ToolMissingException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
