# KmsBot-InstallClientKey: installs the public KMS client setup key of the machine's own edition, as slmgr /ipk does.
#
# Keys are chosen from the table below by their last five characters; there is no way to hand one over. What slmgr writes
# to the registry beside (KeyManagementServiceVersion) is for KMS host keys. A machine that is a KMS host by accident is
# mended by this; one that clients ask is never sent it (bot/domain/change/licences.ts), and expect says which key goes.

$document = 'KmsBot-InstallClientKey'
$putsBack = $true
$onlyTests = $false

# EditionID, first and last build, key: those that Microsoft publishes, as in bot/domain/gvlk.ts.
$publicKeys = @(
    'serverstandard 26100 26100 TVRH6-WHNXV-R9WG3-9XRFY-MY832',
    'serverdatacenter 26100 26100 D764K-2NDRG-47T6Q-P8T8W-YP6DF',
    'serverturbine 26100 26100 XGN3F-F394H-FD2MY-PP6FD-8MCRC',
    'serverstandard 20348 20348 VDYBN-27WPP-V4HQT-9VMD4-VMK7H',
    'serverdatacenter 20348 20348 WX4NM-KYWYW-QJJR4-XV3QB-6VM33',
    'serverturbine 20348 20348 NTBV8-9K7Q8-V27C6-M2BTV-KHMXV',
    'serverstandard 17763 17763 N69G4-B89J2-4G8F4-WWYCC-J464C',
    'serverdatacenter 17763 17763 WMDGN-G9PQG-XVVXX-R3X43-63DFG',
    'serversolution 17763 17763 WVDHN-86M7X-466P6-VHXV7-YY726',
    'serverstandard 14393 14393 WC2BQ-8NRM3-FDDYY-2BFGV-KHKQY',
    'serverdatacenter 14393 14393 CB7KF-BWN84-R7R2Y-793K2-8XDDG',
    'serversolution 14393 14393 JCKRF-N37P4-C2D82-9YXRT-4M63B',
    'serverstandard 9600 9600 D2N9P-3P6X9-2R39C-7RTCD-MDVJX',
    'serverdatacenter 9600 9600 W3GGN-FT8W3-Y4M27-J84CP-Q3VJ9',
    'serversolution 9600 9600 KNC87-3J2TX-XB4WP-VCPJV-M4FWM',
    'serverstandardacor 17763 19042 N2KJX-J94YW-TQVFB-DG9YT-724CC',
    'serverdatacenteracor 17763 19042 6NMRW-2C8FM-D24W7-TQWMY-CWH2D',
    'professional 10240 999999 W269N-WFGWX-YVC9B-4J6C9-T83GX',
    'professionaln 10240 999999 MH37W-N47XK-V7XM9-C7227-GCQG9',
    'professionalworkstation 10240 999999 NRG8B-VKK3Q-CXVCJ-9G2XF-6Q84J',
    'professionalworkstationn 10240 999999 9FNHH-K3HBT-3W4TD-6383H-6XYWF',
    'professionaleducation 10240 999999 6TP4R-GNPTD-KYYHQ-7B7DP-J447Y',
    'professionaleducationn 10240 999999 YVWGF-BXNMC-HTQYQ-CPQ99-66QFC',
    'education 10240 999999 NW6C2-QMPVW-D7KKK-3GKT6-VCFB2',
    'educationn 10240 999999 2WH4N-8QGBV-H22JP-CT43Q-MDWWJ',
    'enterprise 10240 999999 NPPR9-FWDCX-D2C8J-H872K-2YT43',
    'enterprisen 10240 999999 DPH2V-TTNVB-4X9Q3-TJR4H-KHJW4',
    'enterpriseg 10240 999999 YYVX9-NTFWV-6MDM3-9PT4T-4M68B',
    'enterprisegn 10240 999999 44RPN-FTY23-9VTTB-MP9BX-T84FV',
    'enterprises 17763 999999 M7XTQ-FN8P6-TTKYV-9D4CC-J462D',
    'enterprisesn 17763 999999 92NFX-8DJQP-P6BBQ-THF9C-7CG2H',
    'iotenterprises 19044 999999 KBN8V-HFGQ4-MGXVD-347P6-PDQGT',
    'enterprises 14393 14393 DCPHK-NFMTC-H88MJ-PFHPY-QJ4BJ',
    'enterprisesn 14393 14393 QFFDN-GRT3P-VKWWX-X7T3R-8B639',
    'enterprises 10240 10240 WNMTR-4C88C-JK8YV-HQ7T2-76DF9',
    'enterprisesn 10240 10240 2F77B-TNFGY-69QQF-B8YKP-D69TJ'
)

