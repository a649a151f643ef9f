/** What the virus scanner said of many files, in a few lines. */
import type { Translator } from '#platform/i18n';

import type { VirusScanView } from '../contract/index.ts';

export interface VirusTally {
  add(scan: VirusScanView): void;
  /** Empty when nothing was added. */
  lines(): readonly string[];
}

export function createVirusTally(text: Translator): VirusTally {
  const counts = { clean: 0, infected: 0, 'not-scanned': 0 };
  const reasons = new Map<string, number>();
  return {
    add({ result, reason }) {
      counts[result] += 1;
      if (reason !== null) reasons.set(reason.message, (reasons.get(reason.message) ?? 0) + 1);
    },
    lines() {
      const files = counts.clean + counts.infected + counts['not-scanned'];
      if (files === 0) return [];
      const params = {
        clean: text.number(counts.clean),
        infected: text.number(counts.infected),
        open: text.number(counts['not-scanned']),
      };
      const why = [...reasons].map(([message, count]) => `  – ${text.number(count)} × ${message}`);
      return [text.text('cli.scan.viruses', params), ...why];
    },
  };
}
