# KmsBot-SetHost: sets one thing of a KMS host, as slmgr /sdns, /cdns, /sprt, /sai, /sri, /spri and /cpri do, or the list
# of domains that it publishes in, or the firewall's rule for its clients; or restarts its service. What the service reads
# at its start is followed by a restart, and what it publishes then is waited for and told.

$document = 'KmsBot-SetHost'
$putsBack = $true
$onlyTests = $false

#: shared/change-frame.ps1

#: shared/firewall.ps1

#: shared/events.ps1

# ---- This document's own part. A setting is a list of values as texts.
$limits['service'] = 30000
$limits['publish'] = 90000
$kmsPort = 1688
$keys = @{
    spp = 'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion\SoftwareProtectionPlatform'
    tcpip = 'HKLM:\SYSTEM\CurrentControlSet\Services\Tcpip\Parameters'
    firewall = 'HKLM:\SYSTEM\CurrentControlSet\Services\SharedAccess\Parameters\FirewallPolicy'
    firewallPolicy = 'HKLM:\SOFTWARE\Policies\Microsoft\WindowsFirewall'
}
$listName = 'DnsDomainPublishList'
$builtIn = 'SPPSVC-In-TCP'
$ownRule = 'KmsBot-KMS-In-TCP'
$profileWords = @{ d = 'Domain'; p = 'Private'; u = 'Public' }
$queries['svc'] = @($queries['svc'][0].Replace(' FROM ', ', KeyManagementServiceListeningPort, ' +
    'KeyManagementServiceDnsPublishing, KeyManagementServiceLowPriority, VLActivationInterval, VLRenewalInterval FROM '))
$queries['service'] = @("SELECT Name, State, ProcessId FROM Win32_Service WHERE Name = 'sppsvc'")
# What the service reads when it starts.
$restarting = 'publish', 'domains', 'port', 'intervals', 'restart'
# Whether the service took up what was set.
$work = @{ restarted = $false }

# A list of texts as values: '-' where there is none, so that none is another thing than an empty one.
function Get-Lines($Value, [bool]$Sets) {
    if ($null -eq $Value) { return '-' }
    if ($Value -isnot [System.Array]) { throw 'not a list' }
    '='
    foreach ($text in $Value) {
        # What the registry cannot hold in one line of a list.
        if ($Sets -and ($text -isnot [string] -or $text -cnotmatch '^[^\x00\r\n]{1,255}\z')) { throw 'not a line' }
        Get-Shown $text
    }
}
function Get-Pair($Value, [long]$Least, [long]$Most) {
    if ($Value -isnot [System.Array] -or $Value.Length -ne 2) { throw 'not a pair' }
    foreach ($number in $Value) { [string](Get-Whole $number $Least $Most) }
}
function Get-Letters($Value, [string]$Pattern) {
    if ($Value -isnot [string] -or $Value -cnotmatch $Pattern) { throw 'no profiles' }
    $Value.Replace('u', '')
}
function Read-Options($Options) {
    if ($Options.set -isnot [string]) { throw 'no setting' }
    $asked['set'] = $Options.set
    if ($asked['set'] -ceq 'restart') { return }
    foreach ($key in 'to', 'expect') {
        if (-not (Test-Has $Options $key)) { throw 'not whole' }
        $sets = $key -ceq 'to'
        $value = $Options.$key
        if ('publish', 'priority' -ccontains $asked['set']) { $values = @([string](Get-Whole $value 0 1)) }
        elseif ($asked['set'] -ceq 'port') { $values = @([string](Get-Whole $value 1 65535)) }
        # Windows shows nothing else; what somebody wrote into the registry is compared all the same.
        elseif ($asked['set'] -ceq 'intervals') { if ($sets) { $values = @(Get-Pair $value 15 43200) } else { $values = @(Get-Pair $value 0 4294967295) } }
        elseif ($asked['set'] -ceq 'domains') { $values = @(Get-Meaning @(Get-Lines $value $sets)) }
        # The public profile is never opened.
        elseif ($asked['set'] -ceq 'firewall') { if ($sets) { $values = @(Get-Letters $value '^d?p?\z') } else { $values = @(Get-Letters $value '^d?p?u?\z') } }
        else { throw 'no such setting' }
        $asked[$key] = $values
    }
}

