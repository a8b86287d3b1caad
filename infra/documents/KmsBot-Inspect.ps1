# KmsBot-Inspect: reads what a diagnosis of volume activation needs and prints one line. Changes nothing.
#
# Runs on Windows PowerShell 3.0 and later with .NET 4.5. Every question to the system is a probe: a script block that
# runs in a runspace of its own with a deadline, so that a probe that hangs or fails costs its own value only.
# Nothing is read from localised text; nothing is written but the line. Exit 0: a record was printed. 20: the parameter
# was not filled in. 21: the parameter is not what was agreed. 29: anything else.

$ErrorActionPreference = 'Stop'
$encoded = '{{ Options }}'

# ---- Limits, milliseconds. All phases together stay under a minute, whatever the machine does.
$limits = @{ meta = 3000; local = 15000; net = 12000; name = 8000; reach = 15000; all = 50000; requests = 20000 }
$lineBytes = 2400
# A record of more characters is shortened before it is compressed: what is dropped then depends on its length alone,
# not on the compressor at hand. Texts like noise, which no compressor shortens, go on being shortened.
$packBound = 7000
$maxDomains = 12
$maxTargets = 16
$maxJitter = 120
$kmsPort = 1688
$requestDays = 30
# The reading ends early enough to leave time for summing up.
$requestReading = 17000
$invariant = [System.Globalization.CultureInfo]::InvariantCulture

# ---- What is asked. An alternative after the first stands for an older Windows that lacks a property.
$licensing = 'KeyManagementServiceMachine, KeyManagementServicePort, KeyManagementServiceLookupDomain'
$productBase = 'SELECT ID, ApplicationID, Name, Description, LicenseFamily, LicenseIsAddon, PartialProductKey, ' +
    'LicenseStatus, LicenseStatusReason, GracePeriodRemaining, ' + $licensing + ', ' +
    'DiscoveredKeyManagementServiceMachineName, DiscoveredKeyManagementServiceMachinePort'
$productFrom = ' FROM SoftwareLicensingProduct WHERE PartialProductKey <> NULL'
$queries = @{
    os = @('SELECT BuildNumber, OperatingSystemSKU, ProductType, MUILanguages FROM Win32_OperatingSystem')
    computer = @('SELECT Name, Domain, DomainRole FROM Win32_ComputerSystem')
    svc = @('SELECT Version, ClientMachineID, IsKeyManagementServiceMachine, KeyManagementServiceHostCaching, ' +
        'RemainingWindowsReArmCount, ' + $licensing + ' FROM SoftwareLicensingService')
    prod = @(
        ($productBase + ', DiscoveredKeyManagementServiceMachineIpAddress, VLActivationType, VLActivationTypeEnabled' +
            $productFrom),
        ($productBase + $productFrom))
    spp = @("SELECT State, StartMode FROM Win32_Service WHERE Name = 'sppsvc'")
    net = @('SELECT IPAddress, DefaultIPGateway, DNSServerSearchOrder, DNSDomain ' +
        'FROM Win32_NetworkAdapterConfiguration WHERE IPEnabled = TRUE')
    rt = @("SELECT Destination, NextHop, InterfaceIndex, Metric1 FROM Win32_IP4RouteTable " +
        "WHERE Destination LIKE '169.254.169.%'")
}
$hostQueries = @('SELECT KeyManagementServiceCurrentCount, RequiredClientCount, KeyManagementServiceTotalRequests, ' +
    'KeyManagementServiceFailedRequests, KeyManagementServiceUnlicensedRequests, KeyManagementServiceLicensedRequests, ' +
    'KeyManagementServiceOOBGraceRequests, KeyManagementServiceOOTGraceRequests, ' +
    'KeyManagementServiceNonGenuineGraceRequests, KeyManagementServiceNotificationRequests, ' +
    'KeyManagementServiceListeningPort, KeyManagementServiceDnsPublishing, KeyManagementServiceLowPriority, ' +
    'VLActivationInterval, VLRenewalInterval FROM SoftwareLicensingService')
$networkQueries = @('SELECT NetworkCategory FROM MSFT_NetConnectionProfile')
$keys = @{
    windows = 'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion'
    spp = 'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion\SoftwareProtectionPlatform'
    tcpip = 'HKLM:\SYSTEM\CurrentControlSet\Services\Tcpip\Parameters'
    policy = 'HKLM:\SOFTWARE\Policies\Microsoft\Windows NT\DNSClient'
    firewall = 'HKLM:\SYSTEM\CurrentControlSet\Services\SharedAccess\Parameters\FirewallPolicy'
    firewallPolicy = 'HKLM:\SOFTWARE\Policies\Microsoft\WindowsFirewall'
}
# Requests and responses apart, so that many of the one never hide the newest of the other.
$clientEvents = @(
    @("*[System[Provider[@Name='Microsoft-Windows-Security-SPP'] and EventID=12288]]", 3),
    @("*[System[Provider[@Name='Microsoft-Windows-Security-SPP'] and EventID=12289]]", 4))
$publishingEvents = @(
    @("*[System[Provider[@Name='Microsoft-Windows-Security-SPP'] and EventID=12294]]", 1),
    @("*[System[Provider[@Name='Microsoft-Windows-Security-SPP'] and EventID=12293]]", 1))
$requestEvents = "*[System[Provider[@Name='Microsoft-Windows-Security-SPP'] and EventID=12290]]"

