# ---- Addresses: sixteen bytes, IPv4 as ::ffff:a.b.c.d; nothing when the text is none.
function Get-AddressBytes([string]$Text) {
    if ($Text -cmatch '^[0-9]{1,3}(?:\.[0-9]{1,3}){3}\z') {
        $parts = New-Object -TypeName System.Collections.ArrayList
        foreach ($part in $Text.Split('.')) {
            if ([int]$part -gt 255 -or $part -cmatch '^0[0-9]') { return }
            [void]$parts.Add([int]$part)
        }
        return , (@(0) * 10 + @(255, 255) + $parts)
    }
    $parsed = $null
    if ($Text -cmatch '^[0-9a-f:.]{2,45}\z' -and $Text.Contains(':') -and [System.Net.IPAddress]::TryParse($Text, [ref]$parsed)) {
        , $parsed.GetAddressBytes()
    }
}
