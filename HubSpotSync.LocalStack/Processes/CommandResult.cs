using System.Diagnostics;

namespace HubSpotSync.LocalStack.Processes;

/// <summary>A short command run to its end, with what it said.</summary>
internal sealed record CommandResult(int ExitCode, string Output, string Errors)
{
    public string LastLine => (Errors + "\n" + Output).Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => line.Trim()).LastOrDefault(line => line.Length > 0) ?? "";

    public static async Task<CommandResult> RunAsync(ProcessSpec spec, CancellationToken cancellationToken)
    {
        using var process = new Process { StartInfo = ProcessStart.For(spec) };
        process.Start();
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        try
        {
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return new CommandResult(process.ExitCode, await output, await errors);
    }

    public void ThrowIfFailed(string what)
    {
        if (ExitCode != 0)
        {
            throw new InvalidOperationException($"{what} failed with code {ExitCode}: {LastLine}");
        }
    }
}
