import type { ConversationTurn } from '#knowledge/contract';

import { useFormat } from '../../../lib/use-format.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { Moment } from '../../../ui/moment.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { AnsweredBefore, NothingKnown, Passages, PersonNeeded } from './answer-parts.tsx';
import { WrittenAnswer } from './written-answer.tsx';

/** A question, with what it was understood with, what answers it, and what of that is not there any more. */
export function Turn({ turn }: { readonly turn: ConversationTurn }) {
  const { t } = useTexts();
  const { question, askedAt, together, found, passages, faq, near, escalation } = turn;
  return (
    <>
      <h2 className="k-turn-question">{question}</h2>
      <p>
        <Moment at={askedAt} />
        {together !== null && ` · ${t('knowledge.turn.together', { question: together })}`}
      </p>
      <PersonNeeded escalation={escalation} />
      {faq.length > 0 && <AnsweredBefore faq={faq} />}
      {passages.length > 0 && <Passages passages={passages} />}
      {passages.length > 0 && <WrittenAnswer question={together ?? question} />}
      {!found && <NothingKnown near={near} />}
      {found && <Lost turn={turn} />}
    </>
  );
}

function Lost({ turn: { passages, faq, lost } }: { readonly turn: ConversationTurn }) {
  const { t } = useTexts();
  const format = useFormat();
  if (lost > 0) return <Notice tone="warn" title={t('knowledge.turn.lost', { passages: format.number(lost) })} />;
  if (passages.length + faq.length > 0) return null;
  return <Notice tone="warn" title={t('knowledge.turn.gone')} />;
}
