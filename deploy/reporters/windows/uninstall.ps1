<#
.SYNOPSIS
Removes the tasks and the key. Reports that wait and the logs stay; with -Everything they go, too.
#>
param(
    [string] $Folder = (Join-Path $env:ProgramData 'KuraReporter'),
    [switch] $Everything
)
Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'

foreach ($tool in 'veeam', 'wsb', 'aomei') {
    $name = "Kura reporter ($tool)"
    if (Get-ScheduledTask -TaskName $name -ErrorAction SilentlyContinue) {
        Unregister-ScheduledTask -TaskName $name -Confirm:$false
    }
}
Remove-Item -LiteralPath (Join-Path $Folder 'key') -Force -ErrorAction SilentlyContinue
if ($Everything) { Remove-Item -LiteralPath $Folder -Recurse -Force }
Write-Output 'The reporters are removed. Revoke their API key in Kura.'
