# KmsBot-AssignHost: brings the assigned KMS host to exactly what is asked, machine-wide and of the Windows product, as
# slmgr /skms and /ckms do with and without an activation id.

$document = 'KmsBot-AssignHost'
$putsBack = $true
$onlyTests = $false

#: shared/change-frame.ps1

# ---- This document's own part.
function Read-Options($Options) {
    foreach ($level in 'svc', 'prod') {
        if (-not (Test-Has $Options $level)) { throw 'not whole' }
        $asked[$level] = Get-Assignment $Options.$level $true
        $asked['expects' + $level] = Test-Has $Options.expect $level
        if ($asked['expects' + $level]) { $asked['expect' + $level] = Get-Assignment $Options.expect.$level $false }
    }
}
function Test-Level($Shown, $Wanted) {
    if ($null -eq $Shown -or $null -eq $Wanted) { return $null -eq $Shown -and $null -eq $Wanted }
    (Test-Same $Shown[0] (Get-Lower (Get-Trimmed $Wanted[0]))) -and $Shown[1] -eq $Wanted[1]
}
function Get-AssignedAt($State, [string]$Level) {
    $owner = $State['product']
    if ($Level -ceq 'svc') { $owner = $State['wire']['svc'] }
    if ($null -ne $owner -and $null -ne $owner['kms']) { , $owner['kms'] }
}
function Get-Verdict($State) {
    foreach ($level in 'svc', 'prod') {
        if ($asked['expects' + $level] -and -not (Test-Level (Get-AssignedAt $State $level) $asked['expect' + $level])) { return 'moved' }
    }
    if (Test-Reached $State) { return 'same' }
    if (Test-Host $State) { return 'refused', 'host-key' }
    if ($null -ne $asked['prod'] -and $null -eq $State['product']) { return 'refused', 'no-product' }
}
function Get-Remembered($State) { Get-RememberedAssignment $State }
function Set-Level($Row, $Wanted) {
    if ($null -eq $Wanted) { Set-Assignment $Row '' 0 } else { Set-Assignment $Row $Wanted[0] $Wanted[1] }
}
function Invoke-Steps {
    if (-not (Test-Level (Get-AssignedAt $before 'svc') $asked['svc'])) { Set-Level $before['svc'] $asked['svc'] }
    if (-not (Test-Level (Get-AssignedAt $before 'prod') $asked['prod'])) { Set-Level $before['row'] $asked['prod'] }
}
function Restore-State($Remembered) { Restore-Assignment $Remembered }
function Test-Reached($State) {
    (Test-Level (Get-AssignedAt $State 'svc') $asked['svc']) -and (Test-Level (Get-AssignedAt $State 'prod') $asked['prod'])
}
function Test-Resumed($State, $Remembered) { Test-Reached $State }

#: shared/change-run.ps1
