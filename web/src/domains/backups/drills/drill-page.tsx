import './proof.css';

import { Button } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';

import { type DrillDetail, exportDrill, readDrill } from '#backups/contract';

import { useRouteMutation, useRouteQuery } from '../../../lib/route-query.ts';
import { saveFile, saveJson } from '../../../lib/save-file.ts';
import { useMay } from '../../../lib/session.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { Facts } from '../../../ui/facts.tsx';
import { Moment } from '../../../ui/moment.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { QueryView } from '../../../ui/query-view.tsx';
import { StateBadge } from '../../../ui/state-badge.tsx';
import { DrillEvidence } from './drill-evidence.tsx';
import { drillTones } from './drill-tones.ts';
import { RunAgain } from './run-again.tsx';

const route = getRouteApi('/inside/backups/drills/$id');
const busyMs = 1000;

export function DrillPage() {
  const { t } = useTexts();
  const { id } = route.useParams();
  const query = useRouteQuery(
    readDrill,
    { params: { id } },
    { refetchInterval: (latest) => (latest?.result === 'running' ? busyMs : false) },
  );
  return (
    <>
      <PageHeader title={t('backups.drill.title')} />
      <QueryView query={query}>{(drill) => <Drill drill={drill} />}</QueryView>
    </>
  );
}

function Drill({ drill }: { readonly drill: DrillDetail }) {
  const { t } = useTexts();
  const may = useMay('backups:run');
  const { result, error, findings, checks, checklist, issues, notes, objectivesMet } = drill;
  return (
    <div className="k-proof">
      <section className="k-card" aria-label={t('backups.drill.title')}>
        <p>
          <StateBadge tone={drillTones[result]} label={t(`backups.drill.${result}`)} />{' '}
          {objectivesMet === false && <StateBadge tone="warn" label={t('backups.drill.goals-missed')} />}
        </p>
        <DrillFacts drill={drill} />
        {error !== null && <p>{error.text}</p>}
        {issues !== null && <p>{issues}</p>}
        {notes !== null && <p>{notes}</p>}
        <Lines title={t('backups.drill.findings')} lines={findings.map(({ text }) => text)} />
        <Lines
          title={t('backups.drill.checks')}
          lines={checks.map(({ check, passed, detail }) => `${passed ? '✔' : '✖'} ${check} ${detail}`)}
        />
        <Lines
          title={t('backups.manual.checklist')}
          lines={checklist.map(({ text, done }) => `${done ? '☑' : '☐'} ${text}`)}
        />
      </section>
      {may && drill.mode === 'automatic' && result !== 'running' && <RunAgain drill={drill} />}
      <Revisions drill={drill} />
      {result !== 'running' && <DrillEvidence drill={drill} mayChange={may} />}
    </div>
  );
}

function DrillFacts({ drill }: { readonly drill: DrillDetail }) {
  const { t } = useTexts();
  const format = useFormat();
  function seconds(measured: number | null, goal: number | null): string {
    if (measured === null) return '–';
    const shown = format.clock(Math.ceil(measured));
    return goal === null ? shown : t('backups.drill.of-goal', { measured: shown, goal: format.clock(goal) });
  }
  const { progress, copy, snapshot, seed, target } = drill;
  return (
    <Facts
      facts={[
        { term: t('backups.proof.job'), value: drill.job },
        { term: t('backups.copy'), value: copy ?? '–' },
        { term: t('backups.proof.kind'), value: t(`backups.drill.kind.${drill.kind}`) },
        { term: t('backups.proof.when'), value: <Moment at={drill.startedAt} as="exact" /> },
        { term: t('backups.manual.tester'), value: drill.tester },
        ...(target === null ? [] : [{ term: t('backups.manual.target'), value: target }]),
        {
          term: t('backups.proof.files'),
          value: t('backups.drill.files', {
            files: format.number(progress?.files ?? drill.filesTotal),
            bytes: format.bytes(progress?.bytes ?? drill.bytes),
            failed: format.number(drill.filesFailed),
          }),
        },
        { term: t('backups.proof.rto'), value: seconds(drill.rtoSeconds, drill.rtoTargetSeconds) },
        { term: t('backups.proof.rpo'), value: seconds(drill.rpoSeconds, drill.rpoTargetSeconds) },
        ...(snapshot === null
          ? []
          : [{ term: t('backups.drill.snapshot'), value: <span className="k-mono">{snapshot.slice(0, 16)}</span> }]),
        ...(seed === null ? [] : [{ term: t('backups.drill.seed'), value: <span className="k-mono">{seed}</span> }]),
      ]}
    />
  );
}

function Lines({ title, lines }: { readonly title: string; readonly lines: readonly string[] }) {
  if (lines.length === 0) return null;
  return (
    <>
      <h3>{title}</h3>
      <ul className="k-plain-list k-proof-findings">
        {[...new Set(lines)].map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </>
  );
}

function Revisions({ drill }: { readonly drill: DrillDetail }) {
  const { t } = useTexts();
  const save = useRouteMutation(exportDrill, {
    onSuccess: ({ document: text, signature }) => {
      const name = `drill-${drill.id}.json`;
      saveFile({ name, mediaType: 'application/json' }, [text]);
      saveJson(`${name}.sig`, signature);
    },
  });
  if (drill.revisions.length === 0) return null;
  return (
    <section className="k-card" aria-labelledby="revisions">
      <h2 id="revisions">{t('backups.drill.revisions')}</h2>
      <ul className="k-plain-list k-proof-findings">
        {drill.revisions.map(({ revision, at, by, note, keyId, valid }) => (
          <li key={revision}>
            <StateBadge
              tone={valid ? 'ok' : 'bad'}
              label={t(valid ? 'backups.drill.signed' : 'backups.drill.signature-broken')}
            />{' '}
            <Moment at={at} as="exact" /> {by} <span className="k-mono">{keyId}</span>
            {note !== null && <> – {note}</>}
          </li>
        ))}
      </ul>
      {save.isError && <ProblemNotice error={save.error} />}
      <Button
        size="compact-md"
        variant="default"
        loading={save.isPending}
        onClick={() => save.mutate({ params: { id: drill.id } })}
      >
        {t('backups.drill.export')}
      </Button>
    </section>
  );
}
