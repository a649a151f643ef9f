/** What an exit code says about a backup: each tool has its own words, and a code that nobody knows is a failure. */
import { basename } from 'node:path';

import { type ReportedTool, type ReportResult, reportedTools } from '../../contract/index.ts';

type Rule = (code: number) => ReportResult;

function warnings(...codes: readonly number[]): Rule {
  return (code) => {
    if (code === 0) return 'success';
    return codes.includes(code) ? 'warning' : 'failed';
  };
}

/** Sources: restic's manual "Scripting", borg's "Return codes" (legacy and modern), Microsoft's "Robocopy return codes". */
const rules: Readonly<Partial<Record<ReportedTool, Rule>>> = {
  restic: warnings(3),
  borg: (code) => (code >= 100 && code <= 127 ? 'warning' : warnings(1)(code)),
  rclone: warnings(),
  // A set of bits: 1 copied, 2 more there, 4 mismatched, 8 and above failed.
  robocopy: (code) => {
    if (code >= 8) return 'failed';
    return code >= 4 ? 'warning' : 'success';
  },
};

/** `warnCodes` of the caller count besides those of the tool; undefined `code`: a signal ended it. */
export function resultOfExit(
  { tool, warnCodes }: { readonly tool: ReportedTool; readonly warnCodes: readonly number[] },
  code: number | undefined,
): ReportResult {
  if (code === undefined || code < 0) return 'failed';
  if (code !== 0 && warnCodes.includes(code)) return 'warning';
  return (rules[tool] ?? warnings())(code);
}

/** restic below 0.19 passes over a source that is not there and ends with 0 (restic/restic#4467). */
const sourceMissing = /does not exist, skipping$/m;

/** With what else tells of a result that the code hides. */
export function resultOfRun(
  rule: Parameters<typeof resultOfExit>[0],
  { exitCode, log }: { readonly exitCode: number | undefined; readonly log: string },
): ReportResult {
  const result = resultOfExit(rule, exitCode);
  return result === 'success' && rule.tool === 'restic' && sourceMissing.test(log) ? 'failed' : result;
}

/** By the name of its program. */
export function toolOfCommand(program: string): ReportedTool {
  const name = basename(program)
    .replace(/\.(exe|com|cmd|bat)$/i, '')
    .toLowerCase();
  return reportedTools.find((tool) => tool === name) ?? 'other';
}
