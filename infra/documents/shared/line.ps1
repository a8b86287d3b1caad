# ---- The line.
function Get-Escaped([string]$Text) {
    if ($Text -cnotmatch '[^\x20\x21\x23-\x5b\x5d-\x7e]') { return $Text }
    $builder = New-Object -TypeName System.Text.StringBuilder
    foreach ($char in $Text.ToCharArray()) {
        $unit = [int]$char
        if ($unit -eq 34 -or $unit -eq 92) { [void]$builder.Append('\').Append($char) }
        elseif ($unit -ge 32 -and $unit -le 126) { [void]$builder.Append($char) }
        else { [void]$builder.Append('\u').Append($unit.ToString('x4', $invariant)) }
    }
    $builder.ToString()
}
function Get-Json($Value) {
    if ($null -eq $Value) { return 'null' }
    if ($Value -is [string]) { return '"' + (Get-Escaped $Value) + '"' }
    if ($Value -is [System.Collections.IDictionary]) {
        $members = @(foreach ($entry in $Value.GetEnumerator()) { '"' + $entry.Key + '":' + (Get-Json $entry.Value) })
        return '{' + ($members -join ',') + '}'
    }
    if ($Value -is [System.Collections.IEnumerable]) {
        $elements = @(foreach ($item in $Value) { Get-Json $item })
        return '[' + ($elements -join ',') + ']'
    }
    ([long]$Value).ToString($invariant)
}
