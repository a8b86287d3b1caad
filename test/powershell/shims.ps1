# What stands between a document and the system: every question is answered from the table of one lab machine, as
# Windows would answer it, in simulated time. A question that is not in the table is refused and reported.
# $Lab: table, slept (seconds), refused (texts), without (commands this Windows lacks). [LabTime]: simulated milliseconds.

if ($Lab.culture) {
    [System.Threading.Thread]::CurrentThread.CurrentCulture = $Lab.culture
    [System.Threading.Thread]::CurrentThread.CurrentUICulture = $Lab.culture
}

function Stop-Refused([string]$Question) {
    [void]$Lab.refused.Add($Question)
    throw "not in the table: $Question"
}
function Get-Answer([string]$Kind, [string]$Question) {
    if ($Lab.live) { return , (Get-LiveAnswer $Kind $Question) }
    $answers = $Lab.table[$Kind]
    if ($null -eq $answers -or -not $answers.ContainsKey($Question)) { Stop-Refused "$Kind $Question" }
    , $answers[$Question]
}
# A question to the simulated machine as it is now: a line out, a line in.
function Request-Machine([string]$Name, [object[]]$Arguments) {
    $Lab.out.WriteLine((@{ ask = $Name; args = $Arguments } | ConvertTo-Json -Compress -Depth 8 -EscapeHandling EscapeNonAscii))
    $Lab.out.Flush()
    $dates = $Lab.dates
    $reply = [Console]::In.ReadLine() | ConvertFrom-Json -AsHashtable -Depth 30 @dates
    if ($reply['halves']) { $reply = [LabHalves]::Restore($reply) }
    if ($reply['died']) { throw 'died' }
    if ($null -ne $reply['refused']) { Stop-Refused $reply['refused'] }
    , $reply['answer']
}
# In the words of a table.
function Get-LiveAnswer([string]$Kind, [string]$Question) {
    switch ($Kind) {
        'cim' {
            $answer = Request-Machine 'cim' @($Question)
            if ($null -ne $answer['error']) { return @{ error = $answer['error']['hresult']; afterMs = $answer['error']['afterMs'] } }
            return @{ rows = $answer['ok'] }
        }
        'registry' {
            $answer = Request-Machine 'registry' @($Question)
            if ($answer -is [string]) { return $null }
            return , $answer
        }
        'dns' { return Request-Machine 'dns' @($Question.Split('|')[0], $Question.Split('|')[1]) }
        'events' {
            $log, $id, $most = $Question.Split('|')
            $answer = Request-Machine 'events' @($log, @([int]$id), [long]$most, [LabTime]::Now)
            if ($null -ne $answer['error']) { return @{ error = $answer['error']['hresult']; afterMs = $answer['error']['afterMs'] } }
            return @{ events = $answer['ok'] }
        }
        default { Stop-Refused "$Kind $Question" }
    }
}
# An operation that may fail with a result code.
function Invoke-OnMachine([string]$Name, [object[]]$Arguments) {
    $answer = Request-Machine $Name $Arguments
    if ($answer -is [System.Collections.IDictionary] -and $null -ne $answer['error']) {
        [LabTime]::Now += [double]$answer['error']['afterMs']
        Stop-WithHresult $answer['error']['hresult'] 'IOException'
    }
    , $answer
}
function Stop-With([System.Exception]$Exception, [string]$Id) {
    throw [System.Management.Automation.ErrorRecord]::new($Exception, $Id, 'NotSpecified', $null)
}
function Stop-WithHresult([string]$Hresult, [string]$Id) {
    Stop-With ([System.Runtime.InteropServices.COMException]::new('text of no importance', [Convert]::ToInt32($Hresult, 16))) $Id
}
# The base class of SocketException: on other systems the latter translates its numbers.
function Stop-WithWin32([int]$Code, [string]$Id) { Stop-With ([System.ComponentModel.Win32Exception]::new($Code, 'text of no importance')) $Id }
function Stop-WhereAbsent([string]$Command) {
    if ($Lab.without -contains $Command) {
        $absent = [System.Management.Automation.CommandNotFoundException]::new("The term '$Command' is not recognized.")
        Stop-With $absent 'CommandNotFoundException'
    }
}
function Add-Method($Object, [string]$Name, [scriptblock]$Body) {
    $Object.PSObject.Members.Add([psscriptmethod]::new($Name, $Body))
}

