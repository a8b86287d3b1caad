# KmsBot-InstallHostRole: installs the role Volume Activation Services with its tools. Takes minutes: the step has half
# an hour. Never restarts the machine; where Windows asks for a restart, the result says so by the code of that.

$document = 'KmsBot-InstallHostRole'
$putsBack = $false
$onlyTests = $false

#: shared/change-frame.ps1

# ---- This document's own part.
# Progress and warnings are texts in the language of the machine, and would stand in the output before the line.
$ProgressPreference = 'SilentlyContinue'
$queries['kind'] = @('SELECT ProductType FROM Win32_OperatingSystem')
$work = @{ installed = $false }

function Read-Options($Options) {
    if ($Options.feature -isnot [string] -or $Options.feature -cne 'VolumeActivation') { throw 'no such feature' }
}
# Nothing where this Windows has no such role.
function Get-Role {
    $progress['step'] = 'Get-WindowsFeature'
    foreach ($row in @(Get-WindowsFeature -Name 'VolumeActivation' -ErrorAction Stop -WarningAction 'SilentlyContinue')) { if ($null -ne $row) { return $row } }
}
function Get-Verdict($State) {
    $progress['step'] = 'Win32_OperatingSystem'
    $row = (Get-Rows 'kind')[0]
    # Client Windows is a KMS host by its key alone.
    if ((Get-Number $row.ProductType) -eq 1) { return 'refused', 'no-role' }
    try { $role = Get-Role } catch {
        if ((Get-Code $_) -ceq 'no-command') { return 'refused', 'no-command' }
        throw
    }
    if ($null -eq $role) { return 'refused', 'no-role' }
    if ($role.Installed -eq $true) { return 'same' }
}
function Get-Remembered($State) { }
function Invoke-Steps {
    $progress['step'] = 'Install-WindowsFeature'
    $answer = Install-WindowsFeature -Name 'VolumeActivation' -IncludeManagementTools -ErrorAction Stop -WarningAction 'SilentlyContinue'
    # E_FAIL: why is a text alone.
    if ($answer.Success -ne $true) { Stop-WithCode '80004005' }
    $work['installed'] = $true
    # ERROR_SUCCESS_REBOOT_REQUIRED: it is installed, and in force after a restart.
    if ([string]$answer.RestartNeeded -cne 'No') { $change['code'] = '80070BC2' }
}
function Restore-State($Remembered) { }
function Test-Reached($State) { $work['installed'] }
# Whether a run that died had come to an end shows in the role itself.
function Test-Resumed($State, $Remembered) { $false }

#: shared/change-run.ps1
