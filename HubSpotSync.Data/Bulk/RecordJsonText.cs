using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace HubSpotSync.Data.Bulk;

/// <summary>
/// Writes the JSON of one record. A page has three hundred such texts, so each thread keeps its writer and its buffer:
/// new ones for each text were two thirds of all that an import allocates.
/// </summary>
internal static class RecordJsonText
{
    /// <summary>Bytes; a larger buffer is let go of: one long note must not be held for good.</summary>
    private const int MostKept = 64 * 1024;

    private static readonly JsonWriterOptions s_options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // Postgres reads it, no page shows it
        SkipValidation = true,
    };

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? t_buffer;

    [ThreadStatic]
    private static Utf8JsonWriter? t_json;

    /// <param name="write">Writes the members of the object; it is called before this returns.</param>
    public static byte[] Write<T>(T what, Action<Utf8JsonWriter, T> write) => Fill(what, write).ToArray();

    /// <summary>The same as text, for an array of them: Postgres takes JSON in arrays as text.</summary>
    public static string WriteText<T>(T what, Action<Utf8JsonWriter, T> write) =>
        Encoding.UTF8.GetString(Fill(what, write));

    /// <returns>Good until the next text of this thread.</returns>
    private static ReadOnlySpan<byte> Fill<T>(T what, Action<Utf8JsonWriter, T> write)
    {
        if (t_buffer is not { Capacity: <= MostKept } buffer)
        {
            t_buffer = buffer = new ArrayBufferWriter<byte>(4 * 1024);
        }

        buffer.ResetWrittenCount();
        var json = t_json ??= new Utf8JsonWriter(buffer, s_options);
        json.Reset(buffer); // also what a text that failed left behind
        json.WriteStartObject();
        write(json, what);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan;
    }
}