# ---- What stands there.
function Get-Key([string]$Path) {
    try { Get-ItemProperty -LiteralPath $Path -ErrorAction Stop }
    catch [System.Management.Automation.ItemNotFoundException] { $null }
}
function Get-Value($Key, [string]$Name) {
    if ($null -eq $Key) { return $null }
    $property = $Key.PSObject.Properties[$Name]
    if ($null -ne $property) { , $property.Value }
}
function Get-Port($State) {
    $port = Get-Number $State['svc'].KeyManagementServiceListeningPort
    if ($port -eq 0) { $kmsPort } else { $port }
}
function Read-More($State) {
    if (-not (Test-Host $State)) { return }
    $row = $State['svc']
    $progress['step'] = $listName
    $list = Get-Value (Get-Key $keys['spp']) $listName
    $State['list'] = @('-')
    if ($null -ne $list) { $State['list'] = @(@('=') + @(foreach ($text in @($list)) { [string]$text })) }
    $State['isList'] = $null -eq $list -or $list -is [System.Array]
    $progress['step'] = 'Win32_Service'
    if ($restarting -ccontains $asked['set']) { $State['service'] = Get-Text (Get-ServiceRow).State }
    $progress['step'] = 'FirewallRules'
    $firewall = & $askFirewall $keys['firewall'] $keys['firewallPolicy'] (Get-Port $State)
    if ($null -ne $firewall['x']) { throw $firewall['x'] }
    # A Windows without rules lets nobody in.
    $letters = ''
    if ($null -ne $firewall['v']) { $letters = $firewall['v']['r'] }
    if ($asked['set'] -ceq 'firewall') {
        $rules = Get-Key ($keys['firewall'] + '\FirewallRules')
        $State['rules'] = @(foreach ($name in $builtIn, $ownRule) { Get-Rule (Get-Text (Get-Value $rules $name)) })
    }
    $lines = $null
    if ($null -ne $list) { $lines = New-List @($State['list'] | Select-Object -Skip 1) }
    $State['wire']['host'] = [ordered]@{
        p = Get-Port $State; pub = [int]($row.KeyManagementServiceDnsPublishing -eq $true)
        low = [int]($row.KeyManagementServiceLowPriority -eq $true)
        iv = @((Get-Number $row.VLActivationInterval), (Get-Number $row.VLRenewalInterval)); list = $lines; fw = $letters
    }
}
# A rule as whether it is on, its profiles and its ports; empty where there is none.
function Get-RuleParts([string]$Text, [string]$Key) {
    @(foreach ($part in $Text.Split('|')) { if ($part -cmatch ('^' + $Key + '=(.*)\z')) { $Matches[1] } }) -join ','
}
function Get-Rule([string]$Text) {
    if ($Text -eq '') { return '' }
    @(foreach ($key in 'Active', 'Profile', 'LPort') { Get-RuleParts $Text $key }) -join ';'
}
# A list without lines publishes what none does, and an inspection shows both alike.
function Get-Meaning($Lines) {
    if (@($Lines).Count -eq 1) { '-' } else { $Lines }
}
# The public profile is neither opened nor compared: other rules may let it in.
function Get-Values($State) {
    $shown = $State['wire']['host']
    switch ($asked['set']) {
        'publish' { return [string]$shown['pub'] }
        'priority' { return [string]$shown['low'] }
        'port' { return [string]$shown['p'] }
        'intervals' { return @(foreach ($number in $shown['iv']) { [string]$number }) }
        'domains' { return Get-Meaning $State['list'] }
        'firewall' { return $shown['fw'].Replace('u', '') }
    }
}
function Test-Values($State, $Values) {
    $shown = @(Get-Values $State)
    if ($shown.Count -ne $Values.Count) { return $false }
    for ($i = 0; $i -lt $shown.Count; $i++) { if (-not (Test-Same $shown[$i] $Values[$i])) { return $false } }
    $true
}
function Get-Verdict($State) {
    if (-not (Test-Host $State)) { return 'refused', 'not-host' }
    if ($asked['set'] -ceq 'restart') { return }
    if (-not (Test-Values $State $asked['expect'])) { return 'moved' }
    if (Test-Reached $State) { return 'same' }
    # ERROR_INVALID_DATA: a value of another type could not be put back as it was.
    if ($asked['set'] -ceq 'domains' -and -not $State['isList']) {
        $progress['step'] = $listName
        Stop-WithCode '8007000D'
    }
}
# As it stands there: no port of its own is another thing than 1688, and rules are more than what they let in.
function Get-Standing($State) {
    # Somebody took the host key away meanwhile: then nothing of it is as it was.
    if ($asked['set'] -ceq 'restart' -or $null -eq $State['wire']['host']) { return }
    if ($asked['set'] -ceq 'port') { return (Get-Number $State['svc'].KeyManagementServiceListeningPort).ToString($invariant) }
    if ($asked['set'] -ceq 'firewall') { return $State['rules'] }
    if ($asked['set'] -ceq 'domains') { return $State['list'] }
    Get-Values $State
}
# Behind the state of the service: one that does not run again is not put back.
function Get-Remembered($State) {
    Get-Text $State['service']
    Get-Standing $State
}

