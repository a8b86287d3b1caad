# ---- Public KMS client setup keys.
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
# The table's rows whose key ends so, each as its four parts.
function Get-PublicKeys([string]$Tail) {
    foreach ($entry in $publicKeys) {
        $parts = $entry.Split(' ')
        if ($parts[3].Substring(24) -ceq $Tail) { , $parts }
    }
}
