# ---- The run.
if ($operation.Contains('{{') -or $encoded.Contains('{{')) { exit 20 }
if ($operation -cnotmatch '^[a-z0-9][a-z0-9-]{7,63}\z' -or $encoded -cnotmatch '^[A-Za-z0-9+/=]{0,3000}\z') { exit 21 }
$asked = @{}
try {
    $options = ConvertFrom-Json -InputObject ([System.Text.Encoding]::ASCII.GetString([System.Convert]::FromBase64String($encoded)))
    if ($options -isnot [System.Management.Automation.PSCustomObject]) { throw 'not an object' }
    Read-Options $options
} catch { exit 21 }

$turn = @{ mutex = $null; mine = $false }
$memory = @{ folder = $null; path = ''; kept = $null; foreign = $false }
$before = New-State
$after = New-State
# `again` stands right before `before` where a kept result is printed.
$change = [ordered]@{
    v = 1; at = 0; name = ''; op = $operation; doc = $document; res = ''; why = $null; step = $null; code = $null; back = $null
    tests = $null; via = $null; need = $null; who = $null; tail = $null; iid = $null; dig = $null; saved = $null; pub = $null
    before = $before['wire']; after = $after['wire']
}
function Set-Result([string]$Result, [string]$Why) {
    $change['res'] = $Result
    if ($Why -ne '') { $change['why'] = $Why }
}
function Set-Failure($Record) {
    $change['res'] = 'failed'
    $change['step'] = $progress['step']
    $code = Get-Failure $Record
    if ($progress['why'] -ne '') {
        Set-Result 'refused' $progress['why']
        $code = $progress['code']
        $progress['why'] = ''
    }
    if ($code -ne '') { $change['code'] = $code }
    $progress['code'] = ''
}

# What a run that died half way left behind. What had already been reached stays; anything else is put back to what was
# remembered, so that this run starts, and would end in failure, from where the first one did. That holds for an hour:
# later somebody may have mended the machine by hand, and what the options expect decides alone. A test expects nothing,
# and what it left is nobody's wish: it is put back whenever that is found.
function Resume-Operation {
    $age = (Get-UnixTime (Get-Date)) - (Get-Number $memory['kept'].at)
    if ($age -gt 3600 -and -not $onlyTests) { return }
    $was = @(foreach ($text in $memory['kept'].was) { [string]$text })
    if (Test-Resumed $before $was) {
        Set-Result 'done' ''
        # The state before is known no more.
        $change['before'] = [ordered]@{ svc = $null; prod = $null }
        $change['after'] = $before['wire']
        return
    }
    if (-not $putsBack) { return }
    Restore-State $was
    $script:before = New-State
    Read-State $before
    $change['before'] = $before['wire']
}

# Applies, reads back, and puts back what was there when that failed, or always where the document is only a test.
function Invoke-Change {
    $remembered = @(Get-Remembered $before)
    Write-Intent $remembered
    try { Invoke-Steps } catch {
        if ((Get-Code $_) -ceq 'no-command') { Set-Result 'refused' 'no-command' } else { Set-Failure $_ }
    }
    if ($change['res'] -eq '' -and -not $onlyTests) {
        try {
            try { Read-State $after } catch { if ($asked['blind']) { $progress['code'] = '' } else { throw } }
            if (Test-Reached $after) { Set-Result 'done' '' } else { $progress['step'] = 'verify'; Set-Failure $null }
        } catch { Set-Failure $_ }
    }
    if ($change['res'] -ceq 'done') { return }
    if ($change['res'] -eq '') { Set-Result 'done' '' }
    $failure = @{}
    if ($putsBack) { try { Restore-State $remembered } catch { Add-Failure $failure $_ } }
    $script:after = New-State
    $change['after'] = $after['wire']
    $isRead = $true
    try { Read-State $after } catch { $isRead = $false; Add-Failure $failure $_ }
    if (-not $putsBack) { return }
    # What the machine shows decides, not whether every call went well.
    $isBack = $isRead -and (Test-Same (Get-Joined (Get-Remembered $after)) (Get-Joined $remembered))
    if (-not $isBack -and $change['res'] -cne 'failed') {
        if ($failure.Count -eq 0) { $failure['step'] = 'verify'; $failure['code'] = '' }
        $progress['step'] = $failure['step']
        $progress['code'] = $failure['code']
        Set-Failure $null
    }
    if ($change['res'] -ceq 'failed') { $change['back'] = [int]$isBack }
}

function Invoke-Operation {
    $isDisabled = $false
    try {
        $isDisabled = (-not $asked['blind']) -and (Test-Disabled)
        if (-not $isDisabled) { Read-State $before }
    } catch {
        # What does not touch the licence goes on without knowing it.
        if (-not $asked['blind']) { Set-Failure $_; return }
        $progress['code'] = ''
    }
    if ($isDisabled) { Set-Result 'refused' 'service-disabled'; return }
    if ($null -ne $memory['kept']) {
        try { Resume-Operation } catch { Set-Failure $_; $change['back'] = 0; return }
        if ($change['res'] -ne '') { return }
    }
    $verdict = @()
    try { $verdict = @(Get-Verdict $before) } catch { Set-Failure $_; return }
    if ($verdict.Count -gt 0) {
        Set-Result $verdict[0] ([string]$verdict[1])
        $change['after'] = $before['wire']
        return
    }
    try { Invoke-Change } catch { Set-Failure $_ }
}
function Complete-Result {
    $change['at'] = Get-UnixTime (Get-Date)
    $change['name'] = Get-ComputerName
    foreach ($key in 'why', 'step', 'code', 'back', 'tests', 'via', 'need', 'who', 'tail', 'iid', 'dig', 'saved', 'pub') { if ($null -eq $change[$key]) { $change.Remove($key) } }
    Get-Line
}

$exitCode = 0
$line = ''
try {
    $watch.Start()
    $isOurs = $false
    try { $isOurs = Enter-Turn } catch { Set-Failure $_ }
    if ($isOurs) {
        try { Open-Memory } catch { Set-Failure $_ }
        if ($memory['foreign']) { $exitCode = 21 }
        elseif ($change['res'] -ne '') { $line = Complete-Result }
        elseif ($null -ne $memory['kept'] -and $null -ne $memory['kept'].line) {
            $line = ([string]$memory['kept'].line).Replace(',"before":', ',"again":1,"before":')
        } else {
            Invoke-Operation
            $line = Complete-Result
            # The result stands even where it cannot be kept: a repeat then finds the intent. What only looks keeps nothing.
            if (-not $asked['unkept']) { try {
                $entry = Get-Entry
                $entry['line'] = $line
                Write-Memory $entry
                Clear-OldMemory
            } catch { $progress['code'] = '' } }
        }
    } else {
        if ($change['res'] -eq '') { Set-Result 'busy' '' }
        $line = Complete-Result
    }
    if ($exitCode -eq 0) {
        # The console's own writer: the pipeline would break a long line at the width of a window that is not there.
        [System.Console]::Out.Write($line + "`r`n")
        [System.Console]::Out.Flush()
    }
} catch {
    [System.Console]::Error.WriteLine((Get-Code $_) + ' at line ' + $_.InvocationInfo.ScriptLineNumber.ToString($invariant))
    [System.Console]::Error.Flush()
    $exitCode = 29
} finally { Exit-Turn }
exit $exitCode