# ---- Probes. Each answers @{ v = value } or @{ x = error record }; nothing outside their parameters is visible to them.
$askCim = {
    param($Queries, $Seconds, $Namespace)
    foreach ($query in $Queries) {
        try {
            return @{ v = @(Get-CimInstance -Namespace $Namespace -Query $query -OperationTimeoutSec $Seconds -ErrorAction Stop) }
        } catch {
            $failure = @{ x = $_ }
            # WBEM_E_INVALID_QUERY: a property of a later Windows was named.
            if ($_.FullyQualifiedErrorId -cnotmatch '80041017') { return $failure }
        }
    }
    $failure
}
$askEvents = {
    param($Log, $Filters)
    $found = New-Object -TypeName System.Collections.ArrayList
    foreach ($filter in $Filters) {
        try {
            foreach ($entry in @(Get-WinEvent -LogName $Log -FilterXPath $filter[0] -MaxEvents $filter[1] -ErrorAction Stop)) { [void]$found.Add($entry.ToXml()) }
        } catch {
            if ($_.FullyQualifiedErrorId -cnotmatch '^NoMatchingEventsFound') { return @{ x = $_ } }
        }
    }
    @{ v = $found }
}
$askMetadata = {
    $base = 'http://169.254.169.254/latest/'
    try {
        # A proxy never reaches link-local addresses, and the service does not know 100-continue.
        [System.Net.ServicePointManager]::Expect100Continue = $false
        $web = New-Object -TypeName System.Net.WebClient
        $web.Proxy = $null
        $web.Headers.Add('X-aws-ec2-metadata-token-ttl-seconds', '60')
        $token = $web.UploadString($base + 'api/token', 'PUT', '')
        $read = {
            param($Path)
            $client = New-Object -TypeName System.Net.WebClient
            $client.Proxy = $null
            $client.Headers.Add('X-aws-ec2-metadata-token', $token)
            $client.DownloadString($base + $Path)
        }
        $identity = ConvertFrom-Json -InputObject (& $read 'dynamic/instance-identity/document')
        $mac = & $read 'meta-data/mac'
        $vpc = & $read ('meta-data/network/interfaces/macs/' + $mac.Trim() + '/vpc-id')
        @{ v = @{ id = [string]$identity.instanceId; ami = [string]$identity.imageId; vpc = $vpc.Trim(); bp = @($identity.billingProducts) } }
    } catch { @{ x = $_ } }
}
$askResolver = {
    param($Name, $Type, $Server)
    try {
        if ($Server) {
            @{ v = @(Resolve-DnsName -Name $Name -Type $Type -Server $Server -DnsOnly -NoHostsFile -ErrorAction Stop) }
        } elseif ($Type -eq 'SRV') {
            @{ v = @(Resolve-DnsName -Name $Name -Type $Type -DnsOnly -NoHostsFile -ErrorAction Stop) }
        } else {
            @{ v = @(Resolve-DnsName -Name $Name -Type $Type -ErrorAction Stop) }
        }
    } catch { @{ x = $_ } }
}
$askPing = {
    param($Address)
    try {
        $ping = New-Object -TypeName System.Net.NetworkInformation.Ping
        @{ v = [string]$ping.Send($Address, 1000).Status }
    } catch { @{ x = $_ } }
}
$askClock = {
    param($Server)
    try {
        $udp = New-Object -TypeName System.Net.Sockets.UdpClient
        try {
            $udp.Connect($Server, 123)
            $udp.Client.ReceiveTimeout = 2000
            $packet = [byte[]](@(0x1B) + @(0) * 47)
            $answer = [byte[]](@(0) * 48)
            $sent = (Get-Date).ToUniversalTime().Ticks
            [void]$udp.Client.Send($packet)
            $got = $udp.Client.Receive($answer)
            $received = (Get-Date).ToUniversalTime().Ticks
            if ($got -lt 48 -or ($answer[0] -band 7) -ne 4 -or $answer[1] -eq 0) { return @{ e = 'unsynchronised' } }
            $sum = -($sent - 599266080000000000) / 1e7 - ($received - 599266080000000000) / 1e7
            foreach ($at in 32, 40) {
                $sum += (($answer[$at] * 256.0 + $answer[$at + 1]) * 256 + $answer[$at + 2]) * 256 + $answer[$at + 3]
                $sum += ((($answer[$at + 4] * 256.0 + $answer[$at + 5]) * 256 + $answer[$at + 6]) * 256 + $answer[$at + 7]) / 4294967296.0
            }
            @{ v = [double]($sum / 2) }
        } finally { $udp.Close() }
    } catch { @{ x = $_ } }
}
# Connects, and binds the KMS interface of the RPC endpoint. Sends no request: nothing is counted or activated.
$askTarget = {
    param($Addresses, $Port, $Bind)
    $first = $null
    foreach ($address in $Addresses) {
        $family = [System.Net.Sockets.AddressFamily]::InterNetwork
        if ($address.Contains(':')) { $family = [System.Net.Sockets.AddressFamily]::InterNetworkV6 }
        $tcp = $null
        $client = New-Object -TypeName System.Net.Sockets.TcpClient -ArgumentList $family
        try {
            $connecting = $client.BeginConnect($address, $Port, $null, $null)
            if ($connecting.AsyncWaitHandle.WaitOne(2500)) {
                $client.EndConnect($connecting)
                $tcp = @{ tcp = 'ok' }
            } else { $tcp = @{ tcp = 'timeout' } }
        } catch { $tcp = @{ x = $_ } }
        if ($null -eq $first) { $first = $tcp }
        if ($tcp['tcp'] -eq 'ok') { break }
        $client.Close()
    }
    if ($tcp['tcp'] -ne 'ok') { return $first }
    if (-not $Bind) { $client.Close(); return $tcp }
    try {
        # bind, one context: KMS 51c82175-844e-4750-b0d8-ec255555bc06 1.0 over NDR 2.0.
        $bytes = [byte[]](
            0x05, 0x00, 0x0b, 0x03, 0x10, 0x00, 0x00, 0x00, 0x48, 0x00, 0x00, 0x00, 0x01, 0x00, 0x00, 0x00,
            0xb8, 0x10, 0xb8, 0x10, 0x00, 0x00, 0x00, 0x00, 0x01, 0x00, 0x00, 0x00, 0x00, 0x00, 0x01, 0x00,
            0x75, 0x21, 0xc8, 0x51, 0x4e, 0x84, 0x50, 0x47, 0xb0, 0xd8, 0xec, 0x25, 0x55, 0x55, 0xbc, 0x06,
            0x01, 0x00, 0x00, 0x00, 0x04, 0x5d, 0x88, 0x8a, 0xeb, 0x1c, 0xc9, 0x11, 0x9f, 0xe8, 0x08, 0x00,
            0x2b, 0x10, 0x48, 0x60, 0x02, 0x00, 0x00, 0x00)
        $stream = $client.GetStream()
        $watch = New-Object -TypeName System.Diagnostics.Stopwatch
        $watch.Start()
        $stream.Write($bytes, 0, 72)
        $buffer = New-Object -TypeName 'System.Byte[]' -ArgumentList 5840
        $got = 0
        $need = 16
        while ($got -lt $need) {
            $stream.ReadTimeout = [int][System.Math]::Max(1, 4000 - $watch.ElapsedMilliseconds)
            $n = $stream.Read($buffer, $got, 5840 - $got)
            if ($n -le 0) { $tcp['bind'] = 'closed'; return $tcp }
            $got += $n
            if ($got -ge 16) {
                $need = $buffer[8] + 256 * $buffer[9]
                if ($buffer[0] -ne 5 -or $need -lt 16 -or $need -gt 5840) { $tcp['bind'] = 'other'; return $tcp }
            }
        }
        $kind = 'other'
        if ($buffer[2] -eq 12 -and $need -ge 28) {
            # The results stand behind the secondary address, at a multiple of four.
            $at = 26 + $buffer[24] + 256 * $buffer[25]
            $at = $at + (4 - $at % 4) % 4
            if ($at + 8 -le $need -and $buffer[$at] -ge 1) {
                $kind = 'rejected'
                if ($buffer[$at + 4] -eq 0 -and $buffer[$at + 5] -eq 0) { $kind = 'ok' }
            }
        } elseif ($buffer[2] -eq 13 -and $need -ge 18 -and $buffer[17] -eq 0 -and $buffer[16] -le 2) { $kind = 'busy' }
        $tcp['bind'] = $kind
    } catch { $tcp['b'] = $_ } finally { $client.Close() }
    $tcp
}
# Event 12290, newest first, for as long as it may take. The fields are one joined text, or elements; generations with
# ten elements and more put another in front. The place of the CMID must hold a GUID, else the layout is not believed.
$askRequests = {
    param($Log, $Filter, $Now, $Days, $Milliseconds)
    $watch = New-Object -TypeName System.Diagnostics.Stopwatch
    $watch.Start()
    $guid = '^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\z'
    $ordinal = [System.StringComparer]::Ordinal
    # By CMID: newest honoured contact, 1 when it needs 25, and by name the newest and the oldest contact.
    $clients = New-Object -TypeName System.Collections.Hashtable
    $failures = New-Object -TypeName System.Collections.Hashtable
    $events = 0
    $garbled = 0
    $complete = 0
    $since = $Now
    $horizon = $Now - $Days * 86400
    try {
        $query = New-Object -TypeName System.Diagnostics.Eventing.Reader.EventLogQuery -ArgumentList $Log, 'LogName', $Filter
        $query.ReverseDirection = $true
        $reader = New-Object -TypeName System.Diagnostics.Eventing.Reader.EventLogReader -ArgumentList $query
        while ($watch.ElapsedMilliseconds -lt $Milliseconds) {
            $entry = $reader.ReadEvent()
            if ($null -eq $entry) { $complete = 1; break }
            $ticks = $entry.TimeCreated.ToUniversalTime().Ticks
            $values = $entry.Properties
            $entry.Dispose()
            $at = ($ticks - $ticks % 10000000 - 621355968000000000) / 10000000
            if ($at -lt $horizon) { $complete = 1; $since = $horizon; break }
            $events++
            $since = $at
            $n = $values.Count
            $f = @()
            if ($n -gt 9) { $f = $values[1].Value, $values[2].Value, $values[3].Value, $values[4].Value }
            elseif ($n -gt 3) { $f = $values[0].Value, $values[1].Value, $values[2].Value, $values[3].Value }
            elseif ($n -gt 0) { $f = ([string]$values[0].Value).Split(',') }
            $cmid = ([string]$f[3]).Trim(' ').ToLowerInvariant()
            $client = $clients[$cmid]
            if ($null -eq $client -and $cmid -cnotmatch $guid) {
                if ($n -gt 3) { $f = ([string]$values[0].Value).Split(',') }
                $cmid = ([string]$f[3]).Trim(' ').ToLowerInvariant()
                if ($cmid -cnotmatch $guid) { $garbled++; continue }
                $client = $clients[$cmid]
            }
            $code = ([string]$f[0]).Trim(' ')
            if ($code -cne '0x0') {
                if ($code -cnotmatch '^0x([0-9A-Fa-f]{1,8})\z') { $garbled++; continue }
                $code = $Matches[1].ToUpperInvariant().PadLeft(8, '0')
                if ($code -ceq '00000000') { $code = '0x0' }
            }
            if ($null -eq $client) {
                $client = @(-1, 0, (New-Object -TypeName System.Collections.Hashtable))
                $clients[$cmid] = $client
            }
            if ($code -ceq '0x0') {
                if ($client[0] -lt 0) { $client[0] = $at }
                if (([string]$f[1]).Trim(' ') -ceq '25') { $client[1] = 1 }
            } else {
                $failure = $failures[$code]
                if ($null -eq $failure) { $failures[$code] = @(1, $at) } else { $failure[0]++ }
            }
            $name = ([string]$f[2]).Trim(' ')
            $use = $client[2][$name]
            if ($null -eq $use) { $client[2][$name] = @($at, $at) } else { $use[1] = $at }
        }

        $honoured = 0
        $wide = 0
        $histogram = @(0) * $Days
        $duplicates = New-Object -TypeName System.Collections.ArrayList
        $duplicateKeys = New-Object -TypeName System.Collections.ArrayList
        foreach ($known in $clients.GetEnumerator()) {
            $client = $known.Value
            if ($client[0] -ge 0) {
                $honoured++
                $wide += $client[1]
                $day = [int][System.Math]::Floor(($Now - $client[0]) / 86400)
                $histogram[[System.Math]::Max(0, [System.Math]::Min($Days - 1, $day))]++
            }
            if ($client[2].Count -lt 2) { continue }
            # Names as DNS compares them, ASCII only. A machine that was renamed stops where its new name starts; those
            # whose times overlap are several.
            $spans = New-Object -TypeName System.Collections.Hashtable
            foreach ($used in $client[2].GetEnumerator()) {
                $name = $used.Key.Trim([char[]]' .')
                if ($name -cnotmatch '[^\x00-\x7f]') { $name = $name.ToLowerInvariant() }
                else { $name = -join @(foreach ($char in $name.ToCharArray()) { if ([int]$char -ge 65 -and [int]$char -le 90) { [char]([int]$char + 32) } else { $char } }) }
                if ($name.Length -eq 0) { continue }
                $span = $spans[$name]
                if ($null -eq $span) { $spans[$name] = @($used.Value[0], $used.Value[1]) }
                else {
                    $span[0] = [System.Math]::Max($span[0], $used.Value[0])
                    $span[1] = [System.Math]::Min($span[1], $used.Value[1])
                }
            }
            $names = @($spans.Keys)
            $starts = @(foreach ($name in $names) { $spans[$name][1].ToString('D12') })
            [System.Array]::Sort($starts, $names, $ordinal)
            $shared = @()
            $end = -1
            for ($i = 0; $i -lt $names.Count; $i++) {
                $span = $spans[$names[$i]]
                if ($end -ge $span[1] -or ($i + 1 -lt $names.Count -and $spans[$names[$i + 1]][1] -le $span[0])) { $shared += (999999999999 - $span[0]).ToString('D12') + $names[$i] }
                $end = [System.Math]::Max($end, $span[0])
            }
            if ($shared.Count -lt 2) { continue }
            [System.Array]::Sort($shared, $ordinal)
            $kept = New-Object -TypeName System.Collections.ArrayList
            foreach ($name in @($shared | Select-Object -First 3)) { [void]$kept.Add($name.Substring(12)) }
            [void]$duplicates.Add(@($known.Key, $shared.Count, $kept))
            [void]$duplicateKeys.Add((99999999 - $shared.Count).ToString('D8') + $known.Key)
        }
        $items = $duplicates.ToArray()
        [System.Array]::Sort($duplicateKeys.ToArray(), $items, $ordinal)
        $codes = @($failures.Keys)
        $codeKeys = @(foreach ($code in $codes) { (99999999 - $failures[$code][0]).ToString('D8') + $code })
        [System.Array]::Sort($codeKeys, $codes, $ordinal)
        $days = $Days
        while ($days -gt 0 -and $histogram[$days - 1] -eq 0) { $days-- }
        @{
            garbled = $garbled
            v = [ordered]@{
                s = $since; ok = $complete; n = $events; c = $honoured; w = $wide
                d = @($histogram | Select-Object -First $days)
                f = @(foreach ($code in @($codes | Select-Object -First 8)) { , @($code, $failures[$code][0], $failures[$code][1]) })
                dup = @($items | Select-Object -First 5)
            }
        }
    } catch { @{ x = $_ } }
}
#: shared/firewall.ps1

