import { useQuery } from '@tanstack/react-query';

import { readSummary, type SummaryLine } from '#knowledge/contract';

import { routeQuery } from '../../../lib/route-query.ts';
import { useTexts } from '../../../lib/use-texts.ts';

/** So short a text is read as fast as its summary. */
const leastLength = 500;

interface EntrySummaryProps {
  readonly id: string;
  readonly body: string;
  readonly lang: string;
}

/** Sentences of the text that tell what it is about: in three lines, and for who works on it. */
export function EntrySummary({ id, body, lang }: EntrySummaryProps) {
  const { t } = useTexts();
  const isLong = body.length >= leastLength;
  const { data } = useQuery({ ...routeQuery(readSummary, { params: { id } }), enabled: isLong });
  if (data === undefined || data.lines.length === 0) return null;
  const { from, lines, technical } = data;
  const named = [...technical.dates, ...technical.addresses, ...technical.codes];
  return (
    <section className="k-card" aria-label={t('knowledge.summary')}>
      <h2>{t('knowledge.summary')}</h2>
      <small>{t(`knowledge.summary.${from}`)}</small>
      <Lines lines={lines} lang={lang} />
      {technical.lines.length + named.length > 0 && (
        <details>
          <summary>{t('knowledge.summary.technical')}</summary>
          <Lines lines={technical.lines} lang={lang} />
          {named.length > 0 && <p>{t('knowledge.summary.named', { named: named.join(', ') })}</p>}
        </details>
      )}
    </section>
  );
}

function Lines({ lines, lang }: { readonly lines: readonly SummaryLine[]; readonly lang: string }) {
  return (
    <ul lang={lang}>
      {lines.map(({ heading, text, start }) => (
        <li key={`${start} ${text}`}>
          {heading !== null && <strong>{heading}: </strong>}
          {text}
        </li>
      ))}
    </ul>
  );
}
