# What the Windows reporters share: the configuration, the spool, the way to the server, the log. For Windows PowerShell 5.1 and
# PowerShell 7. Nothing here reads a backup; see report-veeam.ps1, report-wsb.ps1 and report-aomei.ps1.
Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'

$script:EventSource = 'Kura reporter'
# The server takes 500 reports at once, but 8 MiB; the log of one can be 64 KiB, which JSON may write several times as long.
$script:MostReports = 20
$script:Attempts = 3

# Properties that older versions of a tool do not have are absent, not an error.
function Get-Field {
    param([Parameter(Mandatory = $true)] [AllowNull()] $Object, [Parameter(Mandatory = $true)] [string] $Name)
    if ($null -eq $Object) { return $null }
    $property = $Object.PSObject.Properties[$Name]
    if ($null -eq $property) { return $null }
    return $property.Value
}

function Read-KuraConfig {
    param([Parameter(Mandatory = $true)] [string] $Path)
    $config = Get-Content -LiteralPath $Path -Raw -Encoding UTF8 | ConvertFrom-Json
    foreach ($name in 'url', 'keyFile', 'spoolFolder', 'logFolder') {
        if ([string]::IsNullOrWhiteSpace((Get-Field $config $name))) { throw "$Path does not say $name" }
    }
    return $config
}

# The key is encrypted for this machine (DPAPI) and the file readable for administrators only; see install.ps1.
function Read-KuraKey {
    param([Parameter(Mandatory = $true)] [string] $Path)
    Add-Type -AssemblyName System.Security
    $sealed = [Convert]::FromBase64String((Get-Content -LiteralPath $Path -Raw).Trim())
    $scope = [System.Security.Cryptography.DataProtectionScope]::LocalMachine
    $bytes = [System.Security.Cryptography.ProtectedData]::Unprotect($sealed, $null, $scope)
    return [System.Text.Encoding]::UTF8.GetString($bytes)
}

function Save-KuraKey {
    param([Parameter(Mandatory = $true)] [string] $Path, [Parameter(Mandatory = $true)] [string] $Key)
    Add-Type -AssemblyName System.Security
    $scope = [System.Security.Cryptography.DataProtectionScope]::LocalMachine
    $bytes = [System.Text.Encoding]::UTF8.GetBytes($Key)
    $sealed = [System.Security.Cryptography.ProtectedData]::Protect($bytes, $null, $scope)
    Set-Content -LiteralPath $Path -Value ([Convert]::ToBase64String($sealed)) -Encoding ASCII
}

# Warnings and errors go to the event log, too, where administrators look.
function Write-KuraLog {
    param(
        [Parameter(Mandatory = $true)] $Config,
        [Parameter(Mandatory = $true)] [ValidateSet('Information', 'Warning', 'Error')] [string] $Level,
        [Parameter(Mandatory = $true)] [string] $Message
    )
    $null = New-Item -ItemType Directory -Force -Path $Config.logFolder
    $file = Join-Path $Config.logFolder ('kura-reporter-{0:yyyy-MM-dd}.log' -f (Get-Date))
    Add-Content -LiteralPath $file -Encoding UTF8 -Value ('{0:o} {1} {2}' -f (Get-Date), $Level, $Message)
    Get-ChildItem -LiteralPath $Config.logFolder -Filter 'kura-reporter-*.log' |
        Where-Object { $_.LastWriteTime -lt (Get-Date).AddDays(-30) } |
        Remove-Item -Force
    if ($Level -eq 'Information') { return }
    try {
        [System.Diagnostics.EventLog]::WriteEntry($script:EventSource, $Message, $Level, 1000)
    } catch {
        Add-Content -LiteralPath $file -Encoding UTF8 -Value ('{0:o} Warning event log: {1}' -f (Get-Date), $_)
    }
}

# Always with the zone; a local time without one would be a guess.
function ConvertTo-KuraTime {
    param([Parameter(Mandatory = $true)] [datetime] $Time)
    return $Time.ToUniversalTime().ToString('yyyy-MM-ddTHH:mm:ss.fffZ', [System.Globalization.CultureInfo]::InvariantCulture)
}

