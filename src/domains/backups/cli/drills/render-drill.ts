/** Drills for people. */
import type { Translator } from '#platform/i18n';

import type { DrillDetail, DrillView } from '../../contract/index.ts';

const marks = { passed: '✔', failed: '✖', interrupted: '⚠', running: '…' } as const;

export function renderDrill(drill: DrillView, translator: Translator): string {
  const { job, copy, kind, result, filesTotal, filesFailed, bytes, seconds, error, findings, checks } = drill;
  const isUncounted = result === 'failed' && filesTotal === 0;
  const sentence = translator.text(isUncounted ? 'backups.drill-failed-plain' : `backups.drill-${result}`, {
    kind: translator.text(`backups.drill-kind-${kind}`),
    files: translator.number(filesTotal),
    failed: translator.number(filesFailed),
    bytes: translator.bytes(bytes),
    seconds: translator.number(Math.round((seconds ?? 0) * 10) / 10),
  });
  const lines = [
    ...measurements(drill, translator),
    ...(error === null ? [] : [error.text]),
    ...findings.map(({ text }) => text),
    ...checks.filter(({ passed }) => !passed).map(({ check, detail }) => `${check}: ${detail}`),
  ];
  return [`${marks[result]} ${job}/${copy ?? '*'}: ${sentence}`, ...new Set(lines.map((line) => `    ${line}`))].join(
    '\n',
  );
}

export function renderDrillDetail(drill: DrillDetail, translator: Translator): string {
  const { checks, checklist, evidence, revisions, target, notes, issues, snapshot, seed, tester, startedAt } = drill;
  const told = [
    translator.text('cli.backups.drill.show.by', { tester, time: translator.time(startedAt) }),
    ...(target === null ? [] : [translator.text('cli.backups.drill.show.target', { target })]),
    ...(snapshot === null
      ? []
      : [translator.text('cli.backups.drill.show.snapshot', { snapshot: snapshot.slice(0, 12) })]),
    ...(seed === null ? [] : [translator.text('cli.backups.drill.show.seed', { seed })]),
    ...[issues, notes].flatMap((text) => text ?? []),
  ];
  const parts = [
    renderDrill(drill, translator),
    ...told.map((line) => `    ${line}`),
    ...checks.map(({ check, passed, detail }) => `    ${passed ? '✔' : '✖'} ${check} ${detail}`.trimEnd()),
    ...checklist.map(({ text, done }) => `    [${done ? 'x' : ' '}] ${text}`),
    ...evidence.map(({ name, size, sha256 }) => `    📎 ${name} (${translator.bytes(size)}, SHA-256 ${sha256})`),
    ...revisions.map(({ revision, at, by, note, keyId, valid }) => {
      const about = { revision, time: translator.time(at), by, keyId };
      const said = translator.text(`cli.backups.drill.show.revision-${valid ? 'valid' : 'broken'}`, about);
      return `    ${said}${note === null ? '' : ` – ${note}`}`;
    }),
  ];
  return parts.join('\n');
}

function measurements(drill: DrillView, translator: Translator): readonly string[] {
  const { rtoSeconds, rtoTargetSeconds, rpoSeconds, rpoTargetSeconds } = drill;
  function line(name: 'rto' | 'rpo', measured: number | null, goal: number | null): readonly string[] {
    if (measured === null) return [];
    const params = { measured: translator.number(Math.round(measured * 10) / 10), goal: translator.number(goal ?? 0) };
    return [translator.text(`backups.${name}-${standing(measured, goal)}`, params)];
  }
  return [...line('rto', rtoSeconds, rtoTargetSeconds), ...line('rpo', rpoSeconds, rpoTargetSeconds)];
}

function standing(measured: number, goal: number | null): 'measured' | 'met' | 'missed' {
  if (goal === null) return 'measured';
  return measured <= goal ? 'met' : 'missed';
}