# ---- The registry's list.
# The whole key, in a folder that nobody else enters, before anything of it is written.
function Export-Registry {
    $progress['step'] = 'reg.exe'
    $progress['code'] = ''
    $folder = $env:ProgramData + '\KmsBot\exports'
    [void](Open-Folder $folder)
    $path = $folder + '\' + $operation + '.reg'
    [void](reg.exe 'export' $keys['spp'].Replace('HKLM:', 'HKLM') $path '/y')
    # E_FAIL: why is a text alone.
    if ($LASTEXITCODE -ne 0) { Stop-WithCode '80004005' }
    $change['saved'] = $path
}
function Set-List($Values) {
    $progress['step'] = $listName
    $progress['code'] = ''
    if ($Values[0] -ceq '-') {
        if ($null -eq (Get-Value (Get-Key $keys['spp']) $listName)) { return }
        Remove-ItemProperty -LiteralPath $keys['spp'] -Name $listName -ErrorAction Stop
        return
    }
    $lines = [string[]]@($Values | Select-Object -Skip 1)
    [void](New-ItemProperty -LiteralPath $keys['spp'] -Name $listName -PropertyType 'MultiString' -Value $lines -Force -ErrorAction Stop)
}

# ---- The firewall's rules: the built-in one is for the default port alone.
function Set-Rule([string]$Name, [string]$Now, [string]$Rule) {
    if (Test-Same $Now $Rule) { return }
    $progress['code'] = ''
    if ($Name -ceq $ownRule -and $Now -ne '') {
        $progress['step'] = 'Remove-NetFirewallRule'
        Remove-NetFirewallRule -Name $Name -ErrorAction Stop
    }
    if ($Rule -eq '') { return }
    $parts = $Rule.Split(';')
    $enabled = 'False'
    if ($parts[0] -ceq 'TRUE') { $enabled = 'True' }
    $profiles = 'Any'
    if ($parts[1] -ne '') { $profiles = $parts[1] }
    if ($Name -ceq $builtIn) {
        $progress['step'] = 'Set-NetFirewallRule'
        Set-NetFirewallRule -Name $Name -Enabled $enabled -Profile $profiles -ErrorAction Stop
        return
    }
    $progress['step'] = 'New-NetFirewallRule'
    [void](New-NetFirewallRule -Name $Name -DisplayName 'Key Management Service (kms-bot)' -Direction 'Inbound' -Action 'Allow' -Protocol 'TCP' -LocalPort $parts[2] -Program '%SystemRoot%\System32\SppExtComObj.exe' -Enabled $enabled -Profile $profiles -ErrorAction Stop)
}
# What both rules have to be so that clients are let in in just these profiles.
function Get-WantedRules($State, [string]$Letters) {
    $known = $State['rules'][0]
    $port = Get-Port $State
    $isBuiltIn = $port -eq $kmsPort -and $known -ne ''
    if ($Letters -eq '') {
        # Switched off as it stands: its profiles say nothing then.
        if ($isBuiltIn) { 'FALSE' + $known.Substring($known.IndexOf(';')) } else { $known }
        return ''
    }
    $words = @(foreach ($letter in $Letters.ToCharArray()) { $profileWords[[string]$letter] }) -join ','
    $wanted = 'TRUE;' + $words + ';' + $port.ToString($invariant)
    if ($isBuiltIn) { return $wanted, '' }
    $known
    $wanted
}
function Set-Rules($State, $Rules) {
    $failure = @{}
    # What closes goes first, so that no moment lets in more than either state does.
    foreach ($at in 1, 0) {
        $name = @($builtIn, $ownRule)[$at]
        try { Set-Rule $name $State['rules'][$at] $Rules[$at] } catch {
            # A command that this Windows lacks is another answer.
            if ((Get-Code $_) -ceq 'no-command') { throw }
            Add-Failure $failure $_
        }
    }
    Stop-IfFailed $failure
}

