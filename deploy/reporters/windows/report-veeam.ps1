<#
.SYNOPSIS
Reports sessions of Veeam Backup & Replication to Kura.
.DESCRIPTION
As a post-job script (with -JobName) it waits until the session of the job has really ended: Veeam starts such scripts while it is
still running. Without -JobName it reports every session of the last hours; repeated reports change nothing in Kura.
Uses VBRBackupSession as documented: Id, JobName, CreationTime, EndTime, State, Result.
#>
param(
    [string] $ConfigPath = (Join-Path $PSScriptRoot 'config.json'),
    [string] $JobName,
    [int] $Hours = 26,
    [int] $WaitMinutes = 60
)
Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'
Import-Module (Join-Path $PSScriptRoot 'Kura.Reporter.psm1')

function Connect-Veeam {
    # The module since version 11, the snap-in before.
    if (Get-Module -ListAvailable -Name Veeam.Backup.PowerShell) {
        Import-Module Veeam.Backup.PowerShell -WarningAction SilentlyContinue
    } else {
        Add-PSSnapin -Name VeeamPSSnapIn
    }
}

function Get-RecentSession {
    param([string] $Name, [datetime] $Since)
    Get-VBRBackupSession | Where-Object { $_.CreationTime -ge $Since -and (-not $Name -or $_.JobName -eq $Name) }
}

# A copy job rests in state Idle with result None: it has not ended and has not failed.
function Test-Ended {
    param([Parameter(Mandatory = $true)] $Session)
    return "$($Session.State)" -eq 'Stopped' -and "$($Session.Result)" -ne 'None' -and $Session.EndTime -gt $Session.CreationTime
}

function Wait-Session {
    param([string] $Name, [datetime] $Since, [int] $Minutes)
    $until = (Get-Date).AddMinutes($Minutes)
    while ($true) {
        $newest = Get-RecentSession -Name $Name -Since $Since | Sort-Object CreationTime -Descending | Select-Object -First 1
        if ($null -ne $newest -and (Test-Ended $newest)) { return $newest }
        if ((Get-Date) -gt $until) { return $null }
        Start-Sleep -Seconds 15
    }
}

function Measure-Session {
    param([Parameter(Mandatory = $true)] $Session)
    $tasks = @(Get-VBRTaskSession -Session $Session -ErrorAction SilentlyContinue)
    $read = 0
    $sent = 0
    foreach ($task in $tasks) {
        $progress = Get-Field $task 'Progress'
        $read += [long] (Get-Field $progress 'ProcessedUsedSize')
        # Spelled like this by Veeam.
        $sent += [long] (Get-Field $progress 'TransferedSize')
    }
    $reasons = @($tasks | ForEach-Object { Get-Field (Get-Field $_ 'Info') 'Reason' } | Where-Object { $_ })
    return @{ Tasks = $tasks.Count; Read = $read; Sent = $sent; Reasons = $reasons }
}

function ConvertTo-Report {
    param([Parameter(Mandatory = $true)] $Session, [AllowNull()] $Jobs)
    $results = @{ Success = 'success'; Warning = 'warning'; Failed = 'failed' }
    $measured = Measure-Session $Session
    $report = @{
        Job       = Get-KuraJobName -Jobs $Jobs -Name $Session.JobName
        Run       = "$($Session.Id)"
        Tool      = 'veeam'
        Result    = $results["$($Session.Result)"]
        StartedAt = $Session.CreationTime
        EndedAt   = $Session.EndTime
    }
    if ($measured.Tasks -gt 0) {
        $report['Bytes'] = $measured.Read
        $report['NewBytes'] = $measured.Sent
    }
    if ($measured.Reasons.Count -gt 0) {
        $report['Message'] = $measured.Reasons[0]
        $report['Warnings'] = $measured.Reasons
    }
    return New-KuraReport @report
}

$config = Read-KuraConfig -Path $ConfigPath
$jobs = Get-Field (Get-Field $config 'veeam') 'jobs'
try {
    Connect-Veeam
    $since = (Get-Date).AddHours(-$Hours)
    if ($JobName) {
        $sessions = @(Wait-Session -Name $JobName -Since $since -Minutes $WaitMinutes | Where-Object { $null -ne $_ })
        if ($sessions.Count -eq 0) {
            Write-KuraLog -Config $config -Level Warning -Message "The session of $JobName did not end within $WaitMinutes minutes; it is reported later."
        }
    } else {
        $sessions = @(Get-RecentSession -Name '' -Since $since | Where-Object { Test-Ended $_ })
    }
    $reports = @($sessions | ForEach-Object { ConvertTo-Report -Session $_ -Jobs $jobs })
    Publish-KuraReports -Config $config -Tool 'veeam' -Reports $reports
} catch {
    Write-KuraLog -Config $config -Level Error -Message "Veeam could not be asked: $_"
    exit 1
}