# ---- Running probes.
$pool = $null
$hung = @{ any = $false }
$watch = New-Object -TypeName System.Diagnostics.Stopwatch
function Start-Probe([scriptblock]$Block, [object[]]$Arguments) {
    $shell = [powershell]::Create()
    $shell.RunspacePool = $pool
    [void]$shell.AddScript($Block.ToString())
    foreach ($argument in $Arguments) { [void]$shell.AddArgument($argument) }
    @{ shell = $shell; handle = $shell.BeginInvoke() }
}
# A deadline is a reading of the stopwatch; the run's own deadline is part of it.
function Get-Deadline([int]$Limit) { [System.Math]::Min($watch.ElapsedMilliseconds + $Limit, $limits['all']) }
function Receive-Probe($Probe, $Deadline) {
    $left = [int][System.Math]::Max(0, $Deadline - $watch.ElapsedMilliseconds)
    if (-not $Probe['handle'].AsyncWaitHandle.WaitOne($left)) {
        # Stopping may itself hang on a call that cannot be interrupted, so nobody waits for it.
        [void]$Probe['shell'].BeginStop($null, $null)
        $hung['any'] = $true
        return @{ e = 'timeout' }
    }
    try { $answer = $Probe['shell'].EndInvoke($Probe['handle'])[0] } catch { return @{ e = (Get-Code $_) } }
    if ($null -eq $answer) { return @{ e = 'empty' } }
    if ($null -ne $answer['x']) { return @{ e = (Get-Code $answer['x']) } }
    if ($null -ne $answer['missing']) { return @{ e = 'missing' } }
    $answer
}

