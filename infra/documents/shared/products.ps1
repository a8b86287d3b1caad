function Get-Guid($Value) {
    $text = Get-Lower $Value
    if ($text -cmatch '^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\z') { $text } else { '' }
}
function Get-Assigned($Row) {
    $name = Get-Lower (Get-Trimmed $Row.KeyManagementServiceMachine)
    if ($name -ne '') { , @($name, (Get-Number $Row.KeyManagementServicePort)) }
}
function Get-Application($Id) {
    $text = Get-Guid $Id
    if ($text -ceq '55c92734-d682-4d71-983e-d6ec3f16059f') { return 'w' }
    if ($text -cmatch '^(?:0ff1ce15|0ff1ce16|59a52881)-a989-479d-af46-f275c6370663\z') { return 'o' }
    $text
}
function Get-Product($Row) {
    $family = Get-Text $Row.LicenseFamily
    if ($family -eq '' -and (Get-Text $Row.Name) -cmatch ', ([^ ,]+) edition') { $family = $Matches[1] }
    $channel = ''
    $tokens = '(VOLUME_[A-Z0-9_.-]+|TIMEBASED_[A-Z0-9_]+|VIRTUAL_MACHINE_ACTIVATION|RETAIL[A-Z0-9_:]*|OEM[A-Z0-9_:]*)'
    if ((Get-Text $Row.Description) -cmatch $tokens) { $channel = $Matches[1] }
    $tail = Get-Text $Row.PartialProductKey
    if ($tail -cnotmatch '^[A-Z0-9]{5}\z') { $tail = '' }
    $product = [ordered]@{
        id = Get-Guid $Row.ID; app = Get-Application $Row.ApplicationID; fam = $family; ch = $channel; key = $tail
        st = Get-Number $Row.LicenseStatus; why = (Get-Number $Row.LicenseStatusReason).ToString('X8', $invariant)
        min = Get-Number $Row.GracePeriodRemaining
        vt = Get-Number $Row.VLActivationType; ve = Get-Number $Row.VLActivationTypeEnabled
    }
    $assigned = Get-Assigned $Row
    if ($null -ne $assigned) { $product['kms'] = $assigned }
    $lookup = Get-HostName $Row.KeyManagementServiceLookupDomain
    if ($lookup -ne '') { $product['look'] = $lookup }
    $found = Get-HostName $Row.DiscoveredKeyManagementServiceMachineName
    if ($found -ne '') {
        $product['disc'] = @($found, (Get-Number $Row.DiscoveredKeyManagementServiceMachinePort),
            (Get-Lower (Get-Trimmed $Row.DiscoveredKeyManagementServiceMachineIpAddress)))
    }
    $product
}
# The Windows product that counts comes first: licensed, else in any state but unlicensed, else the first by its id.
function Get-ProductKey($Product) {
    $class = '3'
    if ($Product['app'] -ceq 'o') { $class = '4' }
    elseif ($Product['app'] -cne 'w') { $class = '5' }
    elseif ($Product['st'] -eq 1) { $class = '0' }
    elseif ($Product['st'] -ne 0) { $class = '1' }
    $class + $Product['app'] + $Product['id']
}
function Get-UnixTime([datetime]$Time) {
    $ticks = $Time.ToUniversalTime().Ticks
    ($ticks - $ticks % 10000000 - 621355968000000000) / 10000000
}
