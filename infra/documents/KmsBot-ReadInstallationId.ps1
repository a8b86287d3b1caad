# KmsBot-ReadInstallationId: reads the Installation ID of Windows, as slmgr /dti does, for activation by telephone.
#
# It changes nothing and keeps nothing: a repeat of the operation reads anew.

$document = 'KmsBot-ReadInstallationId'
$putsBack = $false
$onlyTests = $false

#: shared/change-frame.ps1

#: shared/hash.ps1

#: shared/installation-id.ps1

# ---- This document's own part.
function Read-Options($Options) {
    $asked['key'] = Get-Tail $Options.expect.key
    $asked['unkept'] = $true
}
function Get-Verdict($State) {
    if ($null -eq $State['product']) { return 'refused', 'no-product' }
    if ($State['product']['key'] -cne $asked['key']) { return 'moved' }
    if (-not (Test-Telephone $State)) { return 'refused', 'no-installation-id' }
    $digits = Get-InstallationId $State
    if ($digits -eq '') { return 'refused', 'no-installation-id' }
    $change['iid'] = $digits
    $change['dig'] = Get-Digest $digits
    'done'
}
function Get-Remembered($State) { }
function Invoke-Steps { }
function Restore-State($Remembered) { }
function Test-Reached($State) { $false }
function Test-Resumed($State, $Remembered) { $false }

#: shared/change-run.ps1