# A run as Kura wants it told. Fields that say nothing are left out.
function New-KuraReport {
    param(
        [Parameter(Mandatory = $true)] [string] $Job,
        [Parameter(Mandatory = $true)] [string] $Run,
        [Parameter(Mandatory = $true)] [string] $Tool,
        [Parameter(Mandatory = $true)] [ValidateSet('success', 'warning', 'failed')] [string] $Result,
        [Parameter(Mandatory = $true)] [datetime] $StartedAt,
        [Parameter(Mandatory = $true)] [datetime] $EndedAt,
        [string] $Copy,
        [Nullable[long]] $Bytes,
        [Nullable[long]] $NewBytes,
        [string] $Code,
        [string] $Message,
        [string[]] $Warnings,
        [string] $Log
    )
    $report = [ordered]@{
        job       = $Job
        run       = $Run
        tool      = $Tool
        result    = $Result
        startedAt = ConvertTo-KuraTime $StartedAt
        endedAt   = ConvertTo-KuraTime $EndedAt
        host      = [Environment]::MachineName
    }
    if ($Copy) { $report['copy'] = $Copy }
    if ($null -ne $Bytes) { $report['bytes'] = $Bytes }
    if ($null -ne $NewBytes) { $report['newBytes'] = $NewBytes }
    if ($Code) { $report['code'] = $Code }
    if ($Message) { $report['message'] = $Message.Substring(0, [Math]::Min(2000, $Message.Length)) }
    if ($Warnings) {
        $report['warnings'] = @($Warnings | Select-Object -First 50 | ForEach-Object { $_.Substring(0, [Math]::Min(500, $_.Length)) })
    }
    if ($Log) { $report['log'] = $Log.Substring([Math]::Max(0, $Log.Length - 65536)) }
    return $report
}

# Kept before it is sent: what happens to the network or to this process does not cost the report.
function Save-KuraReport {
    param([Parameter(Mandatory = $true)] $Config, [Parameter(Mandatory = $true)] $Report)
    $null = New-Item -ItemType Directory -Force -Path $Config.spoolFolder
    $text = $Report | ConvertTo-Json -Depth 5 -Compress
    $sha = [System.Security.Cryptography.SHA256]::Create()
    $hash = [BitConverter]::ToString($sha.ComputeHash([System.Text.Encoding]::UTF8.GetBytes($text))).Replace('-', '')
    $name = ($Report['endedAt'] -replace '\D', '') + '-' + $hash.Substring(0, 16) + '.json'
    $draft = Join-Path $Config.spoolFolder ($name + '.draft')
    [System.IO.File]::WriteAllText($draft, $text, (New-Object System.Text.UTF8Encoding($false)))
    Move-Item -LiteralPath $draft -Destination (Join-Path $Config.spoolFolder $name) -Force
}

# Throws when it is of no use to try again at once; what was thrown says whether it is of use later.
function Send-KuraRequest {
    param(
        [Parameter(Mandatory = $true)] $Config,
        [Parameter(Mandatory = $true)] [string] $Path,
        [Parameter(Mandatory = $true)] [string] $Body
    )
    [Net.ServicePointManager]::SecurityProtocol = [Net.ServicePointManager]::SecurityProtocol -bor [Net.SecurityProtocolType]::Tls12
    $request = @{
        Method      = 'Post'
        Uri         = $Config.url.TrimEnd('/') + $Path
        Headers     = @{ Authorization = 'Bearer ' + (Read-KuraKey $Config.keyFile) }
        ContentType = 'application/json; charset=utf-8'
        Body        = [System.Text.Encoding]::UTF8.GetBytes($Body)
        TimeoutSec  = 60
    }
    $wait = 1
    for ($attempt = 1; ; $attempt++) {
        try {
            return Invoke-RestMethod @request
        } catch {
            if ($attempt -ge $script:Attempts -or -not (Test-KuraMayPass $_)) { throw }
            Start-Sleep -Seconds $wait
            $wait = [Math]::Min(30, $wait * 2)
        }
    }
}

# A server that is away or busy; what it refused for its contents stays refused.
function Test-KuraMayPass {
    param([Parameter(Mandatory = $true)] $Failure)
    $response = Get-Field $Failure.Exception 'Response'
    if ($null -eq $response) { return $true }
    $status = [int] (Get-Field $response 'StatusCode')
    return $status -eq 0 -or $status -eq 408 -or $status -eq 429 -or $status -ge 500
}

# One file that is no report would make the whole batch unreadable, and none behind it would ever arrive.
function Get-KuraReportState {
    param([Parameter(Mandatory = $true)] $File)
    try {
        $text = [System.IO.File]::ReadAllText($File.FullName, [System.Text.Encoding]::UTF8)
    } catch {
        return 'unreadable'
    }
    try {
        $report = $text | ConvertFrom-Json
    } catch {
        return 'damaged'
    }
    if ($null -eq (Get-Field $report 'job')) { return 'damaged' }
    return 'whole'
}