# ---- CIM
function Get-CimInstance {
    [CmdletBinding()]
    param([string]$Namespace, [string]$Query, [uint32]$OperationTimeoutSec)
    Stop-WhereAbsent 'Get-CimInstance'
    $form = '^SELECT ([A-Za-z0-9]+(?:, [A-Za-z0-9]+)*) FROM ([A-Za-z0-9_]+)(?: WHERE ([A-Za-z0-9]+) (=|<>|LIKE) (NULL|TRUE|''[^'']*''))?$'
    if ($Query -notmatch $form) { Stop-Refused "WQL $Namespace $Query" }
    $in = if ($Matches[2] -eq 'MSFT_NetConnectionProfile') { 'root\StandardCimv2' } else { 'root\cimv2' }
    if ($Namespace -ne $in) { Stop-Refused "WQL $Namespace $Query" }
    [void]($Query -match $form)
    $names, $class, $property, $operator, $literal = ($Matches[1] -split ', '), $Matches[2], $Matches[3], $Matches[4], $Matches[5]
    $answer = Get-Answer 'cim' $class
    $id = 'Microsoft.Management.Infrastructure.CimCmdlets.GetCimInstanceCommand'
    if ($null -ne $answer['error']) {
        $takes = [double]$answer['afterMs']
        if ($takes -gt $OperationTimeoutSec * 1000) {
            [LabTime]::Now += $OperationTimeoutSec * 1000
            Stop-WithHresult '00040004' "HRESULT 0x00040004,$id"
        }
        [LabTime]::Now += $takes
        Stop-WithHresult $answer['error'] ('HRESULT 0x' + $answer['error'].ToLower() + ",$id")
    }
    $rows = @($answer['rows'])
    if ($property) {
        if (-not (Test-Property $rows $property)) { Stop-WithHresult '80041017' "HRESULT 0x80041017,$id" }
        $text = $literal.Trim("'")
        $rows = @($rows | Where-Object {
            $value = $_[$property]
            switch ("$operator $literal") {
                '<> NULL' { $null -ne $value }
                '= TRUE' { $value -eq $true }
                default {
                    if ($operator -eq '=') { [string]$value -eq $text }
                    elseif ($operator -eq 'LIKE' -and $text.EndsWith('%')) { ([string]$value).StartsWith($text.TrimEnd('%'), 'OrdinalIgnoreCase') }
                    else { Stop-Refused "WQL $Query" }
                }
            }
        })
    }
    foreach ($name in $names) { if (-not (Test-Property $rows $name)) { Stop-WithHresult '80041017' "HRESULT 0x80041017,$id" } }
    foreach ($row in $rows) {
        $instance = [ordered]@{}
        foreach ($name in $names) { $instance[$name] = ConvertTo-CimValue $row[$name] }
        $instance['LabClass'] = $class
        [pscustomobject]$instance
    }
}
function Test-Property($Rows, [string]$Name) {
    foreach ($row in $Rows) { if ($row.ContainsKey($Name)) { return $true } }
    $Rows.Count -eq 0
}
# CIM's own widths: numbers are unsigned, lists are arrays of texts.
function ConvertTo-CimValue($Value) {
    if ($Value -is [long] -or $Value -is [int]) { if ($Value -ge 0 -and $Value -le [uint32]::MaxValue) { return [uint32]$Value } }
    if ($Value -is [object[]]) { return , [string[]]$Value }
    # A time as CIM writes it becomes one of .NET, of the local zone.
    if ($Value -is [string] -and $Value -cmatch '^(\d{14})\.000000\+000\z') { return [datetime]::ParseExact($Matches[1], 'yyyyMMddHHmmss', [cultureinfo]::InvariantCulture, 'AssumeUniversal') }
    $Value
}

# Types of arguments as the class's schema has them: CIM refuses a signed number where an unsigned one is meant.
$methodTypes = @{ PortNumber = [uint32]; ActivationType = [uint32]; DisableCaching = [bool]; MachineName = [string]; LookupDomain = [string]; ProductKey = [string]; InstallationId = [string]; ConfirmationId = [string]; DisablePublishing = [bool]; EnableLowPriority = [bool]; ActivationInterval = [uint32]; RenewalInterval = [uint32] }
function Invoke-CimMethod {
    [CmdletBinding()]
    param([object]$InputObject, [string]$MethodName, [System.Collections.IDictionary]$Arguments, [uint32]$OperationTimeoutSec)
    $id = 'Microsoft.Management.Infrastructure.CimCmdlets.InvokeCimMethodCommand'
    $class = $InputObject.LabClass
    if ($class -notin 'SoftwareLicensingService', 'SoftwareLicensingProduct', 'Win32_Service') { Stop-Refused "method of $class" }
    foreach ($name in $Arguments.Keys) {
        if ($null -eq $methodTypes[$name] -or $Arguments[$name] -isnot $methodTypes[$name]) { Stop-Refused "$MethodName $name" }
    }
    $key = switch ($class) { 'SoftwareLicensingProduct' { [string]$InputObject.ID } 'Win32_Service' { [string]$InputObject.Name } default { '' } }
    $answer = Request-Machine 'invoke' @($class, $key, $MethodName, $Arguments)
    $takes = if ($null -ne $answer['error']) { [double]$answer['error']['afterMs'] } else { [double]$answer['ms'] }
    if ($takes -gt $OperationTimeoutSec * 1000) {
        [LabTime]::Now += $OperationTimeoutSec * 1000
        Stop-WithHresult '00040004' "HRESULT 0x00040004,$id"
    }
    [LabTime]::Now += $takes
    if ($null -ne $answer['error']) { Stop-WithHresult $answer['error']['hresult'] ('HRESULT 0x' + $answer['error']['hresult'].ToLower() + ",$id") }
    [pscustomobject]@{ ReturnValue = [uint32]$answer['ok']; PSComputerName = $null }
}

