/** What a scanner's exit code and output say, read strictly: what is not understood is no verdict. */
import { z } from 'zod';

import type { MessageParams } from '#kernel/errors';
import type { ExternalFinding, ExternalScan } from '#models/ports';
import type { ExternalScannerSettings } from '#platform/config';
import type { IsolatedResult } from '#platform/isolation';

export type Answer = Pick<ExternalScan, 'result' | 'findings' | 'reason'>;

type Rules = Pick<ExternalScannerSettings, 'output' | 'exitCodes' | 'timeoutSeconds'>;

/** More would be no list that anybody reads. */
const MOST_FINDINGS = 50;
const LONGEST_MESSAGE = 300;

const lineSchema = z.object({
  verdict: z.enum(['clean', 'suspicious', 'dangerous']),
  rule: z.string().optional(),
  message: z.string().optional(),
});

/** `path` is taken out of what it says: a message is shown to people who may not know where files lie. */
export function readAnswer(result: IsolatedResult, rules: Rules, path: string): Answer {
  const answer = rules.output === 'json-lines' ? ofLines(result, path) : ofExitCode(result, rules, path);
  if (result.killedBy === undefined) return answer;
  const params = { seconds: rules.timeoutSeconds };
  // What it had found by then it has found; only its silence says nothing.
  return answer.findings.length > 0 ? answer : notScanned(`external-scanner.killed-${result.killedBy}`, params);
}

function ofExitCode({ exitCode, stdout, stderr }: IsolatedResult, { exitCodes }: Rules, path: string): Answer {
  const verdict = exitCode === null ? undefined : exitCodes[String(exitCode)];
  const said = firstLine(stdout, path) || firstLine(stderr, path);
  if (verdict === undefined) return notScanned('external-scanner.failed', { exitCode, said });
  if (verdict === 'clean') return { result: 'clean', findings: [], reason: null };
  const finding = { rule: `exit-${exitCode}`, severity: verdict, message: said };
  return { result: verdict, findings: [finding], reason: null };
}

function ofLines({ exitCode, stdout, stderr, killedBy }: IsolatedResult, path: string): Answer {
  const lines = textOf(stdout)
    .split('\n')
    .filter((line) => line.trim() !== '');
  // A flood is cut in the middle of a line.
  if (killedBy === 'output') lines.pop();
  const read = lines.map(readLine);
  const findings = read.flatMap((line): readonly ExternalFinding[] => {
    if (line === undefined || line.verdict === 'clean') return [];
    const rule = line.rule?.replaceAll(/[^\w.-]/g, '-').slice(0, 64) ?? line.verdict;
    return [{ rule, severity: line.verdict, message: shown(line.message ?? '', path) }];
  });
  if (findings.length > 0) {
    const isDangerous = findings.some(({ severity }) => severity === 'dangerous');
    const worstFirst = findings.toSorted((a, b) => a.severity.localeCompare(b.severity));
    return {
      result: isDangerous ? 'dangerous' : 'suspicious',
      findings: worstFirst.slice(0, MOST_FINDINGS),
      reason: null,
    };
  }
  if (read.includes(undefined) || read.length === 0) {
    const said = shown(lines.at(-1) ?? '', path) || firstLine(stderr, path);
    return notScanned('external-scanner.not-understood', { exitCode, said });
  }
  if (exitCode !== 0) return notScanned('external-scanner.failed', { exitCode, said: firstLine(stderr, path) });
  return { result: 'clean', findings: [], reason: null };
}

function readLine(line: string): z.output<typeof lineSchema> | undefined {
  try {
    return lineSchema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}

function notScanned(code: string, params: MessageParams): Answer {
  return { result: 'not-scanned', findings: [], reason: { code, params } };
}

function firstLine(bytes: Uint8Array, path: string): string {
  const line = textOf(bytes)
    .split('\n')
    .find((one) => one.trim() !== '');
  return shown(line ?? '', path);
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('utf8');
}

/** Other people's text may carry control sequences of the terminal. */
function shown(text: string, path: string): string {
  const plain = text
    .replaceAll(/[\p{Cc}\p{Cf}]/gu, ' ')
    .replaceAll(path, '{file}')
    .replaceAll('/scan/file', '{file}');
  return plain.trim().slice(0, LONGEST_MESSAGE);
}
