# KmsBot-Rearm: resets the grace period, as slmgr /rearm does, restarts the machine a minute later, or both.
#
# A rearm is one of few and cannot be taken back. A run that takes up what an earlier one of the operation began goes by
# the count that the plan was made from, and by when Windows started: neither is done twice.

$document = 'KmsBot-Rearm'
$putsBack = $false
$onlyTests = $false

#: shared/change-frame.ps1

# ---- This document's own part.
$limits['rearm'] = 60
$limits['command'] = 20000
$queries['boot'] = @('SELECT LastBootUpTime FROM Win32_OperatingSystem')
$licenceKey = 'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion\SoftwareProtectionPlatform'
# What is left to do.
$due = @{ rearm = $false; restart = $false }
function Read-Options($Options) {
    $asked['rearm'] = (Get-Whole $Options.rearm 0 1) -eq 1
    $asked['restart'] = (Get-Whole $Options.restart 0 1) -eq 1
    if ($asked['rearm']) { $asked['expect'] = Get-Whole $Options.expect.rearms 0 4294967295 }
    elseif (-not $asked['restart']) { throw 'nothing to do' }
    # A restart alone does not touch the licence: it is made whatever state that is in.
    $asked['blind'] = -not $asked['rearm']
}
function Get-Count($State) { Get-Number (Get-Part $State['wire']['svc'] 'rearm') }
function Test-Skipped {
    $progress['step'] = 'SkipRearm'
    $values = $null
    try { $values = Get-ItemProperty -LiteralPath $licenceKey -ErrorAction Stop }
    catch [System.Management.Automation.ItemNotFoundException] { $values = $null }
    (Get-Number $values.SkipRearm) -eq 1
}
# Windows started after the run that died began.
function Test-Restarted {
    $progress['step'] = 'Win32_OperatingSystem'
    (Get-UnixTime (Get-Rows 'boot')[0].LastBootUpTime) -gt (Get-Number $memory['kept'].at)
}
function Get-Verdict($State) {
    $isBegun = $null -ne $memory['kept']
    $due['rearm'] = $asked['rearm'] -and -not ($isBegun -and (Get-Count $State) -eq $asked['expect'] - 1)
    $due['restart'] = $asked['restart'] -and ($due['rearm'] -or -not $isBegun -or -not (Test-Restarted))
    if (-not $due['rearm']) {
        if ($due['restart']) { return }
        # The state before is known no more.
        $change['before'] = [ordered]@{ svc = $null; prod = $null }
        return 'done'
    }
    if ((Get-Count $State) -eq 0) { return 'refused', 'no-rearms' }
    if ((Get-Count $State) -ne $asked['expect']) { return 'moved' }
    if (Test-Skipped) { 'refused', 'skip-rearm' }
}
# What the plan was made from stands in the options, and the time in every memory.
function Get-Remembered($State) { }
function Restart-Machine {
    $progress['step'] = 'shutdown.exe'
    $progress['code'] = ''
    $process = New-Object -TypeName System.Diagnostics.Process
    $process.StartInfo.FileName = (Get-Text $env:SystemRoot) + '\System32\shutdown.exe'
    # A minute, in which the line goes out; planned, an application's maintenance. Who reads the event finds the operation.
    $process.StartInfo.Arguments = '/r /t 60 /d p:4:1 /c "kms-bot ' + $operation + '"'
    $process.StartInfo.UseShellExecute = $false
    $process.StartInfo.CreateNoWindow = $true
    # What it says is in the language of Windows: nobody reads it.
    $process.StartInfo.RedirectStandardOutput = $true
    $process.StartInfo.RedirectStandardError = $true
    [void]$process.Start()
    # ERROR_TIMEOUT.
    if (-not $process.WaitForExit($limits['command'])) { Stop-WithCode '800705B4' }
    # ERROR_SHUTDOWN_IS_SCHEDULED: it restarts anyway.
    if ($process.ExitCode -ne 0 -and $process.ExitCode -ne 1190) {
        Stop-WithCode (-2147024896 + ($process.ExitCode -band 65535)).ToString('X8', $invariant)
    }
}
function Invoke-Steps {
    if ($due['rearm']) {
        Invoke-Method $before['svc'] 'ReArmWindows' @{} $limits['rearm']
        # Until it has been restarted, Windows may show the earlier count, or nothing at all: no public source says which.
        $due['rearm'] = $false
        $asked['blind'] = $true
    }
    if ($due['restart']) { Restart-Machine }
}
function Restore-State($Remembered) { }
function Test-Reached($State) { -not $due['rearm'] }
# Decided by the verdict, however long ago the run died.
function Test-Resumed($State, $Remembered) { $false }

#: shared/change-run.ps1
