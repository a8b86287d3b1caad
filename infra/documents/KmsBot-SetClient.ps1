# KmsBot-SetClient: brings one switch of the KMS client to what is asked, as slmgr /act-type, /skms-domain, /ckms-domain,
# /skhc and /ckhc do; or empties the resolver's cache.

$document = 'KmsBot-SetClient'
$putsBack = $true
$onlyTests = $false

#: shared/change-frame.ps1

# ---- This document's own part. A switch is a list of values as texts: one, or one a level.
function Read-Domains($Of, [bool]$Sets) {
    foreach ($level in 'svc', 'prod') {
        if (-not (Test-Has $Of $level)) { throw 'not whole' }
        $value = $Of.$level
        if ($null -eq $value) { '' } elseif ($Sets) { Get-Target $value } else { Get-Shown $value }
    }
}
function Read-Options($Options) {
    if ($Options.set -isnot [string]) { throw 'no switch' }
    $asked['set'] = $Options.set
    if ('type', 'caching' -ccontains $asked['set']) {
        $most = 1
        if ($asked['set'] -ceq 'type') { $most = 3 }
        $asked['wanted'] = @([string](Get-Whole $Options.to 0 $most))
        $asked['expected'] = @([string](Get-Whole $Options.expect 0 $most))
    } elseif ($asked['set'] -ceq 'lookup') {
        $asked['wanted'] = @(Read-Domains $Options $true)
        $asked['expected'] = @(Read-Domains $Options.expect $false)
    } elseif ($asked['set'] -ceq 'flushdns') {
        # The resolver is no part of the licence: its cache is emptied whatever state that is in.
        $asked['blind'] = $true
        $script:putsBack = $false
    } else { throw 'no such switch' }
}
function Get-Values($State) {
    if ($asked['set'] -ceq 'type') { return Get-Text (Get-Part $State['product'] 've') }
    if ($asked['set'] -ceq 'caching') { return Get-Text (Get-Part $State['wire']['svc'] 'cache') }
    foreach ($owner in $State['wire']['svc'], $State['product']) { Get-Text (Get-Part $owner 'look') }
}
function Test-Values($State, $Values) {
    Test-Same (Get-Joined (Get-Values $State)) (Get-Joined @(foreach ($value in $Values) { Get-HostName $value }))
}
function Get-Verdict($State) {
    if ($asked['blind']) { return }
    $product = $State['product']
    if ($asked['set'] -ceq 'type' -and $null -eq $product) { return 'refused', 'no-product' }
    if (-not (Test-Values $State $asked['expected'])) { return 'moved' }
    if (Test-Reached $State) { return 'same' }
    if (Test-Host $State) { return 'refused', 'host-key' }
    if ($asked['set'] -ceq 'type' -and -not (Test-Client $State)) { return 'refused', 'not-client' }
    if ($asked['set'] -ceq 'lookup' -and $asked['wanted'][1] -ne '' -and $null -eq $product) { return 'refused', 'no-product' }
}
# Domains exactly as they stand there.
function Get-Remembered($State) {
    if ($asked['set'] -cne 'lookup') { return Get-Values $State }
    foreach ($row in $State['svc'], $State['row']) {
        if ($null -eq $row) { '=' } else { '=' + (Get-Text $row.KeyManagementServiceLookupDomain) }
    }
}
function Set-Values($Values) {
    if ($asked['set'] -ceq 'caching') {
        Invoke-Method $before['svc'] 'DisableKeyManagementServiceHostCaching' @{ DisableCaching = $Values[0] -ceq '0' } $limits['set']
    } elseif ($Values[0] -ceq '0') { Invoke-Method $before['row'] 'ClearVLActivationTypeEnabled' @{} $limits['set'] }
    else { Invoke-Method $before['row'] 'SetVLActivationTypeEnabled' @{ ActivationType = [System.UInt32]$Values[0] } $limits['set'] }
}
function Invoke-Steps {
    if ($asked['blind']) {
        $progress['step'] = 'Clear-DnsClientCache'
        Clear-DnsClientCache -ErrorAction Stop
    } elseif ($asked['set'] -ceq 'lookup') {
        $shown = @(Get-Values $before)
        $rows = @($before['svc'], $before['row'])
        foreach ($level in 0, 1) {
            if (-not (Test-Same $shown[$level] (Get-HostName $asked['wanted'][$level]))) { Set-Lookup $rows[$level] $asked['wanted'][$level] }
        }
    } else { Set-Values $asked['wanted'] }
}
function Restore-State($Remembered) {
    if ($asked['set'] -cne 'lookup') { return Set-Values $Remembered }
    $failure = @{}
    $rows = @($before['svc'], $before['row'])
    foreach ($level in 0, 1) {
        if ($null -eq $rows[$level]) { continue }
        try { Set-Lookup $rows[$level] $Remembered[$level].Substring(1) } catch { Add-Failure $failure $_ }
    }
    Stop-IfFailed $failure
}
function Test-Reached($State) { $asked['blind'] -or (Test-Values $State $asked['wanted']) }
function Test-Resumed($State, $Remembered) { (-not $asked['blind']) -and (Test-Reached $State) }

#: shared/change-run.ps1
