/** What an answer is made of, in a single question as in a conversation. */
import '../entries/entry-page.css';

import { Link } from '@tanstack/react-router';

import type { KnowledgeAnswer, Passage } from '#knowledge/contract';

import { useTexts } from '../../../lib/use-texts.ts';
import { EmptyNote } from '../../../ui/empty-note.tsx';
import { MarkdownText } from '../../../ui/markdown-text.tsx';
import { MarkedText } from '../../../ui/marked-text.tsx';
import { Moment } from '../../../ui/moment.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { EntryBadges } from '../entries/entry-badges.tsx';

/** Questions with answers that mean the same. */
export function AnsweredBefore({ faq }: { readonly faq: KnowledgeAnswer['faq'] }) {
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

/** What stands in entries, word for word, each with where it stands. */
export function Passages({ passages }: { readonly passages: readonly Passage[] }) {
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

/** Says so, and names what came nearest. */
export function NothingKnown({ near }: { readonly near: KnowledgeAnswer['near'] }) {
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

/** Whom to turn to where the question itself says that a person has to. */
export function PersonNeeded({ escalation }: Pick<KnowledgeAnswer, 'escalation'>) {
  const { t } = useTexts();
  if (escalation === null) return null;
  const { words, contact } = escalation;
  return (
    <Notice tone="warn" title={t('knowledge.ask.person')}>
      <p>{contact === null ? t('knowledge.ask.person.unknown') : t('knowledge.ask.person.contact', { contact })}</p>
      <p>{t('knowledge.ask.person.words', { words: words.join(', ') })}</p>
    </Notice>
  );
}
