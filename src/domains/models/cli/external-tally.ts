/** What external scanners said of many files, in a few lines. */
import type { Translator } from '#platform/i18n';

import type { ExternalScanView } from '../contract/index.ts';

export interface ExternalTally {
  add(scan: ExternalScanView): void;
  /** Empty when nothing was added. */
  lines(): readonly string[];
}

interface Counts {
  clean: number;
  found: number;
  open: number;
  readonly reasons: Map<string, number>;
}

export function createExternalTally(text: Translator): ExternalTally {
  const scanners = new Map<string, Counts>();

  function countsOf(scanner: string): Counts {
    const counts = scanners.get(scanner) ?? { clean: 0, found: 0, open: 0, reasons: new Map() };
    scanners.set(scanner, counts);
    return counts;
  }

  function linesOf([scanner, { clean, found, open, reasons }]: [string, Counts]): readonly string[] {
    const params = { scanner, clean: text.number(clean), found: text.number(found), open: text.number(open) };
    const why = [...reasons].map(([message, count]) => `  – ${text.number(count)} × ${message}`);
    return [text.text('cli.scan.external', params), ...why];
  }

  return {
    add({ scanner, result, reason }) {
      const counts = countsOf(scanner);
      if (result === 'clean') counts.clean += 1;
      else if (result === 'not-scanned') counts.open += 1;
      else counts.found += 1;
      if (reason !== null) counts.reasons.set(reason.message, (counts.reasons.get(reason.message) ?? 0) + 1);
    },
    lines: () => [...scanners].flatMap(linesOf),
  };
}