#: shared/change-frame.ps1

# ---- This document's own part.
$queries['os'] = @('SELECT BuildNumber FROM Win32_OperatingSystem')
$windowsKey = 'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion'
function Read-Options($Options) {
    $asked['key'] = Get-Tail $Options.key
    $asked['expect'] = Get-Tail $Options.expect.key
    if ($asked['key'] -eq '') { throw 'no key' }
    $asked['back'] = (Test-Has $Options 'back') -and (Get-Whole $Options.back 1 1) -eq 1
}
# The table's rows whose key ends so, each as its four parts.
function Get-PublicKeys([string]$Tail) {
    foreach ($entry in $publicKeys) {
        $parts = $entry.Split(' ')
        if ($parts[3].Substring(24) -ceq $Tail) { , $parts }
    }
}
function Get-InstalledTail($State) { Get-Text (Get-Part $State['product'] 'key') }
function Test-Edition([string]$Edition, [long]$Build) {
    foreach ($entry in @(Get-PublicKeys $asked['key'])) {
        if ($entry[0] -ceq (Get-Lower $Edition) -and $Build -ge [long]$entry[1] -and $Build -le [long]$entry[2]) { return $true }
    }
    $false
}
function Get-Verdict($State) {
    if ((Get-InstalledTail $State) -cne $asked['expect']) { return 'moved' }
    if (Test-Reached $State) { return 'same' }
    $progress['step'] = 'EditionID'
    $windows = $null
    try { $windows = Get-ItemProperty -LiteralPath $windowsKey -ErrorAction Stop }
    catch [System.Management.Automation.ItemNotFoundException] { $windows = $null }
    $edition = Get-Text $windows.EditionID
    if ($edition -imatch 'eval\z' -or (Get-Text (Get-Part $State['product'] 'ch')) -cmatch '^TIMEBASED_EVAL') { return 'refused', 'evaluation' }
    if (@(Get-PublicKeys $asked['key']).Count -eq 0) { return 'refused', 'edition' }
    # An earlier key that is put back may be the wrong one: it was there.
    if ($asked['back']) { return }
    $progress['step'] = 'Win32_OperatingSystem'
    if (-not (Test-Edition $edition (Get-Number (Get-Rows 'os')[0].BuildNumber))) { 'refused', 'edition' }
}
function Get-Remembered($State) { Get-InstalledTail $State }
function Install-Key([string]$Tail) {
    $key = @(Get-PublicKeys $Tail)[0][3]
    Invoke-Method $before['svc'] 'InstallProductKey' @{ ProductKey = $key } $limits['install']
    Invoke-Method $before['svc'] 'RefreshLicenseStatus' @{} $limits['set']
}
function Invoke-Steps { Install-Key $asked['key'] }
# A key that is not public is known to nobody whole: it cannot be put back once it has been replaced.
function Restore-State($Remembered) {
    $now = New-State
    Read-State $now
    if ((Get-InstalledTail $now) -ceq $Remembered[0]) { return }
    $progress['step'] = 'InstallProductKey'
    # SL_E_INVALID_PRODUCT_KEY.
    if (@(Get-PublicKeys $Remembered[0]).Count -eq 0) { Stop-WithCode 'C004F050' }
    Install-Key $Remembered[0]
}
function Test-Reached($State) { (Get-InstalledTail $State) -ceq $asked['key'] -and (Test-Client $State) }
function Test-Resumed($State, $Remembered) { Test-Reached $State }

#: shared/change-run.ps1
