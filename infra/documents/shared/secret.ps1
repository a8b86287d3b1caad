# ---- Fetching a secret with the machine's own role. Its value stays in this process: no line, memory or error has it.
#
# By AWS Tools for PowerShell where they are installed and find credentials; else by a signed request, with the
# credentials of the instance profile, and then with those that the agent keeps in a file: of a machine outside EC2, and
# of one under Default Host Management. The agent names that file in AWS_SHARED_CREDENTIALS_FILE (amazon-ssm-agent,
# agent/plugins/runscript); older agents do not, and their files are looked for where it keeps them.

# A text of a flat JSON answer; nothing where it is not there. Not by ConvertFrom-Json: where PowerShell logs what modules
# are told, the event log would have the secret. What is escaped but for blanks and slashes stays so: no secret has it.
function Get-JsonText([string]$Json, [string]$Name) {
    if ($Json -cmatch ('"' + $Name + '"[ \t\r\n]*:[ \t\r\n]*"((?:[^"\\]|\\.)*)"')) {
        $Matches[1].Replace('\/', '/').Replace('\r', "`r").Replace('\n', "`n").Replace('\t', "`t")
    }
}

# Which secret the options mean: nothing but the bot's own, and only in the region that its ARN names.
function Get-Reference($Value, [string]$Folder) {
    foreach ($part in $Value.store, $Value.name, $Value.region) { if ($part -isnot [string]) { throw 'not a reference' } }
    if ($Value.region -cnotmatch '^[a-z]{2,4}(?:-[a-z]{2,12}){1,3}-[0-9]{1,2}\z') { throw 'not a region' }
    $path = 'kms-bot/' + $Folder + '/[A-Za-z0-9/_.+=@-]{1,200}\z'
    if ($Value.store -ceq 'secrets-manager') {
        if ($Value.name -cnotmatch ('^arn:aws:secretsmanager:' + $Value.region + ':[0-9]{12}:secret:' + $path)) { throw 'not a secret' }
    } elseif ($Value.store -ceq 'parameter-store') {
        if ($Value.name -cnotmatch ('^/' + $path)) { throw 'not a parameter' }
    } else { throw 'not a store' }
    @{ store = $Value.store; name = $Value.name; region = $Value.region }
}

# The response behind a failure, if a server answered at all.
function Get-Response($Record) {
    $fault = $Record.Exception
    while ($null -ne $fault) {
        if ($fault -is [System.Net.WebException] -and $null -ne $fault.Response) { return $fault.Response }
        $fault = $fault.InnerException
    }
}
# Every request over HTTP goes through here. Fails where nobody answers.
function Send-Request([string]$Method, [string]$Url, $Headers, [string]$Body) {
    $web = New-Object -TypeName System.Net.WebClient
    $web.Encoding = [System.Text.Encoding]::UTF8
    # A proxy never reaches link-local addresses.
    if ($Url -cmatch '^http://169\.254\.') { $web.Proxy = $null }
    foreach ($name in $Headers.Keys) { $web.Headers.Add($name, $Headers[$name]) }
    try {
        if ($Method -ceq 'GET') { $text = $web.DownloadString($Url) } else { $text = $web.UploadString($Url, $Method, $Body) }
        return @{ status = 200; body = $text }
    } catch {
        $response = Get-Response $_
        if ($null -eq $response) { throw }
        $reader = New-Object -TypeName System.IO.StreamReader -ArgumentList ($response.GetResponseStream())
        try { $text = $reader.ReadToEnd() } finally { $reader.Close() }
        @{ status = [int]$response.StatusCode; body = $text }
    }
}

