<#
.SYNOPSIS
Reports runs of Windows Server Backup to Kura.
.DESCRIPTION
Reads the last runs as documented for Get-WBJob: StartTime, EndTime, JobState, HResult, DetailedHResult, ErrorDescription. A run
is known by its start time, so the hourly task reports each one once. Runs under way are left for the next time. The texts of
Windows are in the language of the machine and are never compared. Needs an administrator or backup operator.
#>
param(
    [string] $ConfigPath = (Join-Path $PSScriptRoot 'config.json'),
    [int] $Last = 10
)
Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'
Import-Module (Join-Path $PSScriptRoot 'Kura.Reporter.psm1')

# Both codes must be 0: a run that "completed" without its target disk carries an error in them.
function Get-Result {
    param([Parameter(Mandatory = $true)] $Job)
    $result = [long] (Get-Field $Job 'HResult')
    $detail = [long] (Get-Field $Job 'DetailedHResult')
    if ("$($Job.JobState)" -ne 'Completed' -or $result -ne 0) { return 'failed' }
    if ($detail -ne 0) { return 'warning' }
    return 'success'
}

function Format-Code {
    param([Parameter(Mandatory = $true)] $Job)
    $codes = foreach ($name in 'HResult', 'DetailedHResult') {
        '0x{0:X8}' -f ([long] (Get-Field $Job $name) -band 4294967295)
    }
    return $codes -join ' '
}

function ConvertTo-Report {
    param([Parameter(Mandatory = $true)] $Job, [Parameter(Mandatory = $true)] [string] $KuraJob, [string] $Copy)
    $result = Get-Result $Job
    $report = @{
        Job       = $KuraJob
        Run       = 'wsb ' + [Environment]::MachineName + ' ' + $Job.StartTime.ToUniversalTime().ToString('o')
        Tool      = 'wsb'
        Result    = $result
        StartedAt = $Job.StartTime
        EndedAt   = $Job.EndTime
        Copy      = $Copy
    }
    if ($result -ne 'success') {
        $report['Code'] = Format-Code $Job
        $report['Message'] = "$(Get-Field $Job 'ErrorDescription')"
    }
    return New-KuraReport @report
}

$config = Read-KuraConfig -Path $ConfigPath
$settings = Get-Field $config 'wsb'
$kuraJob = "$(Get-Field $settings 'job')"
if (-not $kuraJob) { $kuraJob = [Environment]::MachineName }
try {
    $ended = @(Get-WBJob -Previous $Last | Where-Object { $_.EndTime -gt $_.StartTime })
    $reports = @($ended | ForEach-Object { ConvertTo-Report -Job $_ -KuraJob $kuraJob -Copy "$(Get-Field $settings 'copy')" })
    Publish-KuraReports -Config $config -Tool 'wsb' -Reports $reports
} catch {
    Write-KuraLog -Config $config -Level Error -Message "Windows Server Backup could not be asked: $_"
    exit 1
}
