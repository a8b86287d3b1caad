# What every document that changes a machine shares: its parameters, reading the state before and after, calling CIM
# methods, one change at a time, what the machine remembers of each operation, and the line that is printed.
#
# Runs on Windows PowerShell 3.0 and later with .NET 4.5, as LocalSystem. Nothing is read from localised text. Exit 0: a
# result was printed. 20: a parameter was not filled in. 21: a parameter is not what was agreed. 29: anything else.
#
# The document itself brings $document, $putsBack, Read-Options, Get-Verdict, Get-Remembered, Invoke-Steps, Restore-State,
# Test-Reached and Test-Resumed; change-run.ps1 runs them.

$ErrorActionPreference = 'Stop'
$operation = '{{ Operation }}'
$encoded = '{{ Options }}'

# ---- Limits. All of it together ends well before the step's own 300 seconds, so that nothing is cut off half way.
$limits = @{ turn = 30000; read = 12; set = 12; install = 60; activate = 120; all = 270000; restore = 60000 }
$lineBytes = 2400
# Prefix, line end, and the mark of a kept result.
$lineRoom = $lineBytes - 8 - 2 - 10
$invariant = [System.Globalization.CultureInfo]::InvariantCulture
$watch = New-Object -TypeName System.Diagnostics.Stopwatch
# Where the run is, for whoever has to say what failed, and which safeguard of the document ended it.
$progress = @{ step = ''; code = ''; why = '' }

# ---- What is read. An alternative after the first stands for an older Windows that lacks a property.
$licensing = 'KeyManagementServiceMachine, KeyManagementServicePort, KeyManagementServiceLookupDomain'
$productBase = 'SELECT ID, ApplicationID, Name, Description, LicenseFamily, LicenseIsAddon, PartialProductKey, ' +
    'LicenseStatus, LicenseStatusReason, GracePeriodRemaining, ' + $licensing + ', ' +
    'DiscoveredKeyManagementServiceMachineName, DiscoveredKeyManagementServiceMachinePort'
$productFrom = ' FROM SoftwareLicensingProduct WHERE PartialProductKey <> NULL'
$queries = @{
    computer = @('SELECT Name FROM Win32_ComputerSystem')
    spp = @("SELECT State, StartMode FROM Win32_Service WHERE Name = 'sppsvc'")
    svc = @('SELECT Version, ClientMachineID, IsKeyManagementServiceMachine, KeyManagementServiceHostCaching, ' +
        'RemainingWindowsReArmCount, ' + $licensing + ' FROM SoftwareLicensingService')
    prod = @(
        ($productBase + ', DiscoveredKeyManagementServiceMachineIpAddress, VLActivationType, VLActivationTypeEnabled' +
            $productFrom),
        ($productBase + $productFrom))
}

#: shared/codes.ps1

# The code of what failed: always a result code, or nothing.
function Get-Failure($Record) {
    if ($progress['code'] -ne '') { return $progress['code'] }
    $code = Get-Code $Record
    # ERROR_TIMEOUT, whatever layer gave up.
    if ($code -ceq 'timeout') { return '800705B4' }
    if ($code -cmatch '^[0-9A-F]{8}\z') { $code } else { '' }
}
# Character by character: the operators leave out what a culture finds unimportant, such as a soft hyphen.
function Test-Same([string]$One, [string]$Other) { [string]::CompareOrdinal($One, $Other) -eq 0 }
function Get-Joined($Texts) { @($Texts) -join "`n" }
# A value of a dictionary that may not be there at all.
function Get-Part($Of, [string]$Key) { if ($null -ne $Of) { $Of[$Key] } }
function Stop-WithCode([string]$Code) {
    $progress['code'] = $Code
    throw $Code
}
# The result is then `refused` for that reason, with the step and, where there is one, the code.
function Stop-WithRefusal([string]$Why, [string]$Code) {
    $progress['why'] = $Why
    Stop-WithCode $Code
}

#: shared/values.ps1

#: shared/addresses.ps1

#: shared/line.ps1

#: shared/products.ps1

