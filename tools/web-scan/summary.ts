/** The scan as tables of Markdown, without addresses and folders of the machine it ran on. */
import type { NiktoResult } from './nikto.ts';
import type { ModuleResult } from './wapiti.ts';

export interface ScanSummary {
  readonly results: readonly ModuleResult[];
  readonly nikto: NiktoResult | undefined;
  /** Answers of 500 over the whole scan. */
  readonly failed: number;
}

export function scanTable({ results, nikto, failed }: ScanSummary): string {
  const all = results.flatMap((one) => one.findings.map((finding) => ({ ...finding, who: one.who })));
  const kinds = Map.groupBy(all, ({ who, level, kind }) => `${who}, level ${level}, ${kind}`);
  const findings = [...kinds].map(
    ([kind, found]) => `- ${kind}: ${found.map(({ where }) => `\`${where}\``).join(', ')}`,
  );
  return [
    `${results[0]?.version ?? 'wapiti'}; answers of 500: ${failed}.`,
    '',
    '| As | Module | Addresses | Requests | Time | Came to its end | Findings |',
    '|---|---|---|---|---|---|---|',
    ...results.map(
      (one) =>
        `| ${one.who} | ${one.name} | ${one.addresses} | ${one.requests} | ${one.seconds} s | ${one.isWhole ? 'yes' : 'no'} | ${one.findings.length} |`,
    ),
    '',
    ...findings,
    '',
    nikto === undefined ? 'nikto was not installed.' : `${nikto.version}:`,
    '',
    ...(nikto?.findings ?? []).map((line) => `- ${line.replaceAll('`', "'")}`),
    '',
  ].join('\n');
}