# ---- Credentials: id, secret and token; nothing where there are none.
function Get-Pair([string]$Id, [string]$Secret, [string]$Token) {
    if ($Id -cmatch '^[A-Z0-9]{16,128}\z' -and $Secret -ne '') { @{ id = $Id; secret = $Secret; token = $Token } }
}
function Get-InstanceKeys {
    $base = 'http://169.254.169.254/latest/'
    $token = Send-Request 'PUT' ($base + 'api/token') @{ 'X-aws-ec2-metadata-token-ttl-seconds' = '60' } ''
    if ($token['status'] -ne 200) { return }
    $pass = @{ 'X-aws-ec2-metadata-token' = $token['body'] }
    $base += 'meta-data/iam/security-credentials/'
    $role = Send-Request 'GET' $base $pass ''
    $name = (Get-Trimmed $role['body']).Split([char]10)[0]
    if ($role['status'] -ne 200 -or $name -cnotmatch '^[A-Za-z0-9+=,.@_-]{1,64}\z') { return }
    $said = Send-Request 'GET' ($base + $name) $pass ''
    if ($said['status'] -ne 200) { return }
    $found = @(foreach ($part in 'AccessKeyId', 'SecretAccessKey', 'Token') { Get-Text (Get-JsonText $said['body'] $part) })
    Get-Pair $found[0] $found[1] $found[2]
}
function Get-AgentKeys {
    $section = Get-Text $env:AWS_PROFILE
    if ($section -eq '') { $section = 'default' }
    $places = (Get-Text $env:AWS_SHARED_CREDENTIALS_FILE), ((Get-Text $env:ProgramFiles) + '\Amazon\SSM\credentials'),
        ((Get-Text $env:USERPROFILE) + '\.aws\credentials')
    foreach ($place in $places) {
        # Without the variable what follows it is no path.
        if ($place -eq '' -or $place[0] -eq '\') { continue }
        $file = New-Object -TypeName System.IO.FileInfo -ArgumentList $place
        if (-not $file.Exists) { continue }
        Assert-Trusted $file
        $reader = New-Object -TypeName System.IO.StreamReader -ArgumentList $place
        try { $text = $reader.ReadToEnd() } finally { $reader.Close() }
        return Get-SectionKeys $text $section
    }
}
function Get-SectionKeys([string]$Text, [string]$Section) {
    $found = @{}
    $isOurs = $false
    foreach ($row in $Text.Split([char]10)) {
        $row = Get-Trimmed $row
        if ($row -cmatch '^\[(.*)\]\z') { $isOurs = $Matches[1] -ceq $Section }
        elseif ($isOurs -and $row -cmatch '^(aws_[a-z_]+)[ \t]*=[ \t]*([!-~]+)\z') { $found[$Matches[1]] = $Matches[2] }
    }
    Get-Pair (Get-Text $found['aws_access_key_id']) (Get-Text $found['aws_secret_access_key']) (Get-Text $found['aws_session_token'])
}

# ---- Signature Version 4 (AWS, "Create a signed AWS API request"): a JSON request, everything of it signed.
function Get-Hmac([byte[]]$Key, [string]$Text) {
    $hash = New-Object -TypeName System.Security.Cryptography.HMACSHA256
    $hash.Key = $Key
    , $hash.ComputeHash([System.Text.Encoding]::UTF8.GetBytes($Text))
}
function Get-SignedHeaders($Keys, $Request) {
    $time = (Get-Date).ToUniversalTime().ToString('yyyyMMddTHHmmssZ', $invariant)
    $headers = [ordered]@{ 'content-type' = 'application/x-amz-json-1.1'; 'host' = $Request['host']; 'x-amz-date' = $time }
    if ($Keys['token'] -ne '') { $headers['x-amz-security-token'] = $Keys['token'] }
    $headers['x-amz-target'] = $Request['target']
    $rows = @(foreach ($name in $headers.Keys) { $name + ':' + $headers[$name] })
    $names = @($headers.Keys) -join ';'
    $canonical = @('POST', '/', '') + $rows + @('', $names, (Get-Sha256 $Request['body']))
    $scope = $time.Substring(0, 8), $Request['region'], $Request['service'], 'aws4_request'
    $toSign = 'AWS4-HMAC-SHA256', $time, ($scope -join '/'), (Get-Sha256 (Get-Joined $canonical))
    $key = [System.Text.Encoding]::UTF8.GetBytes('AWS4' + $Keys['secret'])
    foreach ($part in $scope) { $key = Get-Hmac $key $part }
    $signature = Get-HexText (Get-Hmac $key (Get-Joined $toSign))
    # The client writes the host itself.
    $headers.Remove('host')
    $headers['authorization'] = 'AWS4-HMAC-SHA256 Credential=' + $Keys['id'] + '/' + ($scope -join '/') + ', SignedHeaders=' + $names + ', Signature=' + $signature
    $headers
}

# ---- The secret.
function Get-SecretRequest($Reference) {
    $name = Get-Json $Reference['name']
    if ($Reference['store'] -ceq 'secrets-manager') {
        $service = 'secretsmanager'
        $request = @{ action = 'GetSecretValue'; target = 'secretsmanager.GetSecretValue'; value = 'SecretString'; body = '{"SecretId":' + $name + '}' }
    } else {
        $service = 'ssm'
        $request = @{ action = 'GetParameter'; target = 'AmazonSSM.GetParameter'; value = 'Value'; body = '{"Name":' + $name + ',"WithDecryption":true}' }
    }
    $request['service'] = $service
    $request['region'] = $Reference['region']
    $request['host'] = $service + '.' + $Reference['region'] + '.amazonaws.com'
    $request
}
# Whatever goes wrong with them, the signed request is tried, and says why.
function Get-ByTools($Reference) {
    try {
        if ($Reference['store'] -ceq 'secrets-manager') {
            return [string](Get-SECSecretValue -SecretId $Reference['name'] -Region $Reference['region'] -ErrorAction Stop).SecretString
        }
        [string](Get-SSMParameter -Name $Reference['name'] -WithDecryption $true -Region $Reference['region'] -ErrorAction Stop).Value
    } catch { return }
}
# In AWS's own words who may not do what; any other error by its name.
function Get-Refusal($Request, $Said) {
    $refusal = @{ step = $Request['action']; code = '' }
    $type = @((Get-Text (Get-JsonText $Said['body'] '__type')).Split([char]'#'))[-1]
    $message = Get-Text (Get-JsonText $Said['body'] '[Mm]essage')
    if ($type -ceq 'AccessDeniedException') {
        $refusal['need'] = $Request['service'] + ':' + $Request['action']
        if ($message -cmatch 'not authorized to perform: ([a-z0-9-]{1,32}:[A-Za-z0-9]{1,64})') { $refusal['need'] = $Matches[1] }
        elseif ($message -cmatch 'Access to KMS is not allowed') { $refusal['need'] = 'kms:Decrypt' }
        if ($message -cmatch '^User: (arn:[!-~]{1,256}) is not authorized') { $refusal['who'] = $Matches[1] }
    } elseif ($type -cmatch '^[A-Za-z]{1,64}\z') { $refusal['step'] = $type }
    $refusal
}
function Get-Signed($Keys, $Request) {
    $said = Send-Request 'POST' ('https://' + $Request['host'] + '/') (Get-SignedHeaders $Keys $Request) $Request['body']
    if ($said['status'] -ne 200) { return Get-Refusal $Request $said }
    @{ text = Get-Text (Get-JsonText $said['body'] $Request['value']) }
}
# The secret's text. Otherwise ends the run as refused, with what AWS refused first, or why there was nothing to ask with.
function Get-Secret($Reference) {
    $text = Get-ByTools $Reference
    if ($null -ne $text) {
        $change['via'] = 'tools'
        return $text
    }
    # TLS 1.2, which older Windows does not offer by itself; the metadata service does not know 100-continue.
    [System.Net.ServicePointManager]::SecurityProtocol = [System.Net.ServicePointManager]::SecurityProtocol -bor 3072
    [System.Net.ServicePointManager]::Expect100Continue = $false
    $request = Get-SecretRequest $Reference
    $refusal = $null
    $none = @{ step = 'credentials'; code = '' }
    foreach ($via in 'instance', 'agent') {
        $keys = $null
        try { if ($via -ceq 'instance') { $keys = Get-InstanceKeys } else { $keys = Get-AgentKeys } }
        catch { $none['code'] = Get-Failure $_ }
        $progress['code'] = ''
        if ($null -eq $keys) { continue }
        try { $said = Get-Signed $keys $request } catch { $said = @{ step = $request['action']; code = Get-Failure $_ } }
        $progress['code'] = ''
        if ($null -ne $said['text']) {
            $change['via'] = $via
            return $said['text']
        }
        if ($null -eq $refusal -or ($null -eq $refusal['need'] -and $null -ne $said['need'])) { $refusal = $said }
    }
    if ($null -eq $refusal) { $refusal = $none }
    $progress['step'] = $refusal['step']
    $change['need'] = $refusal['need']
    $change['who'] = $refusal['who']
    Stop-WithRefusal 'secret-unreadable' $refusal['code']
}