# ---- Registry
function Get-ItemProperty {
    [CmdletBinding()]
    param([string]$LiteralPath)
    $values = Get-Answer 'registry' $LiteralPath
    if ($null -eq $values) { Stop-With ([System.Management.Automation.ItemNotFoundException]::new('no such key')) 'PathNotFound,Microsoft.PowerShell.Commands.GetItemPropertyCommand' }
    $item = [ordered]@{ PSPath = "Microsoft.PowerShell.Core\Registry::$LiteralPath"; PSProvider = 'Registry' }
    foreach ($name in $values.Keys) {
        $entry = $values[$name]
        # A DWORD is read as a signed number.
        $item[$name] = switch ($entry['type']) {
            'REG_DWORD' { [BitConverter]::ToInt32([BitConverter]::GetBytes([uint32]$entry['value']), 0) }
            'REG_MULTI_SZ' { , [string[]]@($entry['value']) }
            default { [string]$entry['value'] }
        }
    }
    [pscustomobject]$item
}

function Set-ItemProperty {
    [CmdletBinding()]
    param([string]$LiteralPath, [string]$Name, [object]$Value)
    if ($Value -isnot [string]) { Stop-Refused "value of $Name" }
    [void](Invoke-OnMachine 'writeRegistry' @($LiteralPath, $Name, [ordered]@{ type = 'REG_SZ'; value = $Value }))
}
function New-ItemProperty {
    [CmdletBinding()]
    param([string]$LiteralPath, [string]$Name, [string]$PropertyType, [object]$Value, [switch]$Force)
    if (-not $Force) { Stop-Refused "New-ItemProperty $Name that does not overwrite" }
    $entry = switch ($PropertyType) {
        'MultiString' { @{ type = 'REG_MULTI_SZ'; value = [string[]]$Value } }
        'String' { @{ type = 'REG_SZ'; value = [string]$Value } }
        default { Stop-Refused "New-ItemProperty $PropertyType" }
    }
    [void](Invoke-OnMachine 'writeRegistry' @($LiteralPath, $Name, [ordered]@{ type = $entry.type; value = $entry.value }))
    [pscustomobject]@{ $Name = $Value }
}
function Remove-ItemProperty {
    [CmdletBinding()]
    param([string]$LiteralPath, [string]$Name)
    [void](Invoke-OnMachine 'writeRegistry' @($LiteralPath, $Name, $null))
}

# ---- Commands: named arguments as they are given, rows as they come.
function Invoke-LabCommand([string]$Name, [System.Collections.IDictionary]$Arguments) {
    Stop-WhereAbsent $Name
    $answer = Invoke-OnMachine 'command' @($Name, $Arguments)
    [LabTime]::Now += [double]$answer['ms']
    foreach ($row in @($answer['ok'])) { if ($null -ne $row) { [pscustomobject]$row } }
}
function Set-NetFirewallRule {
    [CmdletBinding()]
    param([string]$Name, [string]$Enabled, [string[]]$Profile)
    [void](Invoke-LabCommand 'Set-NetFirewallRule' ([ordered]@{ Name = $Name; Enabled = $Enabled; Profile = $Profile -join ',' }))
}
function New-NetFirewallRule {
    [CmdletBinding()]
    param([string]$Name, [string]$DisplayName, [string]$Direction, [string]$Action, [string]$Protocol, [string[]]$LocalPort, [string]$Program, [string]$Enabled, [string[]]$Profile)
    Invoke-LabCommand 'New-NetFirewallRule' ([ordered]@{
        Name = $Name; DisplayName = $DisplayName; Direction = $Direction; Action = $Action; Protocol = $Protocol
        LocalPort = $LocalPort -join ','; Program = $Program; Enabled = $Enabled; Profile = $Profile -join ','
    })
}
function Remove-NetFirewallRule {
    [CmdletBinding()]
    param([string]$Name)
    [void](Invoke-LabCommand 'Remove-NetFirewallRule' ([ordered]@{ Name = $Name }))
}
function Get-WindowsFeature {
    [CmdletBinding()]
    param([string]$Name)
    Invoke-LabCommand 'Get-WindowsFeature' ([ordered]@{ Name = $Name })
}
function Install-WindowsFeature {
    [CmdletBinding()]
    param([string]$Name, [switch]$IncludeManagementTools)
    if ($PSBoundParameters['WarningAction'] -ne 'SilentlyContinue') { Stop-Refused 'Install-WindowsFeature with its warnings' }
    Invoke-LabCommand 'Install-WindowsFeature' ([ordered]@{ Name = $Name; IncludeManagementTools = [bool]$IncludeManagementTools })
}
# A program: its texts in the machine's language, and how it ended.
function reg.exe {
    $row = Invoke-LabCommand 'reg.exe' ([ordered]@{ Arguments = $args -join "`n" })
    $global:LASTEXITCODE = [int]$row.ExitCode
    'Der Vorgang wurde erfolgreich beendet.'
}

