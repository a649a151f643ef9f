import { Button, Group } from '@mantine/core';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

import type { SearchAnswer, SearchHit } from '#knowledge/contract';

import { useFormat } from '../../../lib/use-format.ts';
import { EmptyNote } from '../../../ui/empty-note.tsx';
import { MarkedText } from '../../../ui/marked-text.tsx';
import { Moment } from '../../../ui/moment.tsx';
import { EntryBadges } from '../entries/entry-badges.tsx';
import { pageSize } from './knowledge-search.ts';

const route = getRouteApi('/inside/knowledge/search');

interface SearchResultsProps {
  readonly answer: SearchAnswer;
  readonly offset: number;
}

export function SearchResults({ answer, offset }: SearchResultsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <section aria-label={t('knowledge.results')} className="k-results">
      <p role="status" className="k-results-summary">
        {t('knowledge.found', { total: format.number(answer.total), ms: format.number(Math.round(answer.ms)) })}
        {answer.matched === 'fragments' && ` ${t('knowledge.fragments')}`}
        {answer.corrections.length > 0 &&
          ` ${t('knowledge.corrected', { words: answer.corrections.map(({ from, to }) => `${from} → ${to}`).join(', ') })}`}
        {answer.ignored.length > 0 && ` ${t('knowledge.ignored', { words: answer.ignored.join(' ') })}`}
      </p>
      {answer.hits.length === 0 ? <NothingFound /> : <HitList hits={answer.hits} />}
      <Pages total={answer.total} offset={offset} />
    </section>
  );
}

function NothingFound() {
  const { t } = useTranslation();
  return (
    <EmptyNote title={t('knowledge.nothing')}>
      {t('knowledge.nothing.advice')} <code className="k-mono">kura knowledge import PATH</code>
    </EmptyNote>
  );
}

function HitList({ hits }: { readonly hits: readonly SearchHit[] }) {
  return (
    <ol className="k-plain-list k-hits">
      {hits.map((hit) => (
        <li key={hit.id} className="k-card">
          <h2 lang={hit.lang}>
            <Link to="/knowledge/entries/$id" params={{ id: hit.id }}>
              <MarkedText text={hit.title} marks={hit.titleMarks} />
            </Link>
          </h2>
          <p lang={hit.lang}>
            <MarkedText text={hit.snippet} marks={hit.marks} />
          </p>
          <footer>
            <EntryBadges type={hit.type} status={hit.status} tags={hit.tags} />
            <Moment at={hit.updatedAt} />
          </footer>
        </li>
      ))}
    </ol>
  );
}

function Pages({ total, offset }: { readonly total: number; readonly offset: number }) {
  const { t } = useTranslation();
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