#: shared/codes.ps1
$dnsCodes = @{
    '8007232B' = 'nxdomain'; '8007251D' = 'nodata'; '800725E5' = 'nodata'; '8007232A' = 'servfail'
    '8007232D' = 'refused'; 'no-command' = 'no-resolver'
}
$tcpCodes = @{ '8007274D' = 'refused'; '80072743' = 'unreachable'; '80072751' = 'unreachable'; '80072742' = 'unreachable' }
function Get-Mapped($Codes, [string]$Code) { if ($Codes.ContainsKey($Code)) { $Codes[$Code] } else { $Code } }

#: shared/values.ps1

#: shared/addresses.ps1
# A network as its bytes and the length of its prefix; texts that are none are left out.
function Get-Networks($Texts) {
    foreach ($text in $Texts) {
        $parts = $text.Split('/')
        $base = Get-AddressBytes $parts[0]
        if ($null -eq $base -or $parts.Count -gt 2) { continue }
        $length = 128
        if ($parts.Count -eq 2) {
            if ($parts[1] -cnotmatch '^[0-9]{1,3}\z') { continue }
            $length = [int]$parts[1]
            if (-not $parts[0].Contains(':')) { $length += 96 }
        }
        if ($length -le 128) { @{ base = $base; length = $length } }
    }
}
function Test-AnyNetwork($Bytes, $Networks) {
    foreach ($network in $Networks) {
        $base = $network['base']
        $inside = $true
        for ($left = $network['length']; $inside -and $left -gt 0; $left -= 8) {
            $at = ($network['length'] - $left) / 8
            $mask = 255
            if ($left -lt 8) { $mask = 256 - [int][System.Math]::Pow(2, 8 - $left) }
            $inside = ($Bytes[$at] -band $mask) -eq ($base[$at] -band $mask)
        }
        if ($inside) { return $true }
    }
    $false
}
$amazon = @(Get-Networks @('169.254.169.250', '169.254.169.251', 'fd00:ec2::250'))
$never = @(Get-Networks @('0.0.0.0/8', '127.0.0.0/8', '169.254.0.0/16', '224.0.0.0/3', '::/127', 'fe80::/10', 'ff00::/8'))
$private = @(Get-Networks @('10.0.0.0/8', '100.64.0.0/10', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'))
function Test-Ours([string]$Name, [string]$Address) {
    $bytes = Get-AddressBytes $Address
    if ($null -eq $bytes) { return $false }
    if (Test-AnyNetwork $bytes $amazon) { return $true }
    if (Test-AnyNetwork $bytes $never) { return $false }
    ($known -ccontains $Name) -or (Test-AnyNetwork $bytes $private) -or (Test-AnyNetwork $bytes $knownNetworks)
}

#: shared/line.ps1
function Add-Cut([string]$Key, [int]$Count) {
    if ($Count -le 0) { return }
    if ($null -eq $record['cut']) { $record['cut'] = [ordered]@{} }
    $record['cut'][$Key] = $Count + [int]$record['cut'][$Key]
}
function Limit-List($List, [int]$Max) {
    $over = $List.Count - $Max
    if ($over -gt 0) { $List.RemoveRange($Max, $over); $over } else { 0 }
}
# An answer points to its target by index; where the target goes, its name takes the index's place.
function Limit-Targets([int]$Max) {
    $targets = $record['tgt']
    if ($null -eq $targets -or $targets.Count -le $Max) { return 0 }
    foreach ($entry in @($record['srv'])) {
        if ($null -eq $entry -or $null -eq $entry['a']) { continue }
        foreach ($answer in $entry['a']) {
            if ($answer[3] -isnot [string] -and $answer[3] -ge $Max) { $answer[3] = $targets[$answer[3]]['n'] }
        }
    }
    Limit-List $targets $Max
}
function Limit-Answers([int]$Max) {
    foreach ($entry in @($record['srv'])) {
        if ($null -ne $entry -and $null -ne $entry['a']) { Add-Cut 'srv' (Limit-List $entry['a'] $Max) }
    }
}
function Limit-Domains([int]$Max) {
    $asked = 0
    $searched = 0
    if ($null -ne $record['srv']) { $asked = Limit-List $record['srv'] $Max }
    if ($null -ne $record['net']) { $searched = Limit-List $record['net']['list'] $Max }
    Add-Cut 'dom' ([System.Math]::Max($asked, $searched))
}
function Limit-Names([int]$Max) {
    if ($null -eq $record['req']) { return }
    foreach ($duplicate in $record['req']['dup']) { Add-Cut 'dup' (Limit-List $duplicate[2] $Max) }
}

# The last resort, for a record that no machine should have: texts of at most $Room bytes and lists of at most $Max.
# Formats of fixed length stay, and where a machine is sent and what its attempts met is shortened last. Lists whose
# places have a meaning, and those with a limit of their own, stay whole.
$count = @{ short = 0 }
$fixed = 'id', 'app', 'key', 'why', 'cmid', 'err', 'cut', 'host', 'req'
$assignments = 'kms', 'look', 'evt'
$whole = 'a[]', 'q[]', 'r', 'rt[]', 'clk', 'kms', 'disc', 'spp', 'srv', 'a', 'tgt', 'q'
function Get-Short($Value, [int]$Room, [int]$Max, [string]$Key) {
    if ($null -eq $Value -or $fixed -ccontains $Key) { return , $Value }
    if ($Room -gt 24 -and $assignments -ccontains $Key) { return , $Value }
    if ($Value -is [string]) {
        if ((Get-Escaped $Value).Length -le $Room) { return $Value }
        $count['short']++
        $kept = $Value.Substring(0, [System.Math]::Min($Value.Length, $Room))
        while ((Get-Escaped $kept).Length -gt $Room) { $kept = $kept.Substring(0, $kept.Length - 1) }
        return $kept
    }
    if ($Value -is [System.Collections.IDictionary]) {
        $copy = [ordered]@{}
        foreach ($entry in @($Value.GetEnumerator())) { $copy[$entry.Key] = Get-Short $entry.Value $Room $Max $entry.Key }
        return $copy
    }
    if ($Value -is [System.Collections.IEnumerable]) {
        $list = New-Object -TypeName System.Collections.ArrayList
        $most = $Max
        if ($Key -ceq 'prod') { $most = [System.Math]::Max(6, $Max) }
        if ($whole -ccontains $Key) { $most = $Value.Count }
        foreach ($item in $Value) {
            if ($list.Count -ge $most) { $count['short']++; continue }
            [void]$list.Add((Get-Short $item $Room $Max ($Key + '[]')))
        }
        return , $list
    }
    $Value
}
function Limit-Texts([int]$Room, [int]$Max) {
    $count['short'] = 0
    foreach ($key in @($record.Keys)) { $record[$key] = Get-Short $record[$key] $Room $Max $key }
    Add-Cut 'txt' $count['short']
}
function Limit-Network([int]$Answers, [int]$Targets, [int]$Domains, [int]$Lists) {
    Limit-Answers $Answers
    Add-Cut 'tgt' (Limit-Targets $Targets)
    Limit-Domains $Domains
    Limit-Texts 1000 $Lists
}
function Limit-Parts($Keys) {
    foreach ($key in $Keys) { if ($null -ne $record[$key]) { $record[$key] = $null; Add-Cut 'txt' 1 } }
}
function Limit-ToCore {
    Limit-Texts 12 2
    if ($null -ne $record['prod']) { Add-Cut 'txt' (Limit-List $record['prod'] 2) }
}
# The first five are the agreed order.
$ladder = @(
    { Limit-Answers 4 }, { Add-Cut 'tgt' (Limit-Targets 8) }, { Limit-Domains 6 }, { Limit-Names 1 }, { Limit-Names 0 },
    { Limit-Network 3 6 4 6 }, { Limit-Network 2 4 3 4 }, { Limit-Network 1 3 2 3 },
    { Limit-Texts 100 3 }, { Limit-Texts 48 3 }, { Limit-Texts 32 3 },
    { Limit-Parts @('net', 'dns', 'srv') }, { Limit-Parts @('reg', 'tgt', 'rt') },
    { Limit-Texts 24 3 }, { Limit-Texts 16 3 }, { Limit-ToCore }
)
function Get-Packed([string]$Json) {
    $memory = New-Object -TypeName System.IO.MemoryStream
    $gzip = New-Object -TypeName System.IO.Compression.GZipStream -ArgumentList $memory, ([System.IO.Compression.CompressionMode]::Compress)
    $bytes = [System.Text.Encoding]::ASCII.GetBytes($Json)
    $gzip.Write($bytes, 0, $bytes.Length)
    $gzip.Close()
    [System.Convert]::ToBase64String($memory.ToArray())
}
function Get-Line {
    foreach ($step in $ladder) {
        $json = Get-Json $record
        if (8 + $json.Length + 2 -le $lineBytes) { return 'KMSBOT1 ' + $json }
        if ($json.Length -le $packBound) {
            $packed = Get-Packed $json
            if (9 + $packed.Length + 2 -le $lineBytes) { return 'KMSBOT1Z ' + $packed }
        }
        & $step
    }
    'KMSBOT1 ' + (Get-Json $record)
}

# ---- Reading answers into the record. A part that fails leaves its key null and its code in err.
function Set-Part([string]$Key, [scriptblock]$Block) {
    try { & $Block } catch { $failed[$Key] = Get-Code $_ }
}
function Test-Answer([string]$Key, $Answer) {
    if ($null -eq $Answer['e']) { return $true }
    if (-not $failed.ContainsKey($Key)) { $failed[$Key] = $Answer['e'] }
    $false
}
function Get-Key([string]$Path) {
    try { Get-ItemProperty -LiteralPath $Path -ErrorAction Stop }
    catch [System.Management.Automation.ItemNotFoundException] { $null }
}
#: shared/products.ps1
#: shared/events.ps1
function Read-Event([string]$Text) {
    $xml = [xml]$Text
    $fields = @(Get-EventFields $xml)
    $time = [System.Xml.XmlConvert]::ToDateTime($xml.Event.System.TimeCreated.SystemTime, [System.Xml.XmlDateTimeSerializationMode]::Utc)
    $id = $xml.Event.System.EventID
    if ($id -isnot [string]) { $id = $id.InnerText }
    $hex = $null
    $flags = $null
    if ($fields.Count -gt 2) { $hex = Get-Hex $fields[0]; $flags = Get-Hex $fields[1] }
    $good = $null -ne $hex -and ($id -ceq '12288' -or ($null -ne $flags -and $fields.Count -gt 4))
    @{ id = $id; number = Get-Number $xml.Event.System.EventRecordID; at = Get-UnixTime $time; hex = $hex; flags = $flags; fields = $fields; good = $good }
}
# The newest attempt: requests that follow one another within two minutes, with no response in between.
function Get-Attempts($Events) {
    $requests = New-Object -TypeName System.Collections.ArrayList
    $response = $null
    $last = $null
    $open = $true
    foreach ($entry in $Events) {
        if ($entry['id'] -ceq '12289') {
            if ($null -eq $response) {
                $response = @($entry['at'], $entry['hex'], $entry['flags'], (Get-Number $entry['fields'][2]), (Get-Number $entry['fields'][4]))
            }
            if ($requests.Count -gt 0) { $open = $false }
        } elseif ($open -and ($null -eq $last -or $last - $entry['at'] -le 120)) {
            [void]$requests.Add(@($entry['at'], $entry['hex'], (Get-Lower $entry['fields'][2])))
            $last = $entry['at']
        } else { $open = $false }
    }
    [ordered]@{ q = $requests; r = $response }
}
function Get-Publishing($Events) {
    $publishing = [ordered]@{ ok = $null; no = $null }
    foreach ($text in $Events) {
        $entry = $null
        try { $entry = Read-Event $text } catch { $failed['pub'] = 'garbled'; continue }
        $fields = $entry['fields']
        $code = Get-Hex $fields[0]
        if ($entry['id'] -ceq '12294') { $publishing['ok'] = @($entry['at'], (Get-HostName $fields[-1])) }
        elseif ($null -ne $code) { $publishing['no'] = @($entry['at'], $code, (Get-HostName $fields[1])) }
        else { $failed['pub'] = 'garbled' }
    }
    $publishing
}
function Get-Suffixes {
    $tcpip = Get-Key $keys['tcpip']
    $policy = Get-Key $keys['policy']
    $primary = ''
    $search = ''
    foreach ($source in $tcpip, $policy) {
        if ($null -eq $source) { continue }
        foreach ($value in $source.Domain, $source.PrimaryDnsSuffix, $source.'NV PrimaryDnsSuffix') {
            if ((Get-HostName $value) -ne '') { $primary = Get-HostName $value }
        }
        if ((Get-Trimmed $source.SearchList) -ne '') { $search = Get-Text $source.SearchList }
    }
    $list = New-Object -TypeName System.Collections.ArrayList
    foreach ($part in $search.Split(',')) {
        $suffix = Get-HostName $part
        if ($suffix -ne '' -and -not $list.Contains($suffix)) { [void]$list.Add($suffix) }
    }
    @{ primary = $primary; list = $list; host = Get-Text $tcpip.Hostname }
}

# ---- The parts.
function Set-LocalParts($Answers) {
    Set-Part 'os' {
        $computer = @($Answers['computer']['v'])
        if ($computer.Count -gt 0 -and $null -ne $computer[0]) { $facts['domain'] = $computer[0] }
        if (-not (Test-Answer 'os' $Answers['os']) -or -not (Test-Answer 'os' $Answers['computer'])) { return }
        $os = $Answers['os']['v'][0]
        if ($null -eq $os -or $null -eq $facts['domain']) { $failed['os'] = 'missing'; return }
        $windows = Get-Key $keys['windows']
        $build = Get-Text $os.BuildNumber
        if ($null -ne $windows.UBR) { $build += '.' + (Get-Number $windows.UBR).ToString($invariant) }
        $record['os'] = [ordered]@{
            b = $build; ed = Get-Text $windows.EditionID; sku = Get-Number $os.OperatingSystemSKU
            pt = Get-Number $os.ProductType; ui = [string]@(Get-Items $os.MUILanguages)[0]
            role = Get-Number $facts['domain'].DomainRole
        }
    }
    Set-Part 'svc' {
        if (-not (Test-Answer 'svc' $Answers['svc'])) { return }
        $row = $Answers['svc']['v'][0]
        if ($null -eq $row) { $failed['svc'] = 'missing'; return }
        $service = [ordered]@{
            ver = Get-Text $row.Version; cmid = Get-Guid $row.ClientMachineID
            host = [int]((Get-Number $row.IsKeyManagementServiceMachine) -ne 0)
            cache = [int]($row.KeyManagementServiceHostCaching -eq $true)
            rearm = Get-Number $row.RemainingWindowsReArmCount
        }
        $assigned = Get-Assigned $row
        if ($null -ne $assigned) { $service['kms'] = $assigned }
        $lookup = Get-HostName $row.KeyManagementServiceLookupDomain
        if ($lookup -ne '') { $service['look'] = $lookup }
        $record['svc'] = $service
    }
    Set-Part 'prod' {
        if (-not (Test-Answer 'prod' $Answers['prod'])) { return }
        # Add-ons such as extended security updates never decide about Windows.
        $products = @(foreach ($row in $Answers['prod']['v']) {
            $product = Get-Product $row
            if ($product['app'] -cne 'w' -or $row.LicenseIsAddon -ne $true) { $product } })
        $record['prod'] = Get-Ordered $products @(foreach ($product in $products) { Get-ProductKey $product })
    }
    Set-Part 'spp' {
        if (-not (Test-Answer 'spp' $Answers['spp'])) { return }
        $row = $Answers['spp']['v'][0]
        if ($null -eq $row) { $failed['spp'] = 'missing'; return }
        $record['spp'] = @((Get-Text $row.State), (Get-Text $row.StartMode))
    }
    Set-Part 'reg' {
        $spp = Get-Key $keys['spp']
        if ($null -eq $spp) { $failed['reg'] = 'missing'; return }
        $quiet = $null
        if ($null -ne $spp.DisableDnsPublishing) { $quiet = Get-Number $spp.DisableDnsPublishing }
        $facts['port'] = Get-Number $spp.KeyManagementServiceListeningPort
        $record['reg'] = [ordered]@{
            skip = Get-Number $spp.SkipRearm; nopub = $quiet; list = New-List (Get-Items $spp.DnsDomainPublishList)
        }
    }
    Set-Part 'net' { $facts['suffixes'] = Get-Suffixes }
    Set-Part 'net' {
        if (-not (Test-Answer 'net' $Answers['net']) -or $null -eq $facts['suffixes']) { return }
        $adapters = New-Object -TypeName System.Collections.ArrayList
        foreach ($row in $Answers['net']['v']) {
            [void]$adapters.Add([ordered]@{
                ip = New-List @(Get-Items $row.IPAddress | ForEach-Object { Get-Lower $_ })
                gw = New-List @(Get-Items $row.DefaultIPGateway | ForEach-Object { Get-Lower $_ })
                dns = New-List @(Get-Items $row.DNSServerSearchOrder | ForEach-Object { Get-Lower $_ })
                sfx = Get-HostName $row.DNSDomain
            })
        }
        $record['net'] = [ordered]@{ if = $adapters; sfx = $facts['suffixes']['primary']; list = $facts['suffixes']['list'] }
    }
    Set-Part 'evt' {
        if (-not (Test-Answer 'evt' $Answers['evt'])) { return }
        $events = @(foreach ($text in $Answers['evt']['v']) {
            $entry = $null
            try { $entry = Read-Event $text } catch { $entry = @{ good = $false } }
            if ($entry['good']) { $entry } else { $failed['evt'] = 'garbled' } })
        $newest = Get-Ordered $events @(foreach ($entry in $events) { (999999999999 - $entry['number']).ToString('D12', $invariant) })
        $record['evt'] = Get-Attempts $newest
    }
    Set-Part 'rt' {
        if (-not (Test-Answer 'rt' $Answers['rt'])) { return }
        $routes = New-Object -TypeName System.Collections.ArrayList
        foreach ($row in $Answers['rt']['v']) {
            [void]$routes.Add(@((Get-Text $row.Destination), (Get-Text $row.NextHop), (Get-Number $row.InterfaceIndex), (Get-Number $row.Metric1)))
        }
        $record['rt'] = $routes
    }
    $record['name'] = Get-Text $facts['domain'].Name
    if ($record['name'] -eq '' -and $null -ne $facts['suffixes']) { $record['name'] = $facts['suffixes']['host'] }
}
function Get-Domains {
    $domains = New-Object -TypeName System.Collections.ArrayList
    $found = @(
        if ($null -ne $record['svc']) { $record['svc']['look'] }
        foreach ($product in @($record['prod'])) { if ($null -ne $product) { $product['look'] } }
        if ($null -ne $facts['suffixes']) { $facts['suffixes']['primary'] }
        $facts['ad']
        if ($null -ne $record['net']) { foreach ($adapter in $record['net']['if']) { $adapter['sfx'] } }
        if ($null -ne $facts['suffixes']) { $facts['suffixes']['list'] }
    )
    foreach ($domain in $found) {
        if ((Get-Text $domain) -ne '' -and -not $domains.Contains($domain)) { [void]$domains.Add($domain) }
    }
    Add-Cut 'dom' (Limit-List $domains $maxDomains)
    , $domains
}
function Get-DnsServers {
    $servers = New-Object -TypeName System.Collections.ArrayList
    foreach ($adapter in $record['net']['if']) {
        foreach ($server in $adapter['dns']) { if (-not $servers.Contains($server)) { [void]$servers.Add($server) } }
    }
    [void](Limit-List $servers 6)
    , $servers
}
# SRV answers in the order a client prefers them; the resolver's own order is random.
function Get-Services($Answer) {
    $found = @(foreach ($row in $Answer['v']) {
        if ([string]$row.Type -ceq 'SRV') {
            , @((Get-Number $row.Priority), (Get-Number $row.Weight), (Get-Number $row.Port), (Get-HostName $row.NameTarget))
        } })
    $sortKeys = @(foreach ($row in $found) {
        $row[0].ToString('D5', $invariant) + (65535 - $row[1]).ToString('D5', $invariant) + $row[3] + ':' + $row[2].ToString('D5', $invariant) })
    $services = Get-Ordered $found $sortKeys
    for ($i = $services.Count - 1; $i -gt 0; $i--) {
        if ((Get-Json $services[$i]) -ceq (Get-Json $services[$i - 1])) { $services.RemoveAt($i) }
    }
    , $services
}
function Set-NetworkParts {
    $deadline = Get-Deadline $limits['net']
    $domains = Get-Domains
    $asked = @(foreach ($domain in $domains) {
        if (Test-DnsName $domain) { Start-Probe $askResolver @(('_vlmcs._tcp.' + $domain + '.'), 'SRV', '') } else { @{ invalid = $true } } })
    $servers = @()
    if ($null -ne $record['net']) { $servers = Get-DnsServers } else { $failed['dns'] = 'no-net' }
    $query = 'localhost.'
    foreach ($domain in $domains) { if (Test-DnsName $domain) { $query = '_vlmcs._tcp.' + $domain + '.'; break } }
    $queried = @(foreach ($server in $servers) { Start-Probe $askResolver @($query, 'SRV', $server) })
    $pinged = @(foreach ($server in $servers) { Start-Probe $askPing @($server) })
    $clocks = @('169.254.169.123')
    if (Test-DnsName $facts['ad']) { $clocks += $facts['ad'] }
    $timed = @(foreach ($clock in $clocks) { Start-Probe $askClock @($clock) })

    Set-Part 'srv' {
        $services = New-Object -TypeName System.Collections.ArrayList
        for ($i = 0; $i -lt $domains.Count; $i++) {
            $entry = [ordered]@{ d = $domains[$i] }
            if ($asked[$i].ContainsKey('invalid')) { $entry['e'] = 'invalid-name' }
            else {
                $answer = Receive-Probe $asked[$i] $deadline
                if ($null -ne $answer['e']) { $entry['e'] = Get-Mapped $dnsCodes $answer['e'] }
                else {
                    $entry['a'] = Get-Services $answer
                    if ($entry['a'].Count -eq 0) { $entry.Remove('a'); $entry['e'] = 'nodata' }
                }
            }
            [void]$services.Add($entry)
        }
        $record['srv'] = $services
    }
    if ($null -ne $record['net']) {
        Set-Part 'dns' {
            $answers = New-Object -TypeName System.Collections.ArrayList
            for ($i = 0; $i -lt $servers.Count; $i++) {
                $answer = Receive-Probe $queried[$i] $deadline
                $state = 'ok'
                if ($null -ne $answer['e']) { $state = Get-Mapped $dnsCodes $answer['e'] }
                if ('nxdomain', 'nodata', 'refused' -ccontains $state) { $state = 'ok' }
                $echo = Receive-Probe $pinged[$i] $deadline
                [void]$answers.Add([ordered]@{ ip = $servers[$i]; q = $state; ping = [int]($echo['v'] -ceq 'Success') })
            }
            $record['dns'] = $answers
        }
    }
    Set-Part 'clk' {
        for ($i = 0; $i -lt $clocks.Count; $i++) {
            $answer = Receive-Probe $timed[$i] $deadline
            if ($null -eq $answer['e'] -and $null -eq $record['clk']) {
                $record['clk'] = @([long][System.Math]::Floor(0.5 - $answer['v']), $clocks[$i])
            } elseif ($null -ne $answer['e'] -and -not $failed.ContainsKey('clk')) { $failed['clk'] = $answer['e'] }
        }
        if ($null -ne $record['clk']) { $failed.Remove('clk') }
    }
}
function Add-Target($Targets, [string]$Name, $Port, [string]$By) {
    if ($Port -eq 0) { $Port = $kmsPort }
    for ($i = 0; $i -lt $Targets.Count; $i++) {
        if ($Targets[$i]['n'] -ceq $Name -and $Targets[$i]['p'] -eq $Port) {
            if (-not $Targets[$i]['by'].Contains($By)) { $Targets[$i]['by'] += $By }
            return $i
        }
    }
    $Targets.Add([ordered]@{ n = $Name; p = $Port; by = $By })
}
# Those a client would go to first come first: assigned, Amazon's, from DNS, remembered.
function Get-Targets {
    $targets = New-Object -TypeName System.Collections.ArrayList
    foreach ($owner in @($record['prod']) + @($record['svc'])) {
        if ($null -ne $owner -and $null -ne $owner['kms']) { [void](Add-Target $targets $owner['kms'][0] $owner['kms'][1] 'a') }
    }
    if ($null -ne $record['aws'] -and $record['aws']['bp'].Count -gt 0) {
        foreach ($address in '169.254.169.250', '169.254.169.251') { [void](Add-Target $targets $address $kmsPort 'z') }
    }
    foreach ($entry in @($record['srv'])) {
        if ($null -eq $entry -or $null -eq $entry['a']) { continue }
        foreach ($answer in $entry['a']) { $answer[3] = Add-Target $targets $answer[3] $answer[2] 's' }
    }
    foreach ($product in @($record['prod'])) {
        if ($null -ne $product -and $null -ne $product['disc']) { [void](Add-Target $targets $product['disc'][0] $product['disc'][1] 'd') }
    }
    , $targets
}
function Set-Addresses($Targets, $Deadline) {
    $asked = @(foreach ($target in $Targets) {
        $literal = $target['n'].Trim([char[]]'[]')
        if ($null -ne (Get-AddressBytes $literal)) { $target['ip'] = New-List @($literal); @{ known = $true } }
        elseif (Test-DnsName $target['n']) { Start-Probe $askResolver @($target['n'], 'A_AAAA', '') }
        else { $target['e'] = 'invalid-name'; @{ known = $true } } })
    for ($i = 0; $i -lt $Targets.Count; $i++) {
        if ($asked[$i].ContainsKey('known')) { continue }
        $answer = Receive-Probe $asked[$i] $Deadline
        if ($null -ne $answer['e']) { $Targets[$i]['e'] = Get-Mapped $dnsCodes $answer['e']; continue }
        $addresses = New-Object -TypeName System.Collections.ArrayList
        foreach ($type in 'A', 'AAAA') {
            foreach ($row in $answer['v']) {
                if ([string]$row.Type -cne $type) { continue }
                $address = Get-Lower $row.IPAddress
                if ($addresses.Count -lt 8 -and -not $addresses.Contains($address)) { [void]$addresses.Add($address) }
            }
        }
        if ($addresses.Count -gt 0) { $Targets[$i]['ip'] = $addresses } else { $Targets[$i]['e'] = 'nodata' }
    }
}
function Set-Connection($Into, $Answer) {
    if ($null -ne $Answer['e']) { $Into['tcp'] = Get-Mapped $tcpCodes $Answer['e'] } else { $Into['tcp'] = $Answer['tcp'] }
    if ($null -ne $Answer['bind']) { $Into['bind'] = $Answer['bind'] }
    elseif ($null -ne $Answer['b']) {
        # A reset or an aborted connection is an answer of its own; so is none within the time.
        $code = Get-Code $Answer['b']
        if ('80072746', '80072745' -ccontains $code) { $code = 'closed' } elseif ($code -ceq 'timeout') { $code = 'silent' }
        $Into['bind'] = $code
    }
}
function Set-Reach($Targets, [bool]$Bind, $Deadline) {
    $asked = @(foreach ($target in $Targets) {
        $addresses = @(foreach ($address in @($target['ip'])) {
            if ($null -ne $address -and (Test-Ours $target['n'] $address)) { $address } })
        if ($addresses.Count -gt 0) {
            Start-Probe $askTarget @(@($addresses | Select-Object -First 4), $target['p'], $Bind)
        } else { @{ none = $true } } })
    for ($i = 0; $i -lt $Targets.Count; $i++) {
        if ($asked[$i].ContainsKey('none')) {
            if ($null -ne $Targets[$i]['ip']) { $Targets[$i]['skip'] = 'not-ours' }
            continue
        }
        Set-Connection $Targets[$i] (Receive-Probe $asked[$i] $Deadline)
    }
}
function Set-TargetParts([bool]$Bind) {
    Set-Part 'tgt' {
        $targets = Get-Targets
        $record['tgt'] = $targets
        Add-Cut 'tgt' (Limit-Targets $maxTargets)
        Set-Addresses $targets (Get-Deadline $limits['name'])
        Set-Reach $targets $Bind (Get-Deadline $limits['reach'])
    }
}

# ---- The host half: only where a KMS host key is installed, beside the other parts.
function Test-HostKey {
    if ($null -ne $record['svc'] -and $record['svc']['host'] -eq 1) { return $true }
    foreach ($product in @($record['prod'])) {
        if ($null -ne $product -and $product['ch'] -cmatch '^VOLUME_KMS(?!CLIENT)') { return $true }
    }
    $false
}
function Start-HostProbes {
    # The keys stand before what failed.
    $record.Remove('err')
    foreach ($key in 'host', 'fw', 'req', 'pub', 'err') { $record[$key] = $null }
    @{
        role = Start-Probe $askCim @($hostQueries, 12, 'root\cimv2'); until = Get-Deadline 12000
        req = Start-Probe $askRequests @('Key Management Service', $requestEvents, $record['at'], $requestDays, $requestReading)
        pub = Start-Probe $askEvents @('Application', $publishingEvents); requestsUntil = Get-Deadline $limits['requests']
    }
}
function Set-HostRole($Probes) {
    $port = $facts['port']
    Set-Part 'host' {
        $answer = Receive-Probe $Probes['role'] $Probes['until']
        if (-not (Test-Answer 'host' $answer)) { return }
        $row = $answer['v'][0]
        if ($null -eq $row) { $failed['host'] = 'missing'; return }
        $port = Get-Number $row.KeyManagementServiceListeningPort
        if ($port -eq 0) { $port = $kmsPort }
        $record['host'] = [ordered]@{
            n = Get-Number $row.KeyManagementServiceCurrentCount; need = Get-Number $row.RequiredClientCount
            rq = @(
                (Get-Number $row.KeyManagementServiceTotalRequests), (Get-Number $row.KeyManagementServiceFailedRequests),
                (Get-Number $row.KeyManagementServiceUnlicensedRequests), (Get-Number $row.KeyManagementServiceLicensedRequests),
                (Get-Number $row.KeyManagementServiceOOBGraceRequests), (Get-Number $row.KeyManagementServiceOOTGraceRequests),
                (Get-Number $row.KeyManagementServiceNonGenuineGraceRequests),
                (Get-Number $row.KeyManagementServiceNotificationRequests))
            iv = @((Get-Number $row.VLActivationInterval), (Get-Number $row.VLRenewalInterval)); p = $port
            pub = [int]($row.KeyManagementServiceDnsPublishing -eq $true)
            low = [int]($row.KeyManagementServiceLowPriority -eq $true)
        }
        $Probes['own'] = Start-Probe $askTarget @(@('127.0.0.1'), $port, $true)
    }
    if ($null -ne $record['host']) { $port = $record['host']['p'] } elseif ($port -eq 0) { $port = $kmsPort }
    $Probes['fw'] = Start-Probe $askFirewall @($keys['firewall'], $keys['firewallPolicy'], $port)
    $Probes['net'] = Start-Probe $askCim @($networkQueries, 5, 'root\StandardCimv2')
    $Probes['ownUntil'] = Get-Deadline 8000
}
function Set-HostParts($Probes) {
    Set-Part 'host' {
        if ($null -eq $Probes['own']) { return }
        $answer = Receive-Probe $Probes['own'] $Probes['ownUntil']
        # Out of time is not the same as a connection that timed out: then nothing is said.
        if ($answer['e'] -cne 'timeout') { Set-Connection $record['host'] $answer }
    }
    Set-Part 'fw' {
        $answer = Receive-Probe $Probes['fw'] $Probes['ownUntil']
        $network = Receive-Probe $Probes['net'] $Probes['ownUntil']
        if (-not (Test-Answer 'fw' $answer)) { return }
        $record['fw'] = $answer['v']
        $active = ''
        foreach ($row in @($network['v'])) {
            $letter = @{ 0 = 'u'; 1 = 'p'; 2 = 'd' }[[int](Get-Number $row.NetworkCategory)]
            if ($null -ne $row -and $null -ne $letter -and -not $active.Contains($letter)) { $active += $letter }
        }
        if ($active.Length -eq 1) { $record['fw']['a'] = $active }
    }
    Set-Part 'pub' {
        $answer = Receive-Probe $Probes['pub'] $Probes['requestsUntil']
        if (Test-Answer 'pub' $answer) { $record['pub'] = Get-Publishing $answer['v'] }
    }
    Set-Part 'req' {
        $answer = Receive-Probe $Probes['req'] $Probes['requestsUntil']
        if (-not (Test-Answer 'req' $answer)) { return }
        $record['req'] = $answer['v']
        if ($answer['garbled'] -gt 0) { $failed['req'] = 'garbled' }
    }
}

# ---- The run.
function Get-NodeId {
    foreach ($id in $env:AWS_SSM_INSTANCE_ID, $env:SSM_INSTANCE_ID) { if ((Get-Text $id) -ne '') { return [string]$id } }
    if ($null -ne $facts['meta']) { $facts['meta']['id'] } else { '' }
}
function Get-Delay([string]$Id, [int]$Jitter) {
    if ($Jitter -le 0) { return 0 }
    $hash = 0
    foreach ($char in $Id.ToCharArray()) { $hash = ($hash * 31 + [int]$char) % 1000003 }
    $hash % [System.Math]::Min($Jitter, $maxJitter)
}
if ($encoded -cnotmatch '^[A-Za-z0-9+/=]*\z') { exit 20 }
try {
    $options = ConvertFrom-Json -InputObject ([System.Text.Encoding]::UTF8.GetString([System.Convert]::FromBase64String($encoded)))
    $jitter = [int](Get-Number $options.jitter)
    $known = @(foreach ($item in @(Get-Items $options.known)) { Get-HostName $item })
    $knownNetworks = @(Get-Networks $known)
    $bindFrom = @(Get-Items $options.bind)
} catch { exit 21 }
$exitCode = 0
try {
    $pool = [runspacefactory]::CreateRunspacePool(1, 64)
    $pool.Open()
    $failed = @{}
    $facts = @{ domain = $null; suffixes = $null; meta = $null; ad = ''; port = 0 }
    $record = [ordered]@{
        v = 1; at = Get-UnixTime (Get-Date); name = ''; os = $null; aws = $null; svc = $null; prod = $null; spp = $null
        reg = $null; net = $null; dns = $null; srv = $null; tgt = $null; clk = $null; evt = $null; rt = $null; err = $null
    }
    $watch.Start()
    Set-Part 'aws' {
        $answer = Receive-Probe (Start-Probe $askMetadata @()) (Get-Deadline $limits['meta'])
        if (-not (Test-Answer 'aws' $answer)) { return }
        $facts['meta'] = $answer['v']
        $record['aws'] = [ordered]@{ ami = $answer['v']['ami']; vpc = $answer['v']['vpc']; bp = New-List (Get-Items $answer['v']['bp']) }
    }
    $node = Get-NodeId
    Start-Sleep -Seconds (Get-Delay $node $jitter)
    $watch.Reset()
    $watch.Start()

    $deadline = Get-Deadline $limits['local']
    $running = @{ evt = Start-Probe $askEvents @('Application', $clientEvents) }
    foreach ($key in @($queries.Keys)) { $running[$key] = Start-Probe $askCim @($queries[$key], 12, 'root\cimv2') }
    $answers = @{}
    foreach ($key in @($running.Keys)) { $answers[$key] = Receive-Probe $running[$key] $deadline }
    Set-LocalParts $answers
    if ($null -ne $facts['domain'] -and 0, 2 -notcontains (Get-Number $facts['domain'].DomainRole)) { $facts['ad'] = Get-HostName $facts['domain'].Domain }
    $ownProbes = $null
    if (Test-HostKey) { $ownProbes = Start-HostProbes }
    Set-NetworkParts
    if ($null -ne $ownProbes) { Set-HostRole $ownProbes }
    Set-TargetParts ($bindFrom -ccontains 'all' -or $bindFrom -ccontains $node)
    if ($null -ne $ownProbes) { Set-HostParts $ownProbes }

    $record['err'] = [ordered]@{}
    foreach ($key in @($record.Keys)) { if ($failed.ContainsKey($key)) { $record['err'][$key] = [string]$failed[$key] } }
    # The console's own writer: the pipeline would break a long line at the width of a window that is not there.
    [System.Console]::Out.Write((Get-Line) + "`r`n")
    [System.Console]::Out.Flush()
} catch {
    [System.Console]::Error.WriteLine((Get-Code $_) + ' at line ' + $_.InvocationInfo.ScriptLineNumber.ToString($invariant))
    [System.Console]::Error.Flush()
    $exitCode = 29
}
# The thread of a probe that hangs would keep the process alive; everything is printed, so nothing is lost with it.
if ($hung['any']) { [environment]::Exit($exitCode) }
exit $exitCode