# ---- The service. Its methods answer with numbers of their own, of which these have a result code.
$serviceCodes = @{ 2 = '80070005'; 3 = '8007041B'; 5 = '80070425'; 7 = '8007041D'; 14 = '80070422' }
function Get-ServiceRow {
    $row = (Get-Rows 'service')[0]
    # ERROR_SERVICE_DOES_NOT_EXIST.
    if ($null -eq $row) { Stop-WithCode '80070424' }
    $row
}
# Anybody who asks about the licence starts the service: then it stands there as another process.
function Test-Service($Row, [string]$Wanted, [long]$Former) {
    if ($Wanted -ceq 'Stopped' -and (Get-Number $Row.ProcessId) -ne $Former) { return $true }
    (Get-Text $Row.State) -ceq $Wanted
}
function Set-ServiceState([string]$Method, [string]$Wanted) {
    $progress['step'] = $Method
    $progress['code'] = ''
    $row = Get-ServiceRow
    $former = Get-Number $row.ProcessId
    if ((Get-Text $row.State) -ceq $Wanted) { return }
    $answer = Invoke-CimMethod -InputObject $row -MethodName $Method -Arguments @{} -OperationTimeoutSec $limits['set'] -ErrorAction Stop
    $value = [int](Get-Number $answer.ReturnValue)
    $until = [System.Math]::Min($watch.ElapsedMilliseconds + $limits['service'], $limits['all'])
    while ($true) {
        $row = Get-ServiceRow
        if (Test-Service $row $Wanted $former) { return }
        if ($value -ne 0) {
            if ($serviceCodes.ContainsKey($value)) { Stop-WithCode $serviceCodes[$value] }
            # WBEM_E_FAILED.
            Stop-WithCode '80041001'
        }
        # ERROR_SERVICE_REQUEST_TIMEOUT.
        if ($watch.ElapsedMilliseconds -ge $until) { Stop-WithCode '8007041D' }
        Start-Sleep -Seconds 1
    }
}
function Restart-Licensing {
    Set-ServiceState 'StopService' 'Stopped'
    Set-ServiceState 'StartService' 'Running'
    $work['restarted'] = $true
}

# ---- What the service publishes when it starts, in its own domain and in those of the list.
function Get-PublishedDomains($Lines) {
    $own = ''
    try { $own = Get-HostName (Get-Value (Get-Key $keys['tcpip']) 'Domain') } catch { $progress['code'] = '' }
    $known = New-Object -TypeName System.Collections.ArrayList
    foreach ($domain in @(@($own) + @(foreach ($text in @($Lines | Select-Object -Skip 1)) { Get-HostName ($text.Split(',')[0]) }))) {
        if ($domain -ne '' -and -not $known.Contains($domain)) { [void]$known.Add($domain) }
    }
    , $known
}
# Outcomes that were logged since, each as its number in the log, domain and code. Events that cannot be read say nothing.
function Get-Outcomes([int]$Most) {
    foreach ($id in 12294, 12293) {
        $filter = "*[System[Provider[@Name='Microsoft-Windows-Security-SPP'] and EventID=" + $id + ']]'
        $entries = @()
        try { $entries = @(Get-WinEvent -LogName 'Application' -FilterXPath $filter -MaxEvents $Most -ErrorAction Stop) } catch { continue }
        foreach ($entry in $entries) {
            try {
                $xml = [xml]$entry.ToXml()
                $fields = @(Get-EventFields $xml)
                $number = Get-Number $xml.Event.System.EventRecordID
                if ($id -eq 12294) { , @($number, (Get-HostName $fields[-1]), '00000000') }
                else { , @($number, (Get-HostName $fields[1]), (Get-Hex $fields[0])) }
            } catch { continue }
        }
    }
}
function Get-NewestOutcome {
    $newest = 0
    foreach ($outcome in @(Get-Outcomes 1)) { $newest = [System.Math]::Max($newest, $outcome[0]) }
    $newest
}
function Wait-Published($Domains, [long]$Since) {
    if ($Domains.Count -eq 0) { return }
    $until = [System.Math]::Min($watch.ElapsedMilliseconds + $limits['publish'], $limits['all'] - $limits['restore'])
    $codes = New-Object -TypeName System.Collections.Hashtable
    while ($true) {
        $numbers = New-Object -TypeName System.Collections.Hashtable
        foreach ($outcome in @(Get-Outcomes 100)) {
            $domain = $outcome[1]
            if ($outcome[0] -le $Since -or $null -eq $outcome[2]) { continue }
            if ($numbers.ContainsKey($domain) -and $numbers[$domain] -gt $outcome[0]) { continue }
            $numbers[$domain] = $outcome[0]
            $codes[$domain] = $outcome[2]
        }
        $missing = @(foreach ($domain in $Domains) { if (-not $codes.ContainsKey($domain)) { $domain } })
        if ($missing.Count -eq 0 -or $watch.ElapsedMilliseconds -ge $until) { break }
        Start-Sleep -Seconds 5
    }
    $change['pub'] = New-List @(foreach ($domain in $Domains) {
        $code = 'none'
        if ($codes.ContainsKey($domain)) { $code = $codes[$domain] }
        , @($domain, $code)
    })
}
# More domains than a line holds: none of them is told, rather than some.
$ladder += { if ($null -ne $change['pub']) { $change['pub'] = New-List @() } }

