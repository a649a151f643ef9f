/** A scan for people: the worst first, each verdict with what it means, its files, and what to do about them. */
import type { Translator } from '#platform/i18n';

import type { FindingView, ScanVerdict } from '../contract/index.ts';
import { createExternalTally } from './external-tally.ts';
import type { ScanLine } from './scan-line.ts';
import { createVirusTally } from './virus-tally.ts';

const worstFirst: readonly ScanVerdict[] = ['dangerous', 'invalid', 'suspicious', 'unscanned', 'clean'];
/** One file can have hundreds; `--json` has them all. */
const MOST_FINDINGS = 8;
/** Clean files are named only while that is no wall of text. */
const MOST_CLEAN = 20;

export interface ScanSummary {
  add(line: ScanLine): void;
  progress(): string;
  text(): string;
}

export function createScanSummary(translator: Translator): ScanSummary {
  const counts = new Map<ScanVerdict, number>();
  const shown: ScanLine[] = [];
  const viruses = createVirusTally(translator);
  const others = createExternalTally(translator);
  let bytes = 0;
  let known = 0;

  function countOf(verdict: ScanVerdict): number {
    return counts.get(verdict) ?? 0;
  }

  function files(): number {
    return worstFirst.reduce((sum, verdict) => sum + countOf(verdict), 0);
  }

  return {
    add(line) {
      counts.set(line.verdict, countOf(line.verdict) + 1);
      bytes += line.bytesRead;
      if (line.cached === true) known += 1;
      if (line.virusScan !== undefined) viruses.add(line.virusScan);
      for (const scan of line.externalScans ?? []) others.add(scan);
      if (line.verdict !== 'clean' || countOf('clean') <= MOST_CLEAN) shown.push(line);
    },
    progress: () =>
      translator.text('cli.scan.progress', {
        files: translator.number(files()),
        bytes: translator.bytes(bytes),
        dangerous: translator.number(countOf('dangerous')),
      }),
    text() {
      const groups = worstFirst.flatMap((verdict) => {
        const lines = shown.filter((line) => line.verdict === verdict);
        const isWall = verdict === 'clean' && countOf('clean') > MOST_CLEAN;
        return lines.length === 0 || isWall ? [] : [groupText(verdict, lines, translator)];
      });
      const found = worstFirst
        .filter((verdict) => countOf(verdict) > 0)
        .map((verdict) => `${translator.text(`cli.scan.${verdict}`)} ${translator.number(countOf(verdict))}`);
      const total = translator.text('cli.scan.total', {
        files: translator.number(files()),
        bytes: translator.bytes(bytes),
        found: found.join(', '),
      });
      const lines = [...viruses.lines(), ...others.lines()];
      const totals = known === 0 ? total : `${total}\n${translator.text('cli.scan.known', { count: known })}`;
      return [...groups, ...(lines.length === 0 ? [] : [lines.join('\n')]), totals].join('\n\n');
    },
  };
}

function groupText(verdict: ScanVerdict, lines: readonly ScanLine[], translator: Translator): string {
  const advice = `cli.scan.${verdict}.advice`;
  return [
    translator.text(verdict === 'unscanned' ? 'cli.scan.unscanned.title' : `modelscan.verdict.${verdict}`),
    ...lines.flatMap((line) => fileText(line, translator)),
    ...(translator.has(advice) ? [`→ ${translator.text(advice)}`] : []),
  ].join('\n');
}

function fileText({ path, format, findings }: ScanLine, translator: Translator): string[] {
  const hidden = findings.length - MOST_FINDINGS;
  return [
    // File names are other people's text and may carry control sequences of the terminal.
    `  ${path.replaceAll(/\p{Cc}/gu, '\uFFFD')} (${format})`,
    ...findings.slice(0, MOST_FINDINGS).map((finding) => `    – ${finding.message}${placeOf(finding, translator)}`),
    ...(hidden > 0 ? [`    – ${translator.text('cli.scan.more', { count: translator.number(hidden) })}`] : []),
  ];
}

function placeOf({ location }: FindingView, translator: Translator): string {
  const place = [
    ...(location?.member === undefined ? [] : [location.member]),
    ...(location?.offset === undefined ? [] : [translator.text('cli.scan.offset', { offset: location.offset })]),
  ];
  return place.length === 0 ? '' : ` [${place.join(', ')}]`;
}