# ---- Events
function Get-WinEvent {
    [CmdletBinding()]
    param([string]$LogName, [string]$FilterXPath, [long]$MaxEvents)
    $form = "^\*\[System\[Provider\[@Name='([^']+)'\] and EventID=(\d+)\]\]$"
    if ($FilterXPath -notmatch $form) { Stop-Refused "XPath $FilterXPath" }
    $provider = $Matches[1]
    $answer = Get-Answer 'events' "$LogName|$($Matches[2])|$MaxEvents"
    $id = 'Microsoft.PowerShell.Commands.GetWinEventCommand'
    if ($null -ne $answer['error']) {
        [LabTime]::Now += [double]$answer['afterMs']
        Stop-WithHresult $answer['error'] "System.Diagnostics.Eventing.Reader.EventLogException,$id"
    }
    $found = @($answer['events'] | Where-Object { $_ -and $_['provider'] -eq $provider })
    if ($found.Count -eq 0) { Stop-With ([System.Exception]::new('no events')) "NoMatchingEventsFound,$id" }
    foreach ($entry in $found) {
        $record = [pscustomobject]@{ Id = $entry['id']; LogName = $LogName; Entry = $entry }
        Add-Method $record 'ToXml' {
            $entry = $this.Entry
            $time = [DateTimeOffset]::FromUnixTimeMilliseconds($entry['timeCreatedMs']).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", [cultureinfo]::InvariantCulture)
            $data = @($entry['data'] | ForEach-Object { '<Data>' + $_.Replace('&', '&amp;').Replace('<', '&lt;').Replace('>', '&gt;') + '</Data>' }) -join ''
            "<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='$($entry['provider'])' EventSourceName='Software Protection Platform Service'/>" +
            "<EventID Qualifiers='49152'>$($entry['id'])</EventID><TimeCreated SystemTime='$time'/><EventRecordID>$($entry['recordId'])</EventRecordID>" +
            "<Channel>$($entry['log'])</Channel></System><EventData>$data</EventData></Event>"
        }
        $record
    }
}

# ---- Resolver
function Resolve-DnsName {
    [CmdletBinding()]
    param([string]$Name, [string]$Type, [string]$Server, [switch]$DnsOnly, [switch]$NoHostsFile)
    Stop-WhereAbsent 'Resolve-DnsName'
    $types = if ($Type -eq 'A_AAAA') { 'A', 'AAAA' } else { $Type }
    $plain = $Name -replace '\.$', ''
    $outcomes = @(foreach ($one in $types) { Get-Answer 'dns' "$plain|$one|$Server" })
    [LabTime]::Now += [double]($outcomes | ForEach-Object { [double]$_['afterMs'] } | Measure-Object -Maximum).Maximum
    $answers = @(foreach ($outcome in $outcomes) { foreach ($answer in @($outcome['answers'])) { if ($answer) { $answer } } })
    if ($answers.Count -eq 0) {
        $code = $outcomes[0]['win32']
        if ($code) { Stop-WithWin32 $code "DNS_ERROR_$code,Microsoft.DnsClient.Commands.ResolveDnsName" }
        # The name exists without such a record: Windows returns the zone's SOA, or nothing.
        return [pscustomobject]@{ Name = 'example'; Type = 'SOA'; Section = 'Authority'; PrimaryServer = 'ns.example' }
    }
    foreach ($answer in $answers) {
        if ($answer['type'] -eq 'SRV') {
            [pscustomobject]@{
                Name = $plain; Type = 'SRV'; Section = 'Answer'; NameTarget = $answer['target']
                Priority = [uint16]$answer['priority']; Weight = [uint16]$answer['weight']; Port = [uint16]$answer['port']
            }
        } else { [pscustomobject]@{ Name = $plain; Type = $answer['type']; Section = 'Answer'; IPAddress = $answer['address'] } }
    }
}

# ---- Commands by name. Rows come back as objects, and a failure as its result code.
function Invoke-LabCommand([string]$Name, $Arguments) {
    Stop-WhereAbsent $Name
    $answer = Invoke-OnMachine 'command' @($Name, $Arguments)
    [LabTime]::Now += [double]$answer['ms']
    foreach ($row in $answer['ok']) { [pscustomobject]$row }
}
function Get-SECSecretValue {
    [CmdletBinding()]
    param([string]$SecretId, [string]$Region)
    Invoke-LabCommand 'Get-SECSecretValue' ([ordered]@{ SecretId = $SecretId; Region = $Region })
}
function Get-SSMParameter {
    [CmdletBinding()]
    param([string]$Name, [bool]$WithDecryption, [string]$Region)
    Invoke-LabCommand 'Get-SSMParameter' ([ordered]@{ Name = $Name; WithDecryption = $WithDecryption; Region = $Region })
}

function Clear-DnsClientCache {
    [CmdletBinding()]
    param()
    Stop-WhereAbsent 'Clear-DnsClientCache'
    [void](Request-Machine 'clearResolverCache' @())
}

