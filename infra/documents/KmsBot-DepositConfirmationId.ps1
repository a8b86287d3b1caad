# KmsBot-DepositConfirmationId: deposits the Confirmation ID that Microsoft gave by telephone, as slmgr /atp does.
#
# The machine fetches it with its own role: it is part of nothing that is sent, printed or kept.

$document = 'KmsBot-DepositConfirmationId'
$putsBack = $false
$onlyTests = $false

#: shared/change-frame.ps1

#: shared/hash.ps1

#: shared/secret.ps1

#: shared/installation-id.ps1

# ---- This document's own part.
$limits['deposit'] = 60
# Both IDs while the run lasts.
$held = @{ installation = ''; confirmation = '' }
function Read-Options($Options) {
    $asked['from'] = Get-Reference $Options.from 'confirmation'
    if ($Options.digest -isnot [string] -or $Options.digest -cnotmatch '^[0-9a-f]{24}\z') { throw 'not a digest' }
    $asked['digest'] = $Options.digest
    $asked['key'] = Get-Tail $Options.expect.key
}
function Get-Verdict($State) {
    if ($null -eq $State['product']) { return 'refused', 'no-product' }
    if ($State['product']['key'] -cne $asked['key']) { return 'moved' }
    if (Test-Reached $State) { return 'same' }
    if (-not (Test-Telephone $State)) { return 'refused', 'no-installation-id' }
    $held['confirmation'] = Get-Digits (Get-Secret $asked['from'])
    # Eight groups of six; how their check digits are made is not published, and Windows looks at them.
    if ($held['confirmation'] -cnotmatch '^[0-9]{48}\z') { return 'refused', 'secret-malformed' }
    # It answers one Installation ID: that of this key on this machine as it was read out.
    $held['installation'] = Get-InstallationId $State
    if ($held['installation'] -eq '') { return 'refused', 'no-installation-id' }
    if ((Get-Digest $held['installation']) -cne $asked['digest']) { return 'refused', 'installation-id-changed' }
}
function Get-Remembered($State) { Get-Text (Get-Part $State['product'] 'st') }
function Invoke-Steps {
    $step = 'DepositOfflineConfirmationId'
    $ids = [ordered]@{ InstallationId = $held['installation']; ConfirmationId = $held['confirmation'] }
    Invoke-Method $before['row'] $step $ids $limits['deposit']
    # SL_E_CIDIID_NOT_DEPOSITED.
    $change['code'] = Get-LicenceCode $before $step 'C004F030'
    if ($change['code'] -cne '00000000') { Stop-WithCode $change['code'] }
}
function Restore-State($Remembered) { }
function Test-Reached($State) { (Get-Part $State['product'] 'st') -eq 1 }
# Licensed since the run that died began: that run did it. Else there was nothing to lose, and it is tried again.
function Test-Resumed($State, $Remembered) {
    $Remembered[0] -cne '1' -and $State['product']['key'] -ceq $asked['key'] -and (Test-Reached $State)
}

#: shared/change-run.ps1
