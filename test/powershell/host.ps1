# Runs documents one after another in one process: a request is a line of JSON on standard input, an answer one on
# standard output. A document that changes the machine is not answered from a table: its questions go out as lines of
# their own, and the answers come in. Every run has a runspace of its own, in which shims.ps1 stands between the document and the system.
$ErrorActionPreference = 'Stop'
$out = [Console]::Out
$read = { param($name) [System.IO.File]::ReadAllText([System.IO.Path]::Combine($PSScriptRoot, $name)) }
$shims = & $read 'shims.ps1'
Add-Type -TypeDefinition (& $read 'runspaces.cs')
# The document's [powershell], [runspacefactory] and [environment] are the simulated ones from here on; the host names its own in full.
$names = [psobject].Assembly.GetType('System.Management.Automation.TypeAccelerators').GetField('builtinTypeAccelerators', 'NonPublic,Static').GetValue($null)
$names['powershell'] = [LabPowerShell]
$names['runspacefactory'] = [LabRunspaceFactory]
$names['environment'] = [LabEnvironment]
# One table of types for all runspaces: filling a new one throws away what PowerShell has learnt about members.
$state = [initialsessionstate]::CreateDefault2()
$state.Types.Clear()
$state.Types.Add([System.Management.Automation.Runspaces.SessionStateTypeEntry]::new([System.Management.Automation.Runspaces.TypeTable]::LoadDefaultTypeFiles()))
$keepDates = @{}
if ((Get-Command ConvertFrom-Json).Parameters.ContainsKey('DateKind')) { $keepDates['DateKind'] = 'String' }
$out.WriteLine((@{ version = $PSVersionTable.PSVersion.ToString() } | ConvertTo-Json -Compress))
$out.Flush()

while ($null -ne ($line = [Console]::In.ReadLine())) {
    $request = $line | ConvertFrom-Json -AsHashtable -Depth 30 @keepDates
    $table = if ($request['halves']) { [LabHalves]::Restore($request['table']) } else { $request['table'] }
    $answer = @{}
    $space = [System.Management.Automation.Runspaces.RunspaceFactory]::CreateRunspace($state)
    $space.Open()
    $shell = [System.Management.Automation.PowerShell]::Create()
    $shell.Runspace = $space
    $printed = [System.IO.StringWriter]::new()
    $complained = [System.IO.StringWriter]::new()
    $complaints = [Console]::Error
    $lab = @{
        table = $table; slept = 0; refused = [System.Collections.ArrayList]::new()
        without = @($table['without']); culture = $table['culture']; live = $table['live']; out = $out; dates = $keepDates
    }
    [LabTime]::Now = 0
    [LabEnvironment]::Ended = $false
    try {
        foreach ($name in $table['env'].Keys) { [System.Environment]::SetEnvironmentVariable($name, $table['env'][$name]) }
        $space.SessionStateProxy.SetVariable('Lab', $lab)
        [LabTime]::Module = $shell.AddScript('New-Module -ScriptBlock { }').Invoke()[0]
        $shell.Commands.Clear()
        [void]$shell.AddScript($shims).Invoke()
        $shell.Commands.Clear()
        [Console]::SetOut($printed)
        [Console]::SetError($complained)
        [void]$shell.AddScript('param($path) & $path; $LASTEXITCODE').AddArgument($request['path'])
        $answer['exitCode'] = [int]@($shell.Invoke())[-1]
    } catch {
        $answer['failure'] = [string]$_ + "`n" + $_.ScriptStackTrace
    } finally {
        [Console]::SetOut($out)
        [Console]::SetError($complaints)
        foreach ($name in $table['env'].Keys) { [System.Environment]::SetEnvironmentVariable($name, $null) }
    }
    $answer['stdout'] = $printed.ToString()
    $answer['stderr'] = $complained.ToString() + (@($shell.Streams.Error | ForEach-Object { [string]$_ + "`n" + $_.ScriptStackTrace }) -join "`n")
    $answer['refused'] = @($lab['refused'])
    $answer['ms'] = [LabTime]::Now
    $answer['slept'] = $lab['slept']
    $answer['ended'] = [LabEnvironment]::Ended
    $shell.Dispose()
    $space.Dispose()
    $out.WriteLine(($answer | ConvertTo-Json -Compress -EscapeHandling EscapeNonAscii))
    $out.Flush()
}
