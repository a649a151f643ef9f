/** What a scan came to, as programs read it (blueprint §4.2), with its sentences in the reader's language. */
import type { ScanReport } from '#engines/modelscan';
import { describeError, type Translator } from '#platform/i18n';

import type { ExternalScanView, FindingView, VirusScanView } from '../contract/index.ts';
import { externalFinding, withExternalFindings } from '../core/scanning/external-scan.ts';
import type { ScannedPath } from '../core/scanning/scan-paths.ts';
import { virusFinding } from '../core/scanning/virus-scan.ts';
import { presentExternalScan } from '../http/present-external-scan.ts';
import { presentFinding } from '../http/present-records.ts';
import { presentVirusScan } from '../http/present-virus-scan.ts';
import type { ExternalScan, VirusScan } from '../ports.ts';

export interface ScanLine {
  readonly path: string;
  readonly format: string;
  readonly verdict: ScanReport['verdict'];
  readonly findings: readonly FindingView[];
  readonly bytesRead: number;
  readonly ms: number;
  /** Only where the library's verdict was taken, and nothing read. */
  readonly cached?: true;
  /** Absent when no virus scanner is configured. */
  readonly virusScan?: VirusScanView;
  /** Absent when no external scanner was asked. */
  readonly externalScans?: readonly ExternalScanView[];
}

export function scanLineOf(scanned: ScannedPath, translator: Translator): ScanLine {
  if (scanned.kind === 'scanned') {
    const line = withExternalScans(lineOfReport(scanned.report, translator), scanned.externalScans, translator);
    return lineOfScan(line, scanned.virusScan, translator);
  }
  if (scanned.kind === 'known') {
    const line = withExternalScans(lineOfVerdict(scanned, translator), scanned.externalScans, translator);
    return lineOfScan(line, scanned.virusScan, translator);
  }
  const { path } = scanned;
  const reason =
    scanned.kind === 'unreadable'
      ? { rule: 'scan-unreadable', message: describeError(scanned.error, translator).title }
      : { rule: 'scan-passed-over', message: translator.text(`cli.scan.passed-over-${scanned.because}`) };
  const findings = [{ ...reason, severity: 'suspicious' as const }];
  return { path, format: 'unknown', verdict: 'unscanned', findings, bytesRead: 0, ms: 0 };
}

function lineOfScan(line: ScanLine, scan: VirusScan | undefined, translator: Translator): ScanLine {
  if (scan === undefined) return line;
  const virusScan = presentVirusScan({ scan, isConfigured: true }, translator);
  if (scan.result !== 'infected') return { ...line, virusScan };
  const found = presentFinding(virusFinding(scan), translator);
  return { ...line, verdict: 'dangerous', findings: [found, ...line.findings], virusScan };
}

function withExternalScans(line: ScanLine, scans: readonly ExternalScan[], translator: Translator): ScanLine {
  if (scans.length === 0) return line;
  const found = scans.flatMap(({ scanner, findings }) => findings.map((finding) => externalFinding(scanner, finding)));
  const { verdict } = withExternalFindings({ verdict: line.verdict, findings: [] }, scans);
  const views = found.map((finding) => withoutEmptyPlace(presentFinding(finding, translator)));
  const externalScans = scans.map((scan) => presentExternalScan(scan, translator));
  return { ...line, verdict, findings: [...views, ...line.findings], externalScans };
}

function lineOfVerdict(
  { path, verdict: { format, verdict, findings } }: Extract<ScannedPath, { readonly kind: 'known' }>,
  translator: Translator,
): ScanLine {
  const views = findings.map((finding) => withoutEmptyPlace(presentFinding(finding, translator)));
  return { path, format, verdict, findings: views, bytesRead: 0, ms: 0, cached: true };
}

function withoutEmptyPlace({ location, ...finding }: FindingView): FindingView {
  return { ...finding, ...(location === undefined || Object.keys(location).length === 0 ? {} : { location }) };
}

function lineOfReport(report: ScanReport, translator: Translator): ScanLine {
  const { path, format, verdict, findings, bytesRead, ms } = report;
  return {
    path,
    format,
    verdict,
    findings: findings
      .map(({ rule, severity, message, location }) => ({
        rule,
        severity,
        message: translator.text(message.key, message.params),
        location,
      }))
      .map(withoutEmptyPlace),
    bytesRead,
    ms: Math.round(ms * 10) / 10,
  };
}
