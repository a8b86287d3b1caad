# ---- Codes instead of texts.
function Get-Code($Record) {
    $id = [string]$Record.FullyQualifiedErrorId
    $code = ''
    if ($id -cmatch 'HRESULT 0x([0-9A-Fa-f]{8})') { $code = $Matches[1].ToUpperInvariant() }
    elseif ($id -cmatch '^CommandNotFoundException') { return 'no-command' }
    else {
        $fault = $Record.Exception
        while ($null -ne $fault) {
            if ($fault -is [System.Net.WebException] -and $null -ne $fault.Response) {
                return 'http-' + ([int]$fault.Response.StatusCode).ToString($invariant)
            }
            if ($fault -is [System.ComponentModel.Win32Exception] -and $fault.NativeErrorCode -gt 0 -and $fault.NativeErrorCode -le 65535) {
                $code = (-2147024896 + $fault.NativeErrorCode).ToString('X8', $invariant)
            } else { $code = ([int]$fault.HResult).ToString('X8', $invariant) }
            $fault = $fault.InnerException
        }
    }
    # WBEM_S_TIMEDOUT, WBEM_E_TIMED_OUT, ERROR_TIMEOUT, WSAETIMEDOUT.
    if ('00040004', '80041069', '800705B4', '8007274C' -ccontains $code) { return 'timeout' }
    $code
}