# Hands in what is kept. A report that was refused is put aside with the answer, a damaged one with what is wrong; one that cannot be
# read now stays for the next time; the others go on.
function Send-KuraSpool {
    param([Parameter(Mandatory = $true)] $Config)
    $files = @()
    foreach ($file in @(Get-ChildItem -LiteralPath $Config.spoolFolder -Filter '*.json' -ErrorAction SilentlyContinue | Sort-Object Name)) {
        $state = Get-KuraReportState -File $file
        if ($state -eq 'whole') { $files += $file }
        if ($state -eq 'damaged') {
            Move-KuraReportAside -Config $Config -File $file -Reason '{"state":"damaged","reason":"the file is no report"}'
        }
        if ($state -eq 'unreadable') {
            Write-KuraLog -Config $Config -Level Warning -Message ('A report cannot be read and waits: ' + $file.FullName)
        }
    }
    for ($from = 0; $from -lt $files.Count; $from += $script:MostReports) {
        $some = @($files | Select-Object -Skip $from -First $script:MostReports)
        $texts = @($some | ForEach-Object { [System.IO.File]::ReadAllText($_.FullName, [System.Text.Encoding]::UTF8) })
        $body = '{"reports":[' + ($texts -join ',') + ']}'
        $answer = Send-KuraRequest -Config $Config -Path '/api/v1/backups/reports/batch' -Body $body
        for ($index = 0; $index -lt $some.Count; $index++) {
            Complete-KuraReport -Config $Config -File $some[$index] -Answer $answer.items[$index]
        }
    }
}

function Complete-KuraReport {
    param([Parameter(Mandatory = $true)] $Config, [Parameter(Mandatory = $true)] $File, [Parameter(Mandatory = $true)] $Answer)
    if ($Answer.state -ne 'refused' -and $Answer.state -ne 'conflict') {
        Remove-Item -LiteralPath $File.FullName -Force
        return
    }
    Move-KuraReportAside -Config $Config -File $File -Reason ($Answer | ConvertTo-Json -Depth 6 -Compress)
}

function Move-KuraReportAside {
    param(
        [Parameter(Mandatory = $true)] $Config,
        [Parameter(Mandatory = $true)] $File,
        [Parameter(Mandatory = $true)] [string] $Reason
    )
    $refused = Join-Path $Config.spoolFolder 'refused'
    $null = New-Item -ItemType Directory -Force -Path $refused
    Set-Content -LiteralPath (Join-Path $refused ($File.Name + '.answer')) -Value $Reason -Encoding UTF8
    Move-Item -LiteralPath $File.FullName -Destination (Join-Path $refused $File.Name) -Force
    Write-KuraLog -Config $Config -Level Warning -Message ('A report was put aside: ' + $Reason)
}

# Tells Kura that this reporter is alive, apart from whether there was anything to report.
function Send-KuraHeartbeat {
    param(
        [Parameter(Mandatory = $true)] $Config,
        [Parameter(Mandatory = $true)] [string] $Tool,
        [int] $EveryMinutes = 60
    )
    $waiting = @(Get-ChildItem -LiteralPath $Config.spoolFolder -Filter '*.json' -ErrorAction SilentlyContinue).Count
    $beat = [ordered]@{
        reporter     = [Environment]::MachineName + '/' + $Tool
        tool         = $Tool
        host         = [Environment]::MachineName
        version      = '1'
        everyMinutes = $EveryMinutes
        waiting      = $waiting
    }
    $null = Send-KuraRequest -Config $Config -Path '/api/v1/backups/reporters/heartbeat' -Body ($beat | ConvertTo-Json -Compress)
}

# Keeps the reports, hands in everything that is kept, and says that it is alive. Nothing is lost when the server is away.
function Publish-KuraReports {
    param(
        [Parameter(Mandatory = $true)] $Config,
        [Parameter(Mandatory = $true)] [string] $Tool,
        [Parameter(Mandatory = $true)] [AllowEmptyCollection()] [object[]] $Reports
    )
    foreach ($report in $Reports) { Save-KuraReport -Config $Config -Report $report }
    try {
        Send-KuraSpool -Config $Config
        Send-KuraHeartbeat -Config $Config -Tool $Tool
        Write-KuraLog -Config $Config -Level Information -Message ('{0}: {1} report(s) handed in' -f $Tool, $Reports.Count)
    } catch {
        Write-KuraLog -Config $Config -Level Warning -Message ('{0}: reports are kept for later. {1}' -f $Tool, $_)
    }
}

# Which key a job of the tool has in Kura; without an entry the tool's own name is told, and waits in the inbox.
function Get-KuraJobName {
    param([Parameter(Mandatory = $true)] [AllowNull()] $Jobs, [Parameter(Mandatory = $true)] [string] $Name)
    $known = Get-Field $Jobs $Name
    if ($known) { return [string] $known }
    return $Name
}

Export-ModuleMember -Function Get-Field, Read-KuraConfig, Save-KuraKey, Write-KuraLog, New-KuraReport, Publish-KuraReports, Get-KuraJobName
