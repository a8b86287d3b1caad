# Rules and states of the firewall as the registry keeps them: their words are the same in every language.
$askFirewall = {
    param($Local, $Policy, $Port)
    $read = {
        param($Path)
        try { Get-ItemProperty -LiteralPath $Path -ErrorAction Stop }
        catch [System.Management.Automation.ItemNotFoundException] { $null }
    }
    try {
        $rules = & $read ($Local + '\FirewallRules')
        if ($null -eq $rules) { return @{ missing = $true } }
        $open = @{ local = @(); policy = @() }
        $shut = @()
        $stores = @{ local = $rules; policy = (& $read ($Policy + '\FirewallRules')) }
        foreach ($store in 'local', 'policy') {
            if ($null -eq $stores[$store]) { continue }
            foreach ($property in $stores[$store].PSObject.Properties) {
                $text = $property.Value
                if ($text -isnot [string] -or -not $text.Contains('|LPort=' + $Port + '|')) { continue }
                if (-not ($text.Contains('|Active=TRUE|') -and $text.Contains('|Dir=In|') -and $text.Contains('|Protocol=6|'))) { continue }
                foreach ($name in 'Domain', 'Private', 'Public') {
                    if ($text.Contains('|Profile=') -and -not $text.Contains('|Profile=' + $name + '|')) { continue }
                    if ($text.Contains('|Action=Allow|')) { $open[$store] += $name } elseif ($text.Contains('|Action=Block|')) { $shut += $name }
                }
            }
        }
        # The older policy of two profiles holds where the newer one says nothing.
        $profiles = @(
            @('Domain', 'd', @('DomainProfile'), 'DomainProfile'),
            @('Private', 'p', @('PrivateProfile', 'StandardProfile'), 'StandardProfile'),
            @('Public', 'u', @('PublicProfile', 'StandardProfile'), 'PublicProfile'))
        $in = ''
        $on = ''
        foreach ($one in $profiles) {
            $state = 1
            $merged = $true
            $set = & $read ($Local + '\' + $one[3])
            if ($null -ne $set -and $null -ne $set.EnableFirewall) { $state = $set.EnableFirewall }
            foreach ($key in $one[2]) {
                $set = & $read ($Policy + '\' + $key)
                if ($null -eq $set -or $null -eq $set.EnableFirewall) { continue }
                $state = $set.EnableFirewall
                $merged = $set.AllowLocalPolicyMerge -ne 0 -or $null -eq $set.AllowLocalPolicyMerge
                break
            }
            if ($state -ne 0) { $on += $one[1] }
            $allowed = $open['policy'] -ccontains $one[0] -or ($merged -and $open['local'] -ccontains $one[0])
            if ($allowed -and $shut -cnotcontains $one[0]) { $in += $one[1] }
        }
        @{ v = [ordered]@{ r = $in; on = $on } }
    } catch { @{ x = $_ } }
}