# ---- Options: what is not as agreed ends the run before anything is read or changed.
function Test-Has($Object, [string]$Name) { $null -ne $Object -and $null -ne $Object.PSObject.Properties[$Name] }
function Get-Whole($Value, [long]$Least, [long]$Most) {
    if (($Value -isnot [int] -and $Value -isnot [long]) -or $Value -lt $Least -or $Value -gt $Most) { throw 'not a whole number' }
    [long]$Value
}
# Any text that a machine may have shown: it is compared, never set.
function Get-Shown($Value) {
    if ($Value -isnot [string] -or $Value.Length -gt 1024) { throw 'not a text' }
    $Value
}
# A name or address that may be set: no blanks and no control characters, IPv6 in brackets as slmgr stores it.
function Get-Target($Value) {
    if ($Value -isnot [string] -or $Value -cnotmatch '^[^\x00-\x20\x7f]{1,255}\z') { throw 'not a host' }
    if ($Value.Contains(':') -and $Value -cnotmatch '^\[[0-9A-Fa-f:.]{2,45}\]\z') { throw 'IPv6 without brackets' }
    $Value
}
# Name and port, or nothing for none.
function Get-Assignment($Value, [bool]$Sets) {
    if ($null -eq $Value) { return $null }
    if ($Value -is [string] -or @($Value).Count -ne 2) { throw 'not an assignment' }
    $port = Get-Whole $Value[1] 0 65535
    if ($Sets) { , @((Get-Target $Value[0]), $port) } else { , @((Get-Shown $Value[0]), $port) }
}
function Get-Tail($Value) {
    if ($Value -isnot [string] -or $Value -cnotmatch '^(?:[A-Z0-9]{5})?\z') { throw 'not the end of a key' }
    $Value
}

# ---- The machine's state, as the inspection tells of it, and the rows it was read from.
function Get-Rows([string]$Key) {
    $failure = $null
    foreach ($query in $queries[$Key]) {
        try { return , @(Get-CimInstance -Namespace 'root\cimv2' -Query $query -OperationTimeoutSec $limits['read'] -ErrorAction Stop) }
        catch {
            $failure = $_
            # WBEM_E_INVALID_QUERY: a property of a later Windows was named.
            if ($_.FullyQualifiedErrorId -cnotmatch '80041017') { throw }
        }
    }
    throw $failure
}
function Get-Service($Row) {
    $service = [ordered]@{
        ver = Get-Text $Row.Version; cmid = Get-Guid $Row.ClientMachineID
        host = [int]((Get-Number $Row.IsKeyManagementServiceMachine) -ne 0)
        cache = [int]($Row.KeyManagementServiceHostCaching -eq $true); rearm = Get-Number $Row.RemainingWindowsReArmCount
    }
    $assigned = Get-Assigned $Row
    if ($null -ne $assigned) { $service['kms'] = $assigned }
    $lookup = Get-HostName $Row.KeyManagementServiceLookupDomain
    if ($lookup -ne '') { $service['look'] = $lookup }
    $service
}
# Add-ons such as extended security updates never decide about Windows.
function Get-Products($Rows) {
    $products = @(foreach ($row in $Rows) {
        $product = Get-Product $row
        if ($product['app'] -cne 'w' -or $row.LicenseIsAddon -ne $true) { @{ row = $row; product = $product } } })
    Get-Ordered $products @(foreach ($one in $products) { Get-ProductKey $one['product'] })
}
# What a document reads beside the licence; it puts its own in the place of this.
function Read-More($State) { }
# Fails where the licensing service or its products cannot be read; what was read before stands in the state then.
function Read-State($State) {
    $progress['step'] = 'SoftwareLicensingService'
    $State['svc'] = (Get-Rows 'svc')[0]
    # WBEM_E_NOT_FOUND.
    if ($null -eq $State['svc']) { Stop-WithCode '80041002' }
    $State['wire']['svc'] = Get-Service $State['svc']
    $progress['step'] = 'SoftwareLicensingProduct'
    $State['products'] = Get-Products (Get-Rows 'prod')
    $State['wire']['prod'] = New-List @(foreach ($one in $State['products']) { , $one['product'] })
    # The one that slmgr means without an activation id: the licensed one comes first.
    foreach ($one in $State['products']) {
        if ($one['product']['app'] -ceq 'w') { $State['row'] = $one['row']; $State['product'] = $one['product']; break }
    }
    Read-More $State
}
function New-State { @{ svc = $null; products = @(); row = $null; product = $null; wire = [ordered]@{ svc = $null; prod = $null } } }
function Test-Host($State) {
    if ((Get-Part $State['wire']['svc'] 'host') -eq 1) { return $true }
    foreach ($one in $State['products']) { if ($one['product']['ch'] -cmatch '^VOLUME_KMS(?!CLIENT)') { return $true } }
    $false
}
function Test-Client($State) { (Get-Part $State['product'] 'ch') -ceq 'VOLUME_KMSCLIENT' }
function Test-Disabled {
    $progress['step'] = 'Win32_Service'
    $row = (Get-Rows 'spp')[0]
    $null -ne $row -and (Get-Text $row.StartMode) -ceq 'Disabled'
}
function Get-ComputerName {
    try { Get-Text (Get-Rows 'computer')[0].Name } catch { Get-Text $env:COMPUTERNAME }
}

