# ---- Text and numbers. Only ASCII is folded: cultures and Unicode versions disagree about the rest.
function Get-Text($Value) { if ($null -eq $Value) { '' } else { [string]$Value } }
function Get-Lower($Value) {
    $text = Get-Text $Value
    if ($text -cnotmatch '[^\x00-\x7f]') { return $text.ToLowerInvariant() }
    $builder = New-Object -TypeName System.Text.StringBuilder
    foreach ($char in $text.ToCharArray()) {
        $unit = [int]$char
        if ($unit -ge 65 -and $unit -le 90) { $unit += 32 }
        [void]$builder.Append([char]$unit)
    }
    $builder.ToString()
}
function Get-Trimmed($Value) { (Get-Text $Value).Trim([char[]]" `t`r`n") }
function Get-HostName($Value) { (Get-Lower $Value).Trim([char[]]" `t`r`n.") }
# CIM gives unsigned 32-bit numbers, the registry signed ones, and both may be absent.
function Get-Number($Value) {
    if ($null -eq $Value -or ($Value -is [string] -and $Value -cnotmatch '^[0-9]{1,15}\z')) { return 0 }
    $number = [long]$Value
    if ($number -lt 0) { $number += 4294967296 }
    $number
}
function Get-Hex([string]$Text) {
    if ((Get-Trimmed $Text) -cmatch '^(?:hr=)?0x([0-9A-Fa-f]{1,8})\z') { $Matches[1].ToUpperInvariant().PadLeft(8, '0') }
}
function Get-Items($Value) { foreach ($item in @($Value)) { if ($null -ne $item -and [string]$item -ne '') { [string]$item } } }
function Test-DnsName([string]$Name) {
    if ($Name.Length -lt 1 -or $Name.Length -gt 253 -or $Name -cnotmatch '^[a-z0-9._\u0080-\uffff-]+\z') { return $false }
    foreach ($label in $Name.Split('.')) { if ($label.Length -lt 1 -or $label.Length -gt 63) { return $false } }
    $true
}
function Get-Ordered($Items, $SortKeys) {
    $sorted = New-Object -TypeName System.Collections.ArrayList
    $order = New-Object -TypeName System.Collections.ArrayList
    for ($i = 0; $i -lt $Items.Count; $i++) {
        $at = $order.Count
        while ($at -gt 0 -and [string]::CompareOrdinal($order[$at - 1], $SortKeys[$i]) -gt 0) { $at-- }
        $order.Insert($at, $SortKeys[$i])
        $sorted.Insert($at, $Items[$i])
    }
    , $sorted
}
function New-List($Items) {
    $list = New-Object -TypeName System.Collections.ArrayList
    foreach ($item in $Items) { [void]$list.Add($item) }
    , $list
}