# ---- The change.
function Set-Values($Values) {
    $row = $before['svc']
    switch ($asked['set']) {
        'publish' { Invoke-Method $row 'DisableKeyManagementServiceDnsPublishing' @{ DisablePublishing = $Values[0] -ceq '0' } $limits['set'] }
        'priority' { Invoke-Method $row 'EnableKeyManagementServiceLowPriority' @{ EnableLowPriority = $Values[0] -ceq '1' } $limits['set'] }
        'port' {
            if ($Values[0] -ceq '0') { Invoke-Method $row 'ClearKeyManagementServiceListeningPort' @{} $limits['set'] }
            else { Invoke-Method $row 'SetKeyManagementServiceListeningPort' @{ PortNumber = [System.UInt32]$Values[0] } $limits['set'] }
        }
        'intervals' {
            Invoke-Method $row 'SetVLActivationInterval' @{ ActivationInterval = [System.UInt32]$Values[0] } $limits['set']
            Invoke-Method $row 'SetVLRenewalInterval' @{ RenewalInterval = [System.UInt32]$Values[1] } $limits['set']
        }
        'domains' { Set-List $Values }
    }
}
function Invoke-Steps {
    if ($asked['set'] -ceq 'firewall') { return Set-Rules $before @(Get-WantedRules $before $asked['to'][0]) }
    $publishes = $before['wire']['host']['pub'] -eq 1
    $lines = $before['list']
    if ($asked['set'] -ceq 'publish') { $publishes = $asked['to'][0] -ceq '1' }
    if ($asked['set'] -ceq 'domains') {
        $lines = $asked['to']
        Export-Registry
    }
    # The default port is no setting.
    if ($asked['set'] -ceq 'port' -and $asked['to'][0] -ceq '1688') { Set-Values @('0') } else { Set-Values $asked['to'] }
    if ($restarting -cnotcontains $asked['set']) { return }
    # Whoever publishes does so anew at every start.
    $since = 0
    if ($publishes) { $since = Get-NewestOutcome }
    Restart-Licensing
    if ($publishes) { Wait-Published (Get-PublishedDomains $lines) $since }
}
# Where the present state cannot be read, values are set all the same; of rules nobody knows then what to undo.
function Restore-Values($Values) {
    $now = New-State
    $isKnown = $true
    try { Read-State $now } catch { $isKnown = $false; $progress['code'] = '' }
    if ($asked['set'] -ceq 'firewall') {
        if ($isKnown -and $null -ne $now['rules']) { Set-Rules $now $Values }
        return
    }
    if ($isKnown -and (Test-Same (Get-Joined (Get-Standing $now)) (Get-Joined $Values))) { return }
    Set-Values $Values
}
# The service is started again whatever failed; stopped before that only where it may have taken up what is put back.
function Restore-State($Remembered) {
    $failure = @{}
    $values = @($Remembered | Select-Object -Skip 1)
    if ($values.Count -gt 0) { try { Restore-Values $values } catch { Add-Failure $failure $_ } }
    if ($restarting -ccontains $asked['set']) {
        try {
            if ($work['restarted'] -or $null -ne $memory['kept']) { Restart-Licensing } else { Set-ServiceState 'StartService' 'Running' }
        } catch { Add-Failure $failure $_ }
    }
    Stop-IfFailed $failure
}
function Test-Reached($State) {
    if ($asked['set'] -ceq 'restart') { return $true }
    $null -ne $State['wire']['host'] -and (Test-Values $State $asked['to'])
}
# The values may stand there without the service having been restarted: it is done again from the start.
function Test-Resumed($State, $Remembered) { $restarting -cnotcontains $asked['set'] -and (Test-Reached $State) }

#: shared/change-run.ps1
