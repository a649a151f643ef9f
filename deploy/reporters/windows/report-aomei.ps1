<#
.SYNOPSIS
Reports runs of AOMEI Backupper to Kura, from its log files.
.DESCRIPTION
AOMEI documents no interface, and the words of its logs differ by version and language: where the logs lie and which lines mean
success, warning and failure stand in config.json (aomei.logFolder, aomei.success, aomei.warning, aomei.failed: regular
expressions). A log without any of these lines is reported as failed: an end that nobody understands is no success. A log file is
known by the hash of its contents, so each run is reported once. Files that were written to within the last two minutes are left
for the next time.
#>
param(
    [string] $ConfigPath = (Join-Path $PSScriptRoot 'config.json'),
    [int] $Hours = 72
)
Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'
Import-Module (Join-Path $PSScriptRoot 'Kura.Reporter.psm1')

function Find-LogFolder {
    param([AllowNull()] $Settings)
    $candidates = @(
        (Get-Field $Settings 'logFolder'),
        (Join-Path $env:ProgramData 'AomeiBR\log'),
        (Join-Path ${env:ProgramFiles(x86)} 'AOMEI Backupper\log'),
        (Join-Path $env:ProgramFiles 'AOMEI Backupper\log')
    )
    foreach ($folder in $candidates) {
        if ($folder -and (Test-Path -LiteralPath $folder -PathType Container)) { return $folder }
    }
    throw 'no log folder was found; name it in config.json as aomei.logFolder'
}

# The last line that says how it ended decides: "0 errors" in the middle of a log is no failure.
function Get-Result {
    param([Parameter(Mandatory = $true)] [AllowEmptyCollection()] [AllowEmptyString()] [string[]] $Lines, [Parameter(Mandatory = $true)] $Settings)
    for ($index = $Lines.Count - 1; $index -ge 0; $index--) {
        foreach ($result in 'failed', 'warning', 'success') {
            $pattern = Get-Field $Settings $result
            if ($pattern -and $Lines[$index] -match $pattern) { return @{ Result = $result; Line = $Lines[$index] } }
        }
    }
    return @{ Result = 'failed'; Line = 'The log does not say how the run ended.' }
}

function ConvertTo-Report {
    param([Parameter(Mandatory = $true)] $File, [Parameter(Mandatory = $true)] $Settings)
    $text = Get-Content -LiteralPath $File.FullName -Raw
    $judged = Get-Result -Lines @("$text" -split '\r?\n') -Settings $Settings
    $hash = (Get-FileHash -LiteralPath $File.FullName -Algorithm SHA256).Hash
    $name = $File.BaseName
    $naming = Get-Field $Settings 'taskPattern'
    if ($naming -and "$text" -match $naming) { $name = $Matches[1] }
    $report = @{
        Job       = Get-KuraJobName -Jobs (Get-Field $Settings 'jobs') -Name $name
        Run       = $hash
        Tool      = 'aomei'
        Result    = $judged.Result
        StartedAt = $File.CreationTime
        EndedAt   = if ($File.LastWriteTime -gt $File.CreationTime) { $File.LastWriteTime } else { $File.CreationTime }
        Log       = "$text"
    }
    if ($judged.Result -ne 'success') { $report['Message'] = $judged.Line }
    return New-KuraReport @report
}

$config = Read-KuraConfig -Path $ConfigPath
$settings = Get-Field $config 'aomei'
try {
    if ($null -eq $settings) { throw 'config.json says nothing of aomei' }
    $quiet = (Get-Date).AddMinutes(-2)
    $since = (Get-Date).AddHours(-$Hours)
    $files = @(Get-ChildItem -LiteralPath (Find-LogFolder $settings) -File -Recurse -Include '*.log', '*.txt' |
            Where-Object { $_.LastWriteTime -lt $quiet -and $_.LastWriteTime -ge $since -and $_.Length -gt 0 })
    $reports = @($files | ForEach-Object { ConvertTo-Report -File $_ -Settings $settings })
    Publish-KuraReports -Config $config -Tool 'aomei' -Reports $reports
} catch {
    Write-KuraLog -Config $config -Level Error -Message "The logs of AOMEI could not be read: $_"
    exit 1
}
