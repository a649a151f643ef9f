import { Button } from '@mantine/core';
import { useState } from 'react';

import type { EntryView } from '#platform/audit/contract';
import { useTexts } from '../../../lib/use-texts.ts';
import { Facts } from '../../../ui/facts.tsx';
import { Moment } from '../../../ui/moment.tsx';
import { StateBadge, type Tone } from '../../../ui/state-badge.tsx';

const levelTones: Readonly<Record<EntryView['level'], Tone>> = { info: 'calm', warning: 'warn', critical: 'bad' };
const resultTones: Readonly<Record<EntryView['result'], Tone>> = { done: 'ok', refused: 'warn', failed: 'bad' };

export function EntryItem({ entry }: { readonly entry: EntryView }) {
  const { t } = useTexts();
  const [open, setOpen] = useState(false);
  const { at, actor, action, subject, level, result } = entry;
  return (
    <li>
      <header>
        <Moment at={at} as="exact" />
        {level !== 'info' && <StateBadge tone={levelTones[level]} label={t(`audit.level.${level}`)} />}
        <StateBadge tone={resultTones[result]} label={t(`audit.result.${result}`)} />
        <strong className="k-mono">{action}</strong>
      </header>
      <p>
        {actor.name} → <span className="k-mono">{`${subject.kind}/${subject.name ?? subject.id}`}</span>
      </p>
      <Button size="compact-xs" variant="default" aria-expanded={open} onClick={() => setOpen(!open)}>
        {t(open ? 'audit.hide-details' : 'audit.show-details')}
      </Button>
      {open && <Details entry={entry} />}
    </li>
  );
}

function Details({ entry }: { readonly entry: EntryView }) {
  const { t } = useTexts();
  const { seq, actor, subject, category, correlationId, hash } = entry;
  return (
    <>
      <Facts
        facts={[
          { term: t('audit.number'), value: seq === null ? t('audit.not-sealed') : String(seq) },
          { term: t('audit.who'), value: `${actor.kind} ${actor.id}` },
          { term: t('audit.from-where'), value: actor.from ?? '–' },
          { term: t('audit.filter.category'), value: t(`audit.category.${category}`) },
          { term: t('audit.subject-id'), value: <span className="k-mono">{subject.id}</span> },
          { term: t('audit.filter.correlationId'), value: <span className="k-mono">{correlationId ?? '–'}</span> },
          { term: t('audit.hash'), value: <span className="k-mono">{hash ?? '–'}</span> },
        ]}
      />
      <Changes entry={entry} />
    </>
  );
}

function Changes({ entry: { before, after } }: { readonly entry: EntryView }) {
  const { t } = useTexts();
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  if (names.length === 0) return <p>{t('audit.no-fields')}</p>;
  return (
    <table className="k-stacking k-audit-changes">
      <thead>
        <tr>
          <th scope="col">{t('audit.field')}</th>
          <th scope="col">{t('audit.before')}</th>
          <th scope="col">{t('audit.after')}</th>
        </tr>
      </thead>
      <tbody>
        {names.map((name) => (
          <tr key={name}>
            <td data-label={t('audit.field')}>{name}</td>
            <td data-label={t('audit.before')}>{shown(before?.[name])}</td>
            <td data-label={t('audit.after')}>{shown(after?.[name])}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function shown(value: unknown): string {
  if (value === undefined) return '–';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