# ---- Time
function Get-Date {
    [CmdletBinding()]
    param()
    [DateTimeOffset]::FromUnixTimeMilliseconds([long]($Lab.table['clockMs'] + [math]::Floor([LabTime]::Now))).UtcDateTime
}
function Start-Sleep {
    [CmdletBinding()]
    param([int]$Seconds)
    # What changes a machine sleeps while it works; an inspection only before it.
    if ($Lab.live) { [LabTime]::Now += 1000 * $Seconds } else { $Lab.slept += $Seconds }
}

# ---- Objects. Those that only compute are real; those that ask the system answer from the table.
function New-Object {
    [CmdletBinding()]
    param([string]$TypeName, [object[]]$ArgumentList)
    switch -CaseSensitive ($TypeName) {
        { $_ -cin 'System.Collections.ArrayList', 'System.Collections.Hashtable', 'System.Text.StringBuilder', 'System.Security.Cryptography.SHA256CryptoServiceProvider', 'System.Security.Cryptography.HMACSHA256', 'System.IO.MemoryStream', 'System.IO.Compression.GZipStream', 'System.Byte[]' } {
            if ($ArgumentList) { return , (Microsoft.PowerShell.Utility\New-Object -TypeName $TypeName -ArgumentList $ArgumentList) }
            return , (Microsoft.PowerShell.Utility\New-Object -TypeName $TypeName)
        }
        'System.Threading.Mutex' { return New-LabMutex @ArgumentList }
        'System.Security.AccessControl.DirectorySecurity' { return New-LabSecurity }
        'System.Security.Principal.SecurityIdentifier' { return [pscustomobject]@{ Value = $ArgumentList[0] } }
        'System.Security.AccessControl.FileSystemAccessRule' { return [pscustomobject]@{ Text = $ArgumentList[0].Value + ' ' + (@($ArgumentList | Microsoft.PowerShell.Utility\Select-Object -Skip 1) -join ' ') } }
        'System.IO.DirectoryInfo' { return New-LabFolder @ArgumentList }
        'System.IO.FileInfo' { return New-LabFile @ArgumentList }
        'System.IO.FileStream' { return New-LabFileStream @ArgumentList }
        'System.IO.StreamReader' { return New-LabStreamReader @ArgumentList }
        'System.Diagnostics.Eventing.Reader.EventLogQuery' { return New-LabEventQuery @ArgumentList }
        'System.Diagnostics.Eventing.Reader.EventLogReader' { return New-LabEventReader @ArgumentList }
        'System.Diagnostics.Stopwatch' { return New-LabStopwatch }
        'System.Diagnostics.Process' { return New-LabProcess }
        'System.Net.WebClient' { return New-LabWebClient }
        'System.Net.NetworkInformation.Ping' { return New-LabPing }
        'System.Net.Sockets.UdpClient' { return New-LabUdpClient }
        'System.Net.Sockets.TcpClient' { return New-LabTcpClient }
        default { Stop-Refused "New-Object $TypeName" }
    }
}
# A log read event by event: only newest first, only those of one provider and id.
function New-LabEventQuery($Log, $Kind, $Filter) {
    if ($Kind -ne 'LogName') { Stop-Refused "query by $Kind" }
    [pscustomobject]@{ Log = $Log; Filter = $Filter; ReverseDirection = $false }
}
function New-LabEventReader($Query) {
    $form = "^\*\[System\[Provider\[@Name='([^']+)'\] and EventID=(\d+)\]\]$"
    if ($Query.Filter -notmatch $form -or -not $Query.ReverseDirection) { Stop-Refused "XPath $($Query.Filter)" }
    $provider = $Matches[1]
    $answer = Get-Answer 'events' "$($Query.Log)|$($Matches[2])|1000000"
    if ($null -ne $answer['error']) {
        [LabTime]::Now += [double]$answer['afterMs']
        Stop-WithHresult $answer['error'] 'EventLogException'
    }
    $pace = if ($null -eq $Lab.table['eventMs']) { 0.0625 } else { $Lab.table['eventMs'] }
    $reader = [LabEventReader]::new($pace)
    if ($null -ne $answer['packed']) {
        if ($answer['like']['provider'] -eq $provider) { $reader.AddPacked($answer['packed']) }
    } else {
        foreach ($entry in @($answer['events'])) { if ($entry -and $entry['provider'] -eq $provider) { $reader.Add($entry['timeCreatedMs'], $entry['data']) } }
    }
    return , $reader
}
function New-LabStopwatch {
    $watch = [pscustomobject]@{ Began = $null }
    Add-Method $watch 'Start' { $this.Began = [LabTime]::Now }
    Add-Method $watch 'Reset' { $this.Began = $null }
    $watch.PSObject.Members.Add([psscriptproperty]::new('ElapsedMilliseconds', { if ($null -eq $this.Began) { [long]0 } else { [long][math]::Floor([LabTime]::Now - $this.Began) } }))
    $watch
}
# A program of Windows, started by its whole path, without a window, and with nothing of what it says in the output.
function New-LabProcess {
    $info = [pscustomobject]@{ FileName = ''; Arguments = ''; UseShellExecute = $true; CreateNoWindow = $false; RedirectStandardOutput = $false; RedirectStandardError = $false }
    $process = [pscustomobject]@{ StartInfo = $info; ExitCode = $null; Takes = [double]0 }
    Add-Method $process 'Start' {
        $info = $this.StartInfo
        if ($info.UseShellExecute -or -not $info.CreateNoWindow -or -not $info.RedirectStandardOutput -or -not $info.RedirectStandardError) { Stop-Refused "process $($info.FileName)" }
        if ($info.FileName -cnotmatch '^C:\\Windows\\System32\\([a-z]+\.exe)\z') { Stop-Refused "process $($info.FileName)" }
        $name = $Matches[1]
        if ($Lab.without -contains $name) { Stop-WithWin32 2 'Win32Exception' }
        # As Windows takes a command line apart, but for quotes within quotes.
        $words = @([regex]::Matches($info.Arguments, '"([^"]*)"|[^ "]+') | ForEach-Object { if ($_.Groups[1].Success) { $_.Groups[1].Value } else { $_.Value } })
        $answer = Request-Machine 'command' @($name, [ordered]@{ arguments = $words })
        if ($null -eq $answer['error']) { $this.Takes = [double]$answer['ms']; $this.ExitCode = 0 }
        else {
            $this.Takes = [double]$answer['error']['afterMs']
            $this.ExitCode = [Convert]::ToInt32($answer['error']['hresult'].Substring(4), 16)
        }
        $true
    }
    Add-Method $process 'WaitForExit' {
        param([int]$Milliseconds)
        [LabTime]::Now += [math]::Min($this.Takes, $Milliseconds)
        $this.Takes -le $Milliseconds
    }
    $process
}
function New-LabWebClient {
    $web = [pscustomobject]@{ Proxy = 'the system''s'; Headers = [System.Net.WebHeaderCollection]::new(); Encoding = $null }
    Add-Method $web 'UploadString' {
        param($Uri, $Method, $Body)
        if ($Lab.live) { return Send-LabRequest $this $Method $Uri $Body }
        if ($Uri -ne 'http://169.254.169.254/latest/api/token' -or $Method -ne 'PUT' -or $null -ne $this.Proxy) { Stop-Refused "HTTP $Method $Uri" }
        if (-not $this.Headers['X-aws-ec2-metadata-token-ttl-seconds']) { Stop-Refused 'token without its lifetime' }
        $answer = $Lab.table['imds']
        if ($null -eq $answer) { Stop-Refused 'imds' }
        if ($null -ne $answer['error']) {
            [LabTime]::Now += [double]$answer['afterMs']
            Stop-WithHresult $answer['error'] 'WebException'
        }
        'a token'
    }
    Add-Method $web 'DownloadString' {
        param($Uri)
        if ($Lab.live) { return Send-LabRequest $this 'GET' $Uri '' }
        if ($this.Headers['X-aws-ec2-metadata-token'] -ne 'a token' -or $null -ne $this.Proxy) { Stop-Refused "HTTP GET $Uri without token" }
        $identity = $Lab.table['imds']['identity']
        switch ($Uri) {
            'http://169.254.169.254/latest/dynamic/instance-identity/document' {
                return @{ instanceId = $identity['instanceId']; imageId = $identity['imageId']; billingProducts = $identity['billingProducts']; pendingTime = '2026-01-01T00:00:00Z' } | ConvertTo-Json -Depth 4
            }
            'http://169.254.169.254/latest/meta-data/mac' { return '06:5a:1e:00:00:01' }
            'http://169.254.169.254/latest/meta-data/network/interfaces/macs/06:5a:1e:00:00:01/vpc-id' { return $identity['vpcId'] }
            default { Stop-Refused "HTTP GET $Uri" }
        }
    }
    $web
}
# A request that goes out to the simulated machine's network. Headers travel as HTTP compares them: in lower case.
function Send-LabRequest($Web, [string]$Method, [string]$Uri, [string]$Body) {
    if ($Uri.StartsWith('http://169.254.') -ne ($null -eq $Web.Proxy)) { Stop-Refused "HTTP $Method $Uri through a proxy that is not its own" }
    if ($null -eq $Web.Encoding -or $Web.Encoding.WebName -ne 'utf-8') { Stop-Refused "HTTP $Method $Uri in no known encoding" }
    $headers = [ordered]@{}
    foreach ($name in $Web.Headers.AllKeys) { $headers[$name.ToLowerInvariant()] = $Web.Headers[$name] }
    $answer = (Invoke-OnMachine 'http' @([ordered]@{ method = $Method; url = $Uri; headers = $headers; body = $Body }))['ok']
    [LabTime]::Now += [double]$answer['ms']
    if ($answer['status'] -lt 300) { return $answer['body'] }
    $response = [LabWebResponse]::new($answer['status'], $answer['body'])
    throw [System.Net.WebException]::new('text of no importance', $null, [System.Net.WebExceptionStatus]::ProtocolError, $response)
}
function New-LabPing {
    $ping = [pscustomobject]@{}
    Add-Method $ping 'Send' {
        param($Address, $Milliseconds)
        if (Get-Answer 'ping' $Address) { return [pscustomobject]@{ Status = 'Success' } }
        [LabTime]::Now += $Milliseconds
        [pscustomobject]@{ Status = 'TimedOut' }
    }
    $ping
}
function New-LabUdpClient {
    $socket = [pscustomobject]@{ ReceiveTimeout = 0; Server = $null; Sent = $false }
    Add-Method $socket 'Send' { param([byte[]]$Packet) $this.Sent = $Packet.Length -eq 48 -and $Packet[0] -eq 0x1B; $Packet.Length }
    Add-Method $socket 'Receive' {
        param([byte[]]$Buffer)
        $offset = Get-Answer 'ntp' $this.Server
        if (-not $this.Sent -or $null -eq $offset) { [LabTime]::Now += $this.ReceiveTimeout; Stop-WithWin32 10060 'SocketException' }
        $Buffer[0] = 0x1C
        $Buffer[1] = 3
        $seconds = ($Lab.table['clockMs'] + [LabTime]::Now) / 1000 + 2208988800 + $offset
        $fraction = [uint32][math]::Floor(($seconds - [math]::Floor($seconds)) * 4294967296)
        $whole = [uint32][math]::Floor($seconds)
        foreach ($at in 32, 40) {
            for ($i = 0; $i -lt 4; $i++) {
                $Buffer[$at + $i] = [byte](($whole -shr (24 - 8 * $i)) -band 255)
                $Buffer[$at + 4 + $i] = [byte](($fraction -shr (24 - 8 * $i)) -band 255)
            }
        }
        48
    }
    $udp = [pscustomobject]@{ Client = $socket }
    Add-Method $udp 'Connect' { param($Server, $Port) if ($Port -ne 123) { Stop-Refused "UDP $Server $Port" }; $this.Client.Server = $Server }
    Add-Method $udp 'Close' { }
    $udp
}
function New-LabTcpClient {
    $client = [pscustomobject]@{ Address = $null; Port = 0; Outcome = $null }
    Add-Method $client 'BeginConnect' {
        param($Address, $Port, $Callback, $State)
        $this.Address = $Address
        $this.Port = $Port
        $this.Outcome = Get-Answer 'tcp' "$Address|$Port"
        $handle = [pscustomobject]@{ Outcome = $this.Outcome }
        Add-Method $handle 'WaitOne' { param($Milliseconds) if ($this.Outcome -ne 'timeout') { return $true }; [LabTime]::Now += $Milliseconds; $false }
        [pscustomobject]@{ AsyncWaitHandle = $handle }
    }
    Add-Method $client 'EndConnect' {
        param($Handle)
        switch ($this.Outcome) { 'refused' { Stop-WithWin32 10061 'SocketException' } 'unreachable' { Stop-WithWin32 10065 'SocketException' } }
    }
    Add-Method $client 'GetStream' { New-LabStream (Get-Answer 'bind' "$($this.Address)|$($this.Port)") }
    Add-Method $client 'Close' { }
    $client
}
# Answers once the whole bind has been written, byte for byte the one of the specification.
function New-LabStream($Outcome) {
    $stream = [pscustomobject]@{ ReadTimeout = -1; Outcome = $Outcome; At = 0; Bound = $false }
    Add-Method $stream 'Write' {
        param([byte[]]$Bytes, $Offset, $Count)
        $expected = '05000B03100000004800000001000000' + 'B810B810000000000100000000000100' +
            '7521C8514E845047B0D8EC255555BC06' + '01000000045D888AEB1CC9119FE808002B10486002000000'
        if ([Convert]::ToHexString($Bytes, $Offset, $Count) -ne $expected) { Stop-Refused "bind $([Convert]::ToHexString($Bytes))" }
        $this.Bound = $true
    }
    Add-Method $stream 'Read' {
        param([byte[]]$Buffer, $Offset, $Count)
        if (-not $this.Bound -or $this.Outcome -eq 'silent') {
            [LabTime]::Now += $this.ReadTimeout
            Stop-With ([System.IO.IOException]::new('no answer', [System.ComponentModel.Win32Exception]::new(10060))) 'IOException'
        }
        if ($this.Outcome -eq 'closed') { return 0 }
        # In pieces, as networks deliver.
        $bytes = [Convert]::FromHexString($this.Outcome['bytes'])
        $n = [math]::Min([math]::Min($Count, $bytes.Length - $this.At), 20)
        [Array]::Copy($bytes, $this.At, $Buffer, $Offset, $n)
        $this.At += $n
        $n
    }
    $stream
}