# ---- Effects.
function Invoke-Method($Row, [string]$Name, $Arguments, [int]$Seconds) {
    $progress['step'] = $Name
    $progress['code'] = ''
    $answer = Invoke-CimMethod -InputObject $Row -MethodName $Name -Arguments $Arguments -OperationTimeoutSec $Seconds -ErrorAction Stop
    $value = Get-Number $answer.ReturnValue
    if ($value -ne 0) { Stop-WithCode ($value.ToString('X8', $invariant)) }
}
function Set-HostName($Row, [string]$Name) {
    if ($Name -eq '') { Invoke-Method $Row 'ClearKeyManagementServiceMachine' @{} $limits['set'] }
    else { Invoke-Method $Row 'SetKeyManagementServiceMachine' @{ MachineName = $Name } $limits['set'] }
}
function Set-HostPort($Row, [long]$Port) {
    if ($Port -eq 0) { Invoke-Method $Row 'ClearKeyManagementServicePort' @{} $limits['set'] }
    else { Invoke-Method $Row 'SetKeyManagementServicePort' @{ PortNumber = [System.UInt32]$Port } $limits['set'] }
}
# As slmgr does it: no port clears the port, and no name clears both.
function Set-Assignment($Row, [string]$Name, [long]$Port) {
    Set-HostName $Row $Name
    Set-HostPort $Row $Port
}
function Set-Lookup($Row, [string]$Domain) {
    if ($Domain -eq '') { Invoke-Method $Row 'ClearKeyManagementServiceLookupDomain' @{} $limits['set'] }
    else { Invoke-Method $Row 'SetKeyManagementServiceLookupDomain' @{ LookupDomain = $Domain } $limits['set'] }
}
# Gives the code the activation ended in.
function Invoke-Activation($State, [int]$Seconds) {
    try { Invoke-Method $State['row'] 'Activate' @{} $Seconds } catch {
        $code = Get-Failure $_
        $progress['code'] = ''
        if ($code -eq '') { $code = '80004005' }
        return $code
    }
    # Not bound to a host.
    Get-LicenceCode $State 'Activate' 'C004F056'
}
# Windows may raise nothing and still not be activated: then its reason counts.
function Get-LicenceCode($State, [string]$Step, [string]$Otherwise) {
    # What the service still shows of before would be read otherwise; the activation itself does not depend on it.
    try { Invoke-Method $State['svc'] 'RefreshLicenseStatus' @{} $limits['set'] } catch { $progress['code'] = '' }
    $now = New-State
    Read-State $now
    $progress['step'] = $Step
    foreach ($one in $now['products']) {
        if ($one['product']['id'] -cne $State['product']['id']) { continue }
        if ($one['product']['st'] -eq 1) { return '00000000' }
        # A reason that is no failure (a grace period) does not say why.
        if ($one['product']['why'] -cmatch '^[89A-F]') { return $one['product']['why'] }
    }
    $Otherwise
}

# One value that cannot be put back must not keep another from it: the first failure is told once all were tried.
function Add-Failure($Failure, $Record) {
    if ($Failure.Count -eq 0) {
        $Failure['step'] = $progress['step']
        $Failure['code'] = Get-Failure $Record
    }
    $progress['code'] = ''
}
function Stop-IfFailed($Failure) {
    if ($Failure.Count -eq 0) { return }
    $progress['step'] = $Failure['step']
    Stop-WithCode $Failure['code']
}

