# KmsBot-Activate: activates Windows now, as slmgr /ato does.

$document = 'KmsBot-Activate'
$putsBack = $false
$onlyTests = $false

#: shared/change-frame.ps1

# ---- This document's own part.
function Read-Options($Options) {
    if (Test-Has $Options 'expect') { $asked['key'] = Get-Tail $Options.expect.key }
}
function Get-Verdict($State) {
    $product = $State['product']
    if ($null -eq $product) { return 'refused', 'no-product' }
    if ($null -ne $asked['key'] -and $product['key'] -cne $asked['key']) { return 'moved' }
    # slmgr says that it does nothing then, and so it is.
    if ($product['ve'] -eq 3) { return 'refused', 'token-only' }
    if ($product['st'] -ne 1 -or (Test-Client $State)) { return }
    # Each activation of such a key is one of a few: what is licensed is left alone. A client only renews.
    if ($product['ch'] -cmatch '^VOLUME_MAK') { return 'refused', 'mak-licensed' }
    'same'
}
function Get-Remembered($State) { Get-Text (Get-Part $State['product'] 'st') }
function Invoke-Steps {
    $code = Invoke-Activation $before $limits['activate']
    $change['code'] = $code
    if ($code -cne '00000000') { Stop-WithCode $code }
}
function Restore-State($Remembered) { }
function Test-Reached($State) { (Get-Part $State['product'] 'st') -eq 1 }
# Licensed since the run that died began: that run did it. Else there was nothing to lose, and it is tried again.
function Test-Resumed($State, $Remembered) { $Remembered[0] -cne '1' -and (Test-Reached $State) }

#: shared/change-run.ps1
