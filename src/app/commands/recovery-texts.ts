/** Kura's own backup and drills, for people. */
import type { DrillView, RecoveryStatus } from '#backups/contract';
import type { Translator } from '#platform/i18n';

export function recoveryStatusText(status: RecoveryStatus, translator: Translator): string {
  const { newest, rpoSeconds, rpoTargetSeconds, copies, nextRun, recoveryKit, lastDrill, nextDrillOn } = status;
  const goal = translator.number((rpoTargetSeconds ?? 0) / 60);
  return [
    newest === null
      ? `✖ ${translator.text('cli.dr.status.never')}`
      : `${mark(rpoSeconds, rpoTargetSeconds)} ${translator.text('cli.dr.status.newest', {
          time: translator.time(newest.at),
          copy: newest.copy,
          bytes: translator.bytes(newest.bytes),
          minutes: translator.number(Math.round((rpoSeconds ?? 0) / 60)),
          goal,
        })}`,
    ...copies.map(({ name, repository, site, lastGoodAt }) => {
      const time = lastGoodAt === null ? '–' : translator.time(lastGoodAt);
      return `  ${translator.text('cli.dr.status.copy', { name, repository, site, time })}`;
    }),
    nextRun === null
      ? `– ${translator.text('cli.dr.status.by-hand')}`
      : `– ${translator.text('cli.dr.status.next', { time: translator.time(nextRun) })}`,
    `${recoveryKit ? '✔' : '✖'} ${translator.text(recoveryKit ? 'cli.dr.status.kit' : 'cli.dr.status.no-kit')}`,
    lastDrill === null ? `⚠ ${translator.text('cli.dr.status.no-drill')}` : drillText(lastDrill, translator),
    ...(nextDrillOn === null ? [] : [`– ${translator.text('cli.dr.status.next-drill', { day: nextDrillOn })}`]),
  ].join('\n');
}

export function drillText(drill: DrillView, translator: Translator): string {
  const { id, result, copy, startedAt, rtoSeconds, rpoSeconds, checks, findings, error } = drill;
  const told = { copy: copy ?? '*', time: translator.time(startedAt) };
  const head = `${marks[result]} ${translator.text(`cli.dr.drill.${result}`, told)}`;
  const measured =
    rtoSeconds === null
      ? []
      : [
          translator.text('cli.dr.drill.measured', {
            rto: translator.number(Math.round(rtoSeconds * 10) / 10),
            rpo: translator.number(Math.round(rpoSeconds ?? 0)),
          }),
        ];
  return [
    head,
    ...checkLines(checks),
    ...measured.map((line) => `  ${line}`),
    ...(error === null ? [] : [`  ${error.text}`]),
    ...findings.map(({ text }) => `  ${text}`),
    `  ${translator.text('cli.dr.drill.record', { id })}`,
  ].join('\n');
}

export function checkLines(checks: DrillView['checks']): readonly string[] {
  return checks.map(({ check, passed, detail }) => `  ${passed ? '✔' : '✖'} ${check}  ${detail}`.trimEnd());
}

const marks = { passed: '✔', failed: '✖', interrupted: '⚠', running: '…' } as const;

function mark(measured: number | null, goal: number | null): string {
  return measured !== null && goal !== null && measured > goal ? '⚠' : '✔';
}
