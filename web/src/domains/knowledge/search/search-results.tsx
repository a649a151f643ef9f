import { Button, Checkbox, Group } from '@mantine/core';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';

import { mostChosenEntries, type SearchAnswer, type SearchHit } from '#knowledge/contract';

import { useFormat } from '../../../lib/use-format.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { EmptyNote } from '../../../ui/empty-note.tsx';
import { MarkedText } from '../../../ui/marked-text.tsx';
import { Moment } from '../../../ui/moment.tsx';
import { EntryBadges } from '../entries/entry-badges.tsx';
import { ChosenBar } from '../exchange/chosen-bar.tsx';
import { noteEntryUse } from '../usage/note-entry-use.ts';
import { pageSize } from './knowledge-search.ts';

const route = getRouteApi('/inside/knowledge/search');

interface SearchResultsProps {
  readonly answer: SearchAnswer;
  readonly offset: number;
}

export function SearchResults({ answer, offset }: SearchResultsProps) {
  const { t } = useTexts();
  const format = useFormat();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  return (
    <section aria-label={t('knowledge.results')} className="k-results">
      <p role="status" className="k-results-summary">
        {t('knowledge.found', { total: format.number(answer.total), ms: format.number(Math.round(answer.ms)) })}
        {answer.matched === 'fragments' && ` ${t('knowledge.fragments')}`}
        {answer.corrections.length > 0 &&
          ` ${t('knowledge.corrected', { words: answer.corrections.map(({ from, to }) => `${from} → ${to}`).join(', ') })}`}
        {answer.ignored.length > 0 && ` ${t('knowledge.ignored', { words: answer.ignored.join(' ') })}`}
      </p>
      <Literal answer={answer} />
      <ChosenBar chosen={chosen} onClear={() => setChosen([])} />
      {answer.hits.length === 0 ? (
        <NothingFound answer={answer} />
      ) : (
        <HitList answer={answer} offset={offset} chosen={chosen} onChoose={setChosen} />
      )}
      <Pages total={answer.total} offset={offset} />
    </section>
  );
}

/** What looked like a sign of the query language and was taken for text. */
function Literal({ answer: { literal } }: { readonly answer: SearchAnswer }) {
  const { t } = useTexts();
  if (literal.length === 0) return null;
  return (
    <ul className="k-plain-list k-results-summary">
      {literal.map(({ text, reason }) => (
        <li key={`${reason} ${text}`}>{t(`knowledge.literal.${reason}`, { text })}</li>
      ))}
    </ul>
  );
}

function NothingFound({ answer: { tried, words } }: { readonly answer: SearchAnswer }) {
  const { t } = useTexts();
  const format = useFormat();
  const steps = tried.flatMap(({ matched }) => (matched === 'all' ? [] : [t(`knowledge.step.${matched}`)]));
  const counts = words.map(({ word, entries }) => `${word} ${format.number(entries)}`);
  return (
    <EmptyNote title={t('knowledge.nothing')}>
      {steps.length > 0 && <>{t('knowledge.tried', { steps: steps.join(', ') })} </>}
      {counts.length > 0 && <>{t('knowledge.words', { words: counts.join(', ') })} </>}
      {t('knowledge.nothing.advice')} <code className="k-mono">kura knowledge import PATH</code>
    </EmptyNote>
  );
}

interface HitListProps extends SearchResultsProps {
  readonly chosen: readonly string[];
  readonly onChoose: (chosen: readonly string[]) => void;
}

function HitList({ answer: { hits, searchId }, offset, chosen, onChoose }: HitListProps) {
  const { t } = useTexts();
  function noteOpening({ id }: SearchHit, place: number): void {
    if (searchId !== undefined) noteEntryUse(id, { action: 'click', search: { id: searchId, place: offset + place } });
  }
  return (
    <ol className="k-plain-list k-hits">
      {hits.map((hit, place) => (
        <li key={hit.id} className="k-card">
          <h2 lang={hit.lang}>
            <Link to="/knowledge/entries/$id" params={{ id: hit.id }} onClick={() => noteOpening(hit, place + 1)}>
              <MarkedText text={hit.title} marks={hit.titleMarks} />
            </Link>
          </h2>
          <p lang={hit.lang}>
            <MarkedText text={hit.snippet} marks={hit.marks} />
          </p>
          <footer>
            <EntryBadges type={hit.type} status={hit.status} tags={hit.tags} />
            {hit.severity !== undefined && (
              <span>
                {t('knowledge.field.severity')}: {t(`knowledge.severity.${hit.severity}`)}
              </span>
            )}
            {hit.owner !== undefined && (
              <span>
                {t('knowledge.field.owner')}: {hit.owner}
              </span>
            )}
            <Moment at={hit.updatedAt} />
            <Checkbox
              size="xs"
              label={t('knowledge.choose')}
              aria-label={t('knowledge.choose-one', { title: hit.title })}
              checked={chosen.includes(hit.id)}
              disabled={chosen.length >= mostChosenEntries && !chosen.includes(hit.id)}
              onChange={({ currentTarget: { checked } }) =>
                onChoose(checked ? [...chosen, hit.id] : chosen.filter((one) => one !== hit.id))
              }
            />
          </footer>
        </li>
      ))}
    </ol>
  );
}

function Pages({ total, offset }: { readonly total: number; readonly offset: number }) {
  const { t } = useTexts();
  const format = useFormat();
  const navigate = route.useNavigate();
  if (total <= pageSize) return null;
  function go(to: number): void {
    void navigate({ search: (before) => ({ ...before, offset: to > 0 ? to : undefined }), resetScroll: true });
  }
  const last = Math.min(offset + pageSize, total);
  return (
    <Group justify="space-between" mt="md" component="nav" aria-label={t('knowledge.pages')}>
      <Button variant="default" disabled={offset === 0} onClick={() => go(offset - pageSize)}>
        {t('knowledge.previous')}
      </Button>
      <span className="k-number">
        {t('knowledge.range', {
          from: format.number(offset + 1),
          to: format.number(last),
          total: format.number(total),
        })}
      </span>
      <Button variant="default" disabled={last >= total} onClick={() => go(offset + pageSize)}>
        {t('knowledge.next')}
      </Button>
    </Group>
  );
}
