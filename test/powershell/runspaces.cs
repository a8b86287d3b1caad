// Stands in for runspaces in simulated time. A probe runs at once, in a module that sees nothing of the document, and
// is done when the simulated time it took has passed.
using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Management.Automation;

public static class LabTime
{
    /// <summary>Simulated milliseconds since the run began.</summary>
    public static double Now;
    /// <summary>An empty module of the run's runspace.</summary>
    public static PSModuleInfo Module;
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