# ---- Assignments at both levels as texts, to be remembered, compared and put back: exactly what stood there.
function Get-Level($Row) {
    if ($null -eq $Row) { return '=', '0' }
    ('=' + (Get-Text $Row.KeyManagementServiceMachine))
    (Get-Number $Row.KeyManagementServicePort).ToString($invariant)
}
function Get-RememberedAssignment($State) {
    Get-Level $State['svc']
    Get-Text (Get-Part $State['product'] 'id')
    Get-Level $State['row']
}
# Where the present state cannot be read, everything is set.
function Restore-Assignment($Remembered) {
    $now = New-State
    $isKnown = $true
    try { Read-State $now } catch { $isKnown = $false; $progress['code'] = '' }
    if (-not $isKnown) { $now = $before }
    $rows = @($now['svc'], $null)
    foreach ($one in $now['products']) { if ($one['product']['id'] -ceq $Remembered[2]) { $rows[1] = $one['row'] } }
    $failure = @{}
    foreach ($level in 0, 1) {
        if ($null -eq $rows[$level]) { continue }
        $name = $Remembered[3 * $level]
        $port = $Remembered[3 * $level + 1]
        $shown = @(Get-Level $rows[$level])
        if (-not $isKnown -or -not (Test-Same $shown[0] $name)) {
            try { Set-HostName $rows[$level] $name.Substring(1) } catch { Add-Failure $failure $_ }
        }
        if (-not $isKnown -or $shown[1] -cne $port) {
            try { Set-HostPort $rows[$level] ([long]$port) } catch { Add-Failure $failure $_ }
        }
    }
    Stop-IfFailed $failure
}

# ---- One change at a time, and what the machine remembers of it.
function Enter-Turn {
    $progress['step'] = 'mutex'
    $turn['mutex'] = New-Object -TypeName System.Threading.Mutex -ArgumentList $false, 'Global\KmsBot-Change'
    try { $turn['mine'] = $turn['mutex'].WaitOne($limits['turn']) } catch {
        # Whoever held it died: it is ours now, and what was begun shows in the memory.
        $fault = $_.Exception
        while ($null -ne $fault) { if ($fault -is [System.Threading.AbandonedMutexException]) { $turn['mine'] = $true }; $fault = $fault.InnerException }
        if (-not $turn['mine']) { throw }
    }
    $turn['mine']
}
function Exit-Turn { if ($turn['mine']) { $turn['mutex'].ReleaseMutex() } }

$trusted = 'S-1-5-18', 'S-1-5-32-544'
# ERROR_INVALID_OWNER: whoever may write there could make this run believe or put back anything. Links lead elsewhere.
function Assert-Trusted($Item) {
    $owner = $Item.GetAccessControl().GetOwner([System.Security.Principal.SecurityIdentifier]).Value
    if ($trusted -cnotcontains $owner -or ([int]$Item.Attributes -band 1024) -ne 0) { Stop-WithCode '8007051B' }
}
function Open-Folder([string]$Path) {
    $security = New-Object -TypeName System.Security.AccessControl.DirectorySecurity
    $security.SetAccessRuleProtection($true, $false)
    foreach ($id in $trusted) {
        $who = New-Object -TypeName System.Security.Principal.SecurityIdentifier -ArgumentList $id
        $rule = New-Object -TypeName System.Security.AccessControl.FileSystemAccessRule -ArgumentList $who, 'FullControl', 'ContainerInherit, ObjectInherit', 'None', 'Allow'
        $security.AddAccessRule($rule)
    }
    $folder = New-Object -TypeName System.IO.DirectoryInfo -ArgumentList $Path
    # Users may make folders in ProgramData: one that is there already is looked at, never taken on trust.
    if (-not $folder.Exists) {
        $folder.Create($security)
        $folder.Refresh()
    }
    Assert-Trusted $folder
    $folder.SetAccessControl($security)
    $folder
}
function Open-Memory {
    $progress['step'] = 'memory'
    # ERROR_PATH_NOT_FOUND.
    if ((Get-Text $env:ProgramData) -eq '') { Stop-WithCode '80070003' }
    $parent = $env:ProgramData + '\KmsBot'
    [void](Open-Folder $parent)
    $memory['folder'] = Open-Folder ($parent + '\operations')
    $memory['path'] = $parent + '\operations\' + $operation + '.json'
    $file = New-Object -TypeName System.IO.FileInfo -ArgumentList $memory['path']
    if (-not $file.Exists) { return }
    Assert-Trusted $file
    $reader = New-Object -TypeName System.IO.StreamReader -ArgumentList $memory['path']
    try { $text = $reader.ReadToEnd() } finally { $reader.Close() }
    # ERROR_INVALID_DATA: nobody knows what was done, so nothing is.
    $kept = $null
    try { $kept = ConvertFrom-Json -InputObject $text } catch { Stop-WithCode '8007000D' }
    if ($null -eq $kept.doc) { Stop-WithCode '8007000D' }
    # The same id for something else is not an operation of ours.
    if ($kept.doc -cne $document -or $kept.opt -cne $encoded) { $memory['foreign'] = $true }
    $memory['kept'] = $kept
}
# Written beside and then moved into place, so that a run that dies in between leaves the earlier text whole. The values
# are typed: as texts they would fit several constructors.
function Write-Memory($Value) {
    $progress['step'] = 'memory'
    $progress['code'] = ''
    $draft = $memory['path'] + '.new'
    $bytes = [System.Text.Encoding]::ASCII.GetBytes((Get-Json $Value))
    $stream = New-Object -TypeName System.IO.FileStream -ArgumentList $draft, ([System.IO.FileMode]::Create),
        ([System.IO.FileAccess]::Write), ([System.IO.FileShare]::None), 4096, ([System.IO.FileOptions]::WriteThrough)
    try { $stream.Write($bytes, 0, $bytes.Length) } finally { $stream.Close() }
    $written = New-Object -TypeName System.IO.FileInfo -ArgumentList $draft
    $file = New-Object -TypeName System.IO.FileInfo -ArgumentList $memory['path']
    if ($file.Exists) {
        [void]$written.Replace($memory['path'], $memory['path'] + '.old')
        $old = New-Object -TypeName System.IO.FileInfo -ArgumentList ($memory['path'] + '.old')
        $old.Delete()
    } else { $written.MoveTo($memory['path']) }
}
function Get-Entry { [ordered]@{ v = 1; doc = $document; opt = $encoded; at = Get-UnixTime (Get-Date) } }
function Write-Intent($Remembered) {
    $entry = Get-Entry
    $entry['was'] = New-List $Remembered
    Write-Memory $entry
}
# An undo is offered for thirty days; after forty nobody asks for an operation again.
function Clear-OldMemory {
    $bound = (Get-Date).ToUniversalTime().AddDays(-40)
    foreach ($file in @($memory['folder'].GetFiles())) { if ($file.LastWriteTimeUtc -lt $bound) { $file.Delete() } }
}

