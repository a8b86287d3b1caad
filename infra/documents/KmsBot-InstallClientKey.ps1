# KmsBot-InstallClientKey: installs the public KMS client setup key of the machine's own edition, as slmgr /ipk does.
#
# Keys are chosen from the table below by their last five characters; there is no way to hand one over. What slmgr writes
# to the registry beside (KeyManagementServiceVersion) is for KMS host keys. A machine that is a KMS host by accident is
# mended by this; one that clients ask is never sent it (bot/domain/change/licences.ts), and expect says which key goes.

$document = 'KmsBot-InstallClientKey'
$putsBack = $true
$onlyTests = $false

#: shared/public-keys.ps1

#: shared/change-frame.ps1

# ---- This document's own part.
$queries['os'] = @('SELECT BuildNumber FROM Win32_OperatingSystem')
$windowsKey = 'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion'
function Read-Options($Options) {
    $asked['key'] = Get-Tail $Options.key
    $asked['expect'] = Get-Tail $Options.expect.key
    if ($asked['key'] -eq '') { throw 'no key' }
    $asked['back'] = (Test-Has $Options 'back') -and (Get-Whole $Options.back 1 1) -eq 1
}
function Get-InstalledTail($State) { Get-Text (Get-Part $State['product'] 'key') }
function Test-Edition([string]$Edition, [long]$Build) {
    foreach ($entry in @(Get-PublicKeys $asked['key'])) {
        if ($entry[0] -ceq (Get-Lower $Edition) -and $Build -ge [long]$entry[1] -and $Build -le [long]$entry[2]) { return $true }
    }
    $false
}
function Get-Verdict($State) {
    if ((Get-InstalledTail $State) -cne $asked['expect']) { return 'moved' }
    if (Test-Reached $State) { return 'same' }
    $progress['step'] = 'EditionID'
    $windows = $null
    try { $windows = Get-ItemProperty -LiteralPath $windowsKey -ErrorAction Stop }
    catch [System.Management.Automation.ItemNotFoundException] { $windows = $null }
    $edition = Get-Text $windows.EditionID
    if ($edition -imatch 'eval\z' -or (Get-Text (Get-Part $State['product'] 'ch')) -cmatch '^TIMEBASED_EVAL') { return 'refused', 'evaluation' }
    if (@(Get-PublicKeys $asked['key']).Count -eq 0) { return 'refused', 'edition' }
    # An earlier key that is put back may be the wrong one: it was there.
    if ($asked['back']) { return }
    $progress['step'] = 'Win32_OperatingSystem'
    if (-not (Test-Edition $edition (Get-Number (Get-Rows 'os')[0].BuildNumber))) { 'refused', 'edition' }
}
function Get-Remembered($State) { Get-InstalledTail $State }
function Install-Key([string]$Tail) {
    $key = @(Get-PublicKeys $Tail)[0][3]
    Invoke-Method $before['svc'] 'InstallProductKey' @{ ProductKey = $key } $limits['install']
    Invoke-Method $before['svc'] 'RefreshLicenseStatus' @{} $limits['set']
}
function Invoke-Steps { Install-Key $asked['key'] }
# A key that is not public is known to nobody whole: it cannot be put back once it has been replaced.
function Restore-State($Remembered) {
    $now = New-State
    Read-State $now
    if ((Get-InstalledTail $now) -ceq $Remembered[0]) { return }
    $progress['step'] = 'InstallProductKey'
    # SL_E_INVALID_PRODUCT_KEY.
    if (@(Get-PublicKeys $Remembered[0]).Count -eq 0) { Stop-WithCode 'C004F050' }
    Install-Key $Remembered[0]
}
function Test-Reached($State) { (Get-InstalledTail $State) -ceq $asked['key'] -and (Test-Client $State) }
function Test-Resumed($State, $Remembered) { Test-Reached $State }

#: shared/change-run.ps1
