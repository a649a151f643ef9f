<#
.SYNOPSIS
Installs the reporters on this machine: folder, key, hourly tasks.
.EXAMPLE
.\install.ps1 -Url https://kura.example.org -Tools veeam, wsb
#>
param(
    [Parameter(Mandatory = $true)] [string] $Url,
    [Parameter(Mandatory = $true)] [ValidateSet('veeam', 'wsb', 'aomei')] [string[]] $Tools,
    [string] $Folder = (Join-Path $env:ProgramData 'KuraReporter'),
    [switch] $WithoutTasks
)
Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'
Import-Module (Join-Path $PSScriptRoot 'Kura.Reporter.psm1')

$identity = New-Object System.Security.Principal.WindowsPrincipal([System.Security.Principal.WindowsIdentity]::GetCurrent())
if (-not $identity.IsInRole([System.Security.Principal.WindowsBuiltInRole]::Administrator)) {
    throw 'Run this as an administrator.'
}
if ($PSVersionTable.PSVersion -lt [version] '5.1') { throw 'Windows PowerShell 5.1 or newer is needed.' }

# Nobody but administrators and the system may read the key or put scripts here that the system runs.
function Protect-Folder {
    param([Parameter(Mandatory = $true)] [string] $Path)
    $null = New-Item -ItemType Directory -Force -Path $Path
    & icacls.exe $Path /inheritance:r /grant '*S-1-5-18:(OI)(CI)F' '*S-1-5-32-544:(OI)(CI)F' | Out-Null
    if ($LASTEXITCODE -ne 0) { throw "The rights of $Path could not be set." }
}

function Register-Reporter {
    param([Parameter(Mandatory = $true)] [string] $Tool)
    $script = Join-Path $Folder "report-$Tool.ps1"
    $arguments = '-NoProfile -NonInteractive -ExecutionPolicy AllSigned -File "{0}"' -f $script
    if (-not $script:IsSigned) { $arguments = $arguments.Replace('AllSigned', 'Bypass') }
    $action = New-ScheduledTaskAction -Execute 'powershell.exe' -Argument $arguments
    $trigger = New-ScheduledTaskTrigger -Once -At (Get-Date).Date -RepetitionInterval (New-TimeSpan -Hours 1)
    $settings = New-ScheduledTaskSettingsSet -StartWhenAvailable -RestartCount 3 -RestartInterval (New-TimeSpan -Minutes 1) -ExecutionTimeLimit (New-TimeSpan -Hours 2)
    $principal = New-ScheduledTaskPrincipal -UserId 'S-1-5-18' -LogonType ServiceAccount -RunLevel Highest
    $null = Register-ScheduledTask -TaskName "Kura reporter ($Tool)" -Action $action -Trigger $trigger -Settings $settings -Principal $principal -Force
}

Protect-Folder $Folder
$script:IsSigned = (Get-AuthenticodeSignature (Join-Path $PSScriptRoot 'Kura.Reporter.psm1')).Status -eq 'Valid'
foreach ($name in 'Kura.Reporter.psm1', 'report-veeam.ps1', 'report-wsb.ps1', 'report-aomei.ps1', 'uninstall.ps1') {
    Copy-Item -LiteralPath (Join-Path $PSScriptRoot $name) -Destination $Folder -Force
}
$configPath = Join-Path $Folder 'config.json'
if (-not (Test-Path -LiteralPath $configPath)) {
    $config = Get-Content -LiteralPath (Join-Path $PSScriptRoot 'config.example.json') -Raw -Encoding UTF8 | ConvertFrom-Json
    $config.url = $Url
    $config.keyFile = Join-Path $Folder 'key'
    $config.spoolFolder = Join-Path $Folder 'spool'
    $config.logFolder = Join-Path $Folder 'logs'
    Set-Content -LiteralPath $configPath -Value ($config | ConvertTo-Json -Depth 5) -Encoding UTF8
}
$secure = Read-Host -AsSecureString -Prompt 'API key (scope ingest)'
$plain = [System.Net.NetworkCredential]::new('', $secure).Password
Save-KuraKey -Path (Join-Path $Folder 'key') -Key $plain
if (-not [System.Diagnostics.EventLog]::SourceExists('Kura reporter')) {
    [System.Diagnostics.EventLog]::CreateEventSource('Kura reporter', 'Application')
}
if (-not $WithoutTasks) {
    foreach ($tool in $Tools) { Register-Reporter $tool }
}
Write-Output "Installed in $Folder. Say in config.json which job of a tool has which key in Kura; others wait in its inbox."
