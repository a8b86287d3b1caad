# ---- The Installation ID. Windows computes it when it is asked for, which takes seconds: nothing else asks for it.
# It belongs to a machine and its key, and is kept nowhere: what recognises it later is its digest.
$limits['id'] = 60
# Digits alone, 54 or 63 of them; nothing where Windows says no such thing.
function Get-InstallationId($State) {
    $progress['step'] = 'OfflineInstallationId'
    $query = "SELECT OfflineInstallationId FROM SoftwareLicensingProduct WHERE ID = '" + $State['product']['id'] + "'"
    foreach ($row in @(Get-CimInstance -Namespace 'root\cimv2' -Query $query -OperationTimeoutSec $limits['id'] -ErrorAction Stop)) {
        $digits = Get-Digits $row.OfflineInstallationId
        if ($digits -cmatch '^(?:[0-9]{54}|[0-9]{63})\z') { return $digits }
    }
    ''
}
# Without the blanks and hyphens that people and programs put between groups.
function Get-Digits($Value) { (Get-Trimmed $Value).Replace(' ', '').Replace('-', '') }
function Get-Digest([string]$Digits) { (Get-Sha256 $Digits).Substring(0, 24) }
# One is read out only for a key that Microsoft activates, and that is not activated.
function Test-Telephone($State) { -not (Test-Client $State) -and $State['product']['st'] -ne 1 }
