# KmsBot-TestRouting: the active routing test. Assigns a KMS host by name and activates; when that fails, assigns it by
# address and activates; then puts back exactly what was assigned before, whatever happened.

$document = 'KmsBot-TestRouting'
$putsBack = $true
$onlyTests = $true

#: shared/change-frame.ps1

# ---- This document's own part.
$attemptSeconds = 90
function Read-Options($Options) {
    $asked['host'] = Get-Target $Options.host
    $asked['port'] = Get-Whole $Options.port 0 65535
    if (-not (Test-Has $Options 'address')) { throw 'not whole' }
    if ($null -ne $Options.address) {
        $asked['address'] = Get-Target $Options.address
        if (-not (Test-Address $asked['address'])) { throw 'not an address' }
    }
}
function Test-Address([string]$Text) { $null -ne (Get-AddressBytes (Get-Lower $Text).Trim([char[]]'[]')) }
function Get-Verdict($State) {
    $product = $State['product']
    if ($null -eq $product) { return 'refused', 'no-product' }
    if (Test-Host $State) { return 'refused', 'host-key' }
    if (-not (Test-Client $State)) { return 'refused', 'not-client' }
    if ($product['ve'] -eq 3) { return 'refused', 'token-only' }
}
function Get-Remembered($State) { Get-RememberedAssignment $State }
# The bot's address of the host, else the one that the machine's own resolver gives; nothing where it gives none.
function Get-Address {
    if ($null -ne $asked['address']) { return $asked['address'] }
    $name = (Get-HostName $asked['host'])
    if (-not (Test-DnsName $name)) { return '' }
    $rows = @()
    try { $rows = @(Resolve-DnsName -Name $name -Type 'A_AAAA' -ErrorAction Stop) } catch { return '' }
    foreach ($type in 'A', 'AAAA') {
        foreach ($row in $rows) {
            if ([string]$row.Type -cne $type) { continue }
            $address = Get-Lower $row.IPAddress
            if ($null -eq (Get-AddressBytes $address)) { continue }
            if ($address.Contains(':')) { return '[' + $address + ']' }
            return $address
        }
    }
    ''
}
# What time is left for an activation, so that enough remains to put everything back.
function Get-AttemptSeconds {
    [int][System.Math]::Min($attemptSeconds, [System.Math]::Floor(($limits['all'] - $limits['restore'] - $watch.ElapsedMilliseconds) / 1000))
}
function Test-By([string]$Kind, [string]$Target) {
    $seconds = Get-AttemptSeconds
    if ($seconds -lt 15) { return }
    Set-Assignment $before['svc'] $Target $asked['port']
    $code = Invoke-Activation $before $seconds
    $shown = $Target
    if ($asked['port'] -ne 0) { $shown += ':' + $asked['port'].ToString($invariant) }
    if ($null -eq $change['tests']) { $change['tests'] = New-Object -TypeName System.Collections.ArrayList }
    [void]$change['tests'].Add(@($Kind, $shown, $code))
    $change['code'] = $code
    $code
}
function Invoke-Steps {
    # An assignment of the product would win over the machine's.
    if ($null -ne (Get-Assigned $before['row'])) { Set-Assignment $before['row'] '' 0 }
    if (Test-Address $asked['host']) {
        [void](Test-By 'address' $asked['host'])
        return
    }
    if ((Test-By 'name' $asked['host']) -ceq '00000000') { return }
    $address = Get-Address
    if ($address -ne '') { [void](Test-By 'address' $address) }
}
function Restore-State($Remembered) { Restore-Assignment $Remembered }
function Test-Reached($State) { $false }
function Test-Resumed($State, $Remembered) { $false }

#: shared/change-run.ps1
