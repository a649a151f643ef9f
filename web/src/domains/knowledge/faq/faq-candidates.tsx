import { Button, Group } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';

import { type FaqCandidate, listFaqCandidates, rejectFaqCandidate } from '#knowledge/contract';

import { useRouteMutation, useRouteQuery } from '../../../lib/route-query.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { FaqForm } from './faq-form.tsx';

/** What people search for again and again, with how often; nothing becomes a question by itself. */
export function FaqCandidates() {
  const { t } = useTexts();
  const { data } = useRouteQuery(listFaqCandidates, { query: { limit: 50 } });
  const items = data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <section aria-label={t('knowledge.faq.candidates')}>
      <h2>{t('knowledge.faq.candidates')}</h2>
      <p>{t('knowledge.faq.candidates.lead')}</p>
      <ul className="k-plain-list k-related">
        {items.map((candidate) => (
          <Candidate key={candidate.question} candidate={candidate} />
        ))}
      </ul>
    </section>
  );
}

function Candidate({ candidate }: { readonly candidate: FaqCandidate }) {
  const { t } = useTexts();
  const format = useFormat();
  const [isWriting, setWriting] = useState(false);
  const reject = useRouteMutation(rejectFaqCandidate, { stales: [listFaqCandidates] });
  const { question, wordings, searches, unanswered, lastOn, entry } = candidate;
  return (
    <li className="k-card">
      <strong>{question}</strong>
      <span>
        {t('knowledge.faq.counts', {
          searches: format.number(searches),
          unanswered: format.number(unanswered),
          day: lastOn,
        })}
      </span>
      {wordings.length > 0 && <small>{wordings.join(' · ')}</small>}
      {entry !== null && (
        <span>
          {t('knowledge.faq.found-now')}{' '}
          <Link to="/knowledge/entries/$id" params={{ id: entry.id }}>
            {entry.title}
          </Link>
        </span>
      )}
      <Group gap="xs">
        <Button
          size="compact-sm"
          onClick={() => setWriting(!isWriting)}
          aria-label={t('knowledge.faq.accept-of', { question })}
        >
          {t('knowledge.faq.accept')}
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          loading={reject.isPending}
          onClick={() => reject.mutate({ body: { question } })}
          aria-label={t('knowledge.faq.reject-of', { question })}
        >
          {t('knowledge.faq.reject')}
        </Button>
      </Group>
      {reject.isError && <ProblemNotice error={reject.error} />}
      {isWriting && (
        <FaqForm
          candidate={question}
          {...(entry === null ? {} : { entryId: entry.id })}
          onDone={() => setWriting(false)}
        />
      )}
    </li>
  );
}
