# ---- SHA-256. The class is Windows' own implementation, which works where only certified ones may (FIPS).
function Get-HexText($Bytes) {
    $builder = New-Object -TypeName System.Text.StringBuilder
    foreach ($byte in $Bytes) { [void]$builder.Append(([int]$byte).ToString('x2', $invariant)) }
    $builder.ToString()
}
# Of a text's UTF-8, as lower-case hexadecimal digits.
function Get-Sha256([string]$Text) {
    $hash = New-Object -TypeName System.Security.Cryptography.SHA256CryptoServiceProvider
    Get-HexText $hash.ComputeHash([System.Text.Encoding]::UTF8.GetBytes($Text))
}