# ---- The line. What is cut for length: other products first, then texts, and the states last and whole, since part of
# a host's name would be another host's.
function Get-Cut([string]$Text, [int]$Room) {
    if ((Get-Escaped $Text).Length -le $Room) { return $Text }
    $kept = $Text.Substring(0, [System.Math]::Min($Text.Length, $Room))
    while ((Get-Escaped $kept).Length -gt $Room) { $kept = $kept.Substring(0, $kept.Length - 1) }
    $kept
}
function Edit-Products([scriptblock]$Edit) {
    foreach ($key in 'before', 'after') {
        if ($null -ne $change[$key]['prod']) { foreach ($product in $change[$key]['prod']) { & $Edit $product } }
    }
}
function Limit-Products([int]$Most) {
    foreach ($key in 'before', 'after') {
        $list = $change[$key]['prod']
        if ($null -ne $list -and $list.Count -gt $Most) { $list.RemoveRange($Most, $list.Count - $Most) }
    }
}
$ladder = @(
    { Limit-Products 4 }, { Limit-Products 2 }, { Edit-Products { param($Product) $Product.Remove('disc') } }, { Limit-Products 1 },
    {
        Edit-Products { param($Product) $Product['fam'] = Get-Cut $Product['fam'] 32; $Product['ch'] = Get-Cut $Product['ch'] 32 }
        foreach ($key in 'before', 'after') { if ($null -ne $change[$key]['svc']) { $change[$key]['svc']['ver'] = Get-Cut $change[$key]['svc']['ver'] 32 } }
        $change['name'] = Get-Cut $change['name'] 32
    },
    { foreach ($attempt in @($change['tests'])) { if ($null -ne $attempt) { $attempt[1] = Get-Cut $attempt[1] 300 } } },
    { $change['before'] = [ordered]@{ svc = $null; prod = $null } },
    { $change['after'] = [ordered]@{ svc = $null; prod = $null } }
)
function Get-Line {
    foreach ($step in $ladder) {
        if ((Get-Json $change).Length -le $lineRoom) { break }
        & $step
    }
    'KMSBOT1 ' + (Get-Json $change)
}
