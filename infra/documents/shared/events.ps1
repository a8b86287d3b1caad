# One comma-joined text, or an element each; some generations put the joined text in front of the elements.
function Get-EventFields($Xml) {
    $data = @(foreach ($element in @($Xml.Event.EventData.Data)) {
        if ($element -is [string]) { $element } elseif ($null -ne $element) { Get-Text $element.InnerText } })
    if ($data.Count -gt 1 -and $null -eq (Get-Hex $data[0]) -and $null -ne (Get-Hex $data[1])) {
        $data = @($data | Select-Object -Skip 1)
    } elseif ($data.Count -ge 1 -and $null -eq (Get-Hex $data[0])) { $data = @($data[0].Split(',')) }
    foreach ($field in $data) { Get-Trimmed $field }
}