# ---- The machine's mutex and disk. What an object shows is as old as the object, until it is refreshed.
function New-LabMutex($Owned, $Name) {
    if ($Owned) { Stop-Refused 'a mutex that is owned at once' }
    [void](Invoke-OnMachine 'createMutex' @($Name))
    $mutex = [pscustomobject]@{ Name = $Name }
    Add-Method $mutex 'WaitOne' {
        param([int]$Milliseconds)
        $answer = Request-Machine 'awaitMutex' @($this.Name, $Milliseconds)
        [LabTime]::Now += [double]$answer['ms']
        if ($answer['got'] -is [string]) { Stop-With ([System.Threading.AbandonedMutexException]::new()) 'AbandonedMutexException' }
        $answer['got'] -eq $true
    }
    Add-Method $mutex 'ReleaseMutex' { [void](Request-Machine 'releaseMutex' @($this.Name, [LabTime]::Now)) }
    $mutex
}
$private = 'protected; S-1-5-18 FullControl ContainerInherit, ObjectInherit None Allow; S-1-5-32-544 FullControl ContainerInherit, ObjectInherit None Allow'
function New-LabSecurity {
    $security = [pscustomobject]@{ Text = 'open' }
    Add-Method $security 'SetAccessRuleProtection' { param($Protected, $Preserve) if ($Protected -and -not $Preserve) { $this.Text = 'protected' } }
    Add-Method $security 'AddAccessRule' { param($Rule) $this.Text += '; ' + $Rule.Text }
    $security
}
function Assert-Private($Security) { if ($Security.Text -cne $private) { Stop-Refused "rights $($Security.Text)" } }
# What files and folders have in common: as seen when they were looked at.
function New-LabItem([string]$Kind, [string]$Path) {
    $item = [pscustomobject]@{ Kind = $Kind; FullName = $Path; Seen = (Request-Machine $Kind @($Path)) }
    $item.PSObject.Members.Add([psscriptproperty]::new('Exists', { $null -ne $this.Seen }))
    $item.PSObject.Members.Add([psscriptproperty]::new('Attributes', { if ($this.Seen['link']) { [System.IO.FileAttributes]1040 } else { [System.IO.FileAttributes]16 } }))
    Add-Method $item 'Refresh' { $this.Seen = Request-Machine $this.Kind @($this.FullName) }
    Add-Method $item 'GetAccessControl' {
        $rights = [pscustomobject]@{ Owner = $this.Seen['owner'] }
        Add-Method $rights 'GetOwner' {
            param([type]$As)
            if ($As.FullName -ne 'System.Security.Principal.SecurityIdentifier') { Stop-Refused "owner as $As" }
            [pscustomobject]@{ Value = $this.Owner }
        }
        $rights
    }
    $item
}
function New-LabFolder([string]$Path) {
    $folder = New-LabItem 'folder' $Path
    Add-Method $folder 'Create' { param($Security) Assert-Private $Security; [void](Invoke-OnMachine 'createFolder' @($this.FullName)) }
    Add-Method $folder 'SetAccessControl' { param($Security) Assert-Private $Security; [void](Invoke-OnMachine 'protectFolder' @($this.FullName)) }
    Add-Method $folder 'GetFiles' {
        $entries = Request-Machine 'listFiles' @($this.FullName)
        foreach ($entry in $entries) {
            $file = [pscustomobject]@{
                FullName = $this.FullName + '\' + $entry['name']
                LastWriteTimeUtc = [DateTimeOffset]::FromUnixTimeMilliseconds($entry['writtenMs']).UtcDateTime
            }
            Add-Method $file 'Delete' { [void](Invoke-OnMachine 'deleteFile' @($this.FullName)) }
            $file
        }
    }
    $folder
}
function New-LabFile([string]$Path) {
    $file = New-LabItem 'file' $Path
    Add-Method $file 'Delete' { [void](Invoke-OnMachine 'deleteFile' @($this.FullName)) }
    Add-Method $file 'MoveTo' { param($Destination) [void](Invoke-OnMachine 'moveFile' @($this.FullName, $Destination)) }
    Add-Method $file 'Replace' { param($Destination, $Backup) [void](Invoke-OnMachine 'replaceFile' @($this.FullName, $Destination, $Backup)); $this }
    $file
}
function New-LabFileStream([string]$Path, $Mode, $Access, $Share, $Size, $Options) {
    if ("$Mode $Access $Share $Size $Options" -cne 'Create Write None 4096 WriteThrough') { Stop-Refused "file $Mode $Access $Share $Size $Options" }
    $stream = [pscustomobject]@{ FullName = $Path; Text = '' }
    Add-Method $stream 'Write' { param([byte[]]$Bytes, $Offset, $Count) $this.Text += [System.Text.Encoding]::ASCII.GetString($Bytes, $Offset, $Count) }
    Add-Method $stream 'Close' { [void](Invoke-OnMachine 'writeFile' @($this.FullName, $this.Text)) }
    $stream
}
function New-LabStreamReader($From) {
    if ($From -is [System.IO.Stream]) { return [System.IO.StreamReader]::new($From) }
    $Path = [string]$From
    $reader = [pscustomobject]@{ FullName = $Path }
    Add-Method $reader 'ReadToEnd' { (Invoke-OnMachine 'readFile' @($this.FullName))['ok'] }
    Add-Method $reader 'Close' { }
    $reader
}
