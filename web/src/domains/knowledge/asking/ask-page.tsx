import '../entries/entry-page.css';

import { Anchor, Button, Group, TextInput } from '@mantine/core';
import { getRouteApi, Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';

import { askKnowledge, type KnowledgeAnswer, type Passage } from '#knowledge/contract';

import { useRouteQuery } from '../../../lib/route-query.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { EmptyNote } from '../../../ui/empty-note.tsx';
import { MarkdownText } from '../../../ui/markdown-text.tsx';
import { MarkedText } from '../../../ui/marked-text.tsx';
import { Moment } from '../../../ui/moment.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { QueryView } from '../../../ui/query-view.tsx';
import { EntryBadges } from '../entries/entry-badges.tsx';

const route = getRouteApi('/inside/knowledge/ask');

/** A question in a sentence; the answer is what stands in entries, or that nothing does. */
export function AskPage() {
  const { t } = useTexts();
  const { q = '' } = route.useSearch();
  const navigate = route.useNavigate();
  const [text, setText] = useState(q);
  function submit(event: FormEvent): void {
    event.preventDefault();
    void navigate({ search: { q: text.trim() || undefined } });
  }
  return (
    <>
      <Anchor component={Link} to="/knowledge/search" size="sm">
        {t('knowledge.back')}
      </Anchor>
      <PageHeader
        title={t('knowledge.ask')}
        lead={t('knowledge.ask.lead')}
        actions={
          <Button component={Link} to="/knowledge/faq" variant="default">
            {t('knowledge.faq')}
          </Button>
        }
      />
      <form onSubmit={submit}>
        <Group align="end" gap="xs" mb="md">
          <TextInput
            flex={1}
            label={t('knowledge.ask.question')}
            value={text}
            onChange={({ currentTarget: { value } }) => setText(value)}
            maxLength={1000}
          />
          <Button type="submit">{t('knowledge.ask.submit')}</Button>
        </Group>
      </form>
      {q !== '' && <Answer q={q} />}
    </>
  );
}

function Answer({ q }: { readonly q: string }) {
  const query = useRouteQuery(askKnowledge, { query: { q } });
  return (
    <QueryView query={query}>
      {({ faq, found, passages, near }) => (
        <>
          {faq.length > 0 && <AnsweredBefore faq={faq} />}
          {found && <Passages passages={passages} />}
          {!found && faq.length === 0 && <NothingKnown near={near} />}
        </>
      )}
    </QueryView>
  );
}

function AnsweredBefore({ faq }: { readonly faq: KnowledgeAnswer['faq'] }) {
  const { t, i18n } = useTexts();
  return (
    <ul className="k-plain-list k-related" aria-label={t('knowledge.faq.answers')}>
      {faq.map(({ id, number, question, answer, entry }) => (
        <li key={id} className="k-card">
          <strong>{question}</strong>
          {answer !== null && <MarkdownText text={answer} lang={i18n.language} />}
          <span>
            <Link to="/knowledge/faq" hash={number}>
              {number}
            </Link>
            {entry !== null && ' · '}
            {entry !== null && (
              <Link to="/knowledge/entries/$id" params={{ id: entry.id }}>
                {entry.title}
              </Link>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Passages({ passages }: { readonly passages: readonly Passage[] }) {
  const { t } = useTexts();
  return (
    <ol className="k-plain-list k-related" aria-label={t('knowledge.ask.passages')}>
      {passages.map(({ entry, heading, text, marks, start }) => (
        <li key={`${entry.id} ${start}`} className="k-card">
          <blockquote lang={entry.lang} className="k-passage">
            <MarkedText text={text} marks={marks} />
          </blockquote>
          <span>
            <Link to="/knowledge/entries/$id" params={{ id: entry.id }}>
              {entry.title}
            </Link>
            {heading !== null && ` – ${heading}`} · <Moment at={entry.updatedAt} />
            {entry.owner !== null && ` · ${entry.owner}`}
          </span>
          <EntryBadges type={entry.type} status={entry.status} tags={[]} />
        </li>
      ))}
    </ol>
  );
}

function NothingKnown({ near }: { readonly near: KnowledgeAnswer['near'] }) {
  const { t } = useTexts();
  return (
    <EmptyNote title={t('knowledge.ask.nothing')}>
      {near.length > 0 && (
        <>
          <p>{t('knowledge.ask.near')}</p>
          <ul className="k-plain-list">
            {near.map(({ id, title }) => (
              <li key={id}>
                <Link to="/knowledge/entries/$id" params={{ id }}>
                  {title}
                </Link>
              </li>
            ))}
          </ul>
        </>
      )}
    </EmptyNote>
  );
}
