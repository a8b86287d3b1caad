// Stands in for runspaces in simulated time. A probe runs at once, in a module that sees nothing of the document, and
// is done when the simulated time it took has passed.
using System;
using System.Collections;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.IO;
using System.IO.Compression;
using System.Management.Automation;
using System.Text;

public static class LabTime
{
    /// <summary>Simulated milliseconds since the run began.</summary>
    public static double Now;
    /// <summary>An empty module of the run's runspace.</summary>
    public static PSModuleInfo Module;
}

/// <summary>What a server answered with an error.</summary>
public sealed class LabWebResponse : System.Net.WebResponse
{
    readonly byte[] body;
    public System.Net.HttpStatusCode StatusCode { get; private set; }

    public LabWebResponse(int status, string text)
    {
        StatusCode = (System.Net.HttpStatusCode)status;
        body = Encoding.UTF8.GetBytes(text);
    }

    public override Stream GetResponseStream() { return new MemoryStream(body); }
}

public sealed class LabHandle
{
    public double DoneAt;
    public Collection<PSObject> Results = new Collection<PSObject>();
    public Exception Failure;
    public LabHandle AsyncWaitHandle { get { return this; } }

    public bool WaitOne(int milliseconds)
    {
        if (DoneAt - LabTime.Now <= milliseconds)
        {
            LabTime.Now = Math.Max(LabTime.Now, DoneAt);
            return true;
        }
        LabTime.Now += milliseconds;
        return false;
    }
}

public sealed class LabPool
{
    public bool IsOpen;
    public void Open() { IsOpen = true; }
}

public static class LabRunspaceFactory
{
    public static LabPool CreateRunspacePool(int least, int most) { return new LabPool(); }
}

public sealed class LabPowerShell
{
    public LabPool RunspacePool;
    private string text = "";
    private readonly List<object> arguments = new List<object>();

    public static LabPowerShell Create() { return new LabPowerShell(); }
    public LabPowerShell AddScript(string script) { text = script; return this; }
    public LabPowerShell AddArgument(object argument) { arguments.Add(argument); return this; }

    public LabHandle BeginInvoke()
    {
        if (RunspacePool == null || !RunspacePool.IsOpen) throw new InvalidOperationException("a probe outside the pool");
        var handle = new LabHandle();
        var started = LabTime.Now;
        try
        {
            var block = ScriptBlock.Create(text);
            foreach (var item in (IEnumerable<object>)LanguagePrimitives.ConvertTo<object[]>(LabTime.Module.Invoke(block, arguments.ToArray())))
            {
                if (item != null) handle.Results.Add(PSObject.AsPSObject(item));
            }
        }
        catch (Exception failure) { handle.Failure = failure; }
        handle.DoneAt = LabTime.Now;
        LabTime.Now = started;
        return handle;
    }

    public Collection<PSObject> EndInvoke(LabHandle handle)
    {
        if (handle.Failure != null) throw handle.Failure;
        return handle.Results;
    }

    public object BeginStop(object callback, object state) { return null; }
}

public sealed class LabEventProperty
{
    public object Value;
}

public sealed class LabEventRecord
{
    public IList<LabEventProperty> Properties = new List<LabEventProperty>();
    public DateTime? TimeCreated;
    public void Dispose() { }
}

/// <summary>Events of a log, newest first; each takes its share of simulated time.</summary>
public sealed class LabEventReader
{
    private readonly List<LabEventRecord> records = new List<LabEventRecord>();
    private readonly double pace;
    private int next;

    public LabEventReader(double pace) { this.pace = pace; }

    public void Add(double milliseconds, object[] data)
    {
        // The system gives local time.
        var at = DateTimeOffset.FromUnixTimeMilliseconds((long)milliseconds).UtcDateTime.ToLocalTime();
        var record = new LabEventRecord { TimeCreated = at };
        foreach (var element in data) record.Properties.Add(new LabEventProperty { Value = element });
        records.Add(record);
    }

    public void AddPacked(string base64)
    {
        using (var packed = new GZipStream(new MemoryStream(Convert.FromBase64String(base64)), CompressionMode.Decompress))
        using (var reader = new StreamReader(packed, Encoding.UTF8))
        {
            foreach (var line in reader.ReadToEnd().Split('\u001e'))
            {
                var fields = line.Split('\u001f');
                var data = new object[fields.Length - 2];
                Array.Copy(fields, 2, data, 0, data.Length);
                Add(double.Parse(fields[1], System.Globalization.CultureInfo.InvariantCulture), data);
            }
        }
    }

    public LabEventRecord ReadEvent()
    {
        if (next >= records.Count) return null;
        LabTime.Now += pace;
        return records[next++];
    }
}

/// <summary>Would end the process, whatever its threads do.</summary>
public static class LabEnvironment
{
    public static bool Ended;
    public static void Exit(int code) { Ended = true; }
}

/// <summary>Halves of surrogate pairs, which PowerShell's JSON reader replaces, come over in a private range.</summary>
public static class LabHalves
{
    public static object Restore(object value)
    {
        if (value is PSObject) value = ((PSObject)value).BaseObject;
        if (value is string) return Restore((string)value);
        if (value is IDictionary)
        {
            var copy = new Hashtable();
            foreach (DictionaryEntry entry in (IDictionary)value) copy[Restore((string)entry.Key)] = Restore(entry.Value);
            return copy;
        }
        if (value is object[]) return Array.ConvertAll((object[])value, Restore);
        return value;
    }

    private static string Restore(string text)
    {
        var units = text.ToCharArray();
        for (var i = 0; i < units.Length; i++) if (units[i] >= '\ue000' && units[i] <= '\ue7ff') units[i] = (char)(units[i] - 0x800);
        return new string(units);
    }
}
