# KmsBot-InstallStoredKey: installs a MAK or KMS host key as slmgr /ipk does, or looks whether it could (probe).
#
# The key is fetched by the machine with its own role: it is part of nothing that is sent, printed or kept, but for its
# last five characters. What channel it turns out to have is read from Windows afterwards: a key that is not what was
# said is taken out again, where the key before is a public one.

$document = 'KmsBot-InstallStoredKey'
$putsBack = $true
$onlyTests = $false

#: shared/public-keys.ps1

#: shared/change-frame.ps1

#: shared/hash.ps1

#: shared/secret.ps1

# ---- This document's own part.
$windowsKey = 'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion'
$markKeys = 'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion\SoftwareProtectionPlatform',
    'HKLM:\SOFTWARE\Wow6432Node\Microsoft\Windows NT\CurrentVersion\SoftwareProtectionPlatform'
# The key while the run lasts.
$held = @{ key = ''; tail = '' }
function Read-Options($Options) {
    $asked['from'] = Get-Reference $Options.from 'keys'
    if ($Options.kind -isnot [string] -or ('mak', 'host') -cnotcontains $Options.kind) { throw 'not a kind of key' }
    $asked['kind'] = $Options.kind
    $asked['expect'] = Get-Tail $Options.expect.key
    $asked['unkept'] = (Test-Has $Options 'probe') -and (Get-Whole $Options.probe 1 1) -eq 1
}
function Get-InstalledTail($State) { Get-Text (Get-Part $State['product'] 'key') }
function Test-Channel($State) {
    $channel = Get-Text (Get-Part $State['product'] 'ch')
    if ($asked['kind'] -ceq 'mak') { $channel -cmatch '^VOLUME_MAK' } else { $channel -cmatch '^VOLUME_KMS(?!CLIENT)' }
}
function Get-StoredKey {
    $key = Get-Trimmed (Get-Secret $asked['from'])
    $progress['step'] = 'key'
    # Five groups of five of the characters that product keys are made of.
    if ($key -cnotmatch '^[BCDFGHJKMNPQRTVWXY2346789]{5}(?:-[BCDFGHJKMNPQRTVWXY2346789]{5}){4}\z') { Stop-WithRefusal 'secret-malformed' '' }
    $held['key'] = $key
    $held['tail'] = $key.Substring(24)
    $change['tail'] = $held['tail']
}
function Test-Evaluation($State) {
    $progress['step'] = 'EditionID'
    $windows = $null
    try { $windows = Get-ItemProperty -LiteralPath $windowsKey -ErrorAction Stop }
    catch [System.Management.Automation.ItemNotFoundException] { $windows = $null }
    (Get-Text $windows.EditionID) -imatch 'eval\z' -or (Get-Text (Get-Part $State['product'] 'ch')) -cmatch '^TIMEBASED_EVAL'
}
function Get-Verdict($State) {
    if ($asked['unkept']) {
        Get-StoredKey
        return 'done'
    }
    if ((Get-InstalledTail $State) -cne $asked['expect']) { return 'moved' }
    if (Test-Evaluation $State) { return 'refused', 'evaluation' }
    # Clients ask it: a MAK would make an end of that.
    if ($asked['kind'] -ceq 'mak' -and (Test-Host $State)) { return 'refused', 'host-key' }
    Get-StoredKey
    if (Test-Reached $State) { 'same' }
}
function Get-Remembered($State) {
    Get-InstalledTail $State
    $held['tail']
}
function Install-Key([string]$Key) {
    Invoke-Method $before['svc'] 'InstallProductKey' @{ ProductKey = $Key } $limits['install']
}
function Update-Licence { Invoke-Method $before['svc'] 'RefreshLicenseStatus' @{} $limits['set'] }
# For programs that watch KMS hosts; slmgr writes it too. A host works without it.
function Set-Mark {
    foreach ($path in $markKeys) {
        try { Set-ItemProperty -LiteralPath $path -Name 'KeyManagementServiceVersion' -Value (Get-Text $before['svc'].Version) -ErrorAction Stop }
        catch { $progress['code'] = '' }
    }
}
function Invoke-Steps {
    Install-Key $held['key']
    if ($asked['kind'] -ceq 'host') { Set-Mark }
    Update-Licence
    $now = New-State
    Read-State $now
    if (Test-Channel $now) { return }
    $progress['step'] = 'channel'
    Set-Failure $null
}
# A key that is not public is known to nobody whole: it cannot be put back once it has been replaced.
function Restore-State($Remembered) {
    $now = New-State
    Read-State $now
    if ((Get-InstalledTail $now) -ceq $Remembered[0]) { return }
    $progress['step'] = 'InstallProductKey'
    # SL_E_INVALID_PRODUCT_KEY.
    if (@(Get-PublicKeys $Remembered[0]).Count -eq 0) { Stop-WithCode 'C004F050' }
    Install-Key @(Get-PublicKeys $Remembered[0])[0][3]
    Update-Licence
}
function Test-Reached($State) { (Get-InstalledTail $State) -ceq $held['tail'] -and (Test-Channel $State) }
# By what the run that died remembered: the key is not fetched again only to see that it is there.
function Test-Resumed($State, $Remembered) { (Get-InstalledTail $State) -ceq $Remembered[1] -and (Test-Channel $State) }

#: shared/change-run.ps1
