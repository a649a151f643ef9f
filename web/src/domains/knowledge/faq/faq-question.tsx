import { Button, Group } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';

import { type FaqItem, listFaq, readFaq, removeFaq, voteFaq } from '#knowledge/contract';

import { useRouteMutation } from '../../../lib/route-query.ts';
import { useMay } from '../../../lib/session.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { ConfirmAction } from '../../../ui/confirm-action.tsx';
import { MarkdownText } from '../../../ui/markdown-text.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { FaqForm } from './faq-form.tsx';

/** A question with its answer, unfolded by whoever wants to know. */
export function FaqQuestion({ item }: { readonly item: FaqItem }) {
  const { t, i18n } = useTexts();
  const may = useMay('knowledge:write');
  const [isChanging, setChanging] = useState(false);
  return (
    <li className="k-card" id={item.number}>
      <details>
        <summary>
          <strong>{item.question}</strong> <small>{item.number}</small>
          {item.status !== 'active' && <small> · {t(`knowledge.faq.status.${item.status}`)}</small>}
        </summary>
        {item.answer !== null && <MarkdownText text={item.answer} lang={i18n.language} />}
        {item.entry !== null && (
          <p>
            {t('knowledge.faq.more')}{' '}
            <Link to="/knowledge/entries/$id" params={{ id: item.entry.id }}>
              {item.entry.title}
            </Link>
          </p>
        )}
        <Voice item={item} />
        {may && (
          <Group gap="xs">
            <Button size="compact-sm" variant="default" onClick={() => setChanging(!isChanging)}>
              {t('knowledge.faq.change')}
            </Button>
            <RemoveQuestion item={item} />
          </Group>
        )}
        {isChanging && <FaqForm item={item} onDone={() => setChanging(false)} />}
      </details>
    </li>
  );
}

function Voice({ item: { id, question, helpful, notHelpful, own } }: { readonly item: FaqItem }) {
  const { t } = useTexts();
  const format = useFormat();
  const vote = useRouteMutation(voteFaq, { stales: [listFaq, readFaq] });
  function button(isHelpful: boolean, label: string, count: number) {
    return (
      <Button
        size="compact-sm"
        variant={own === (isHelpful ? 'helpful' : 'not-helpful') ? 'filled' : 'default'}
        aria-pressed={own === (isHelpful ? 'helpful' : 'not-helpful')}
        aria-label={`${label}: ${question}`}
        onClick={() => vote.mutate({ params: { id }, body: { helpful: isHelpful } })}
      >
        {label} {format.number(count)}
      </Button>
    );
  }
  return (
    <>
      <Group gap="xs" my="xs">
        {button(true, t('knowledge.faq.helpful'), helpful)}
        {button(false, t('knowledge.faq.not-helpful'), notHelpful)}
      </Group>
      {vote.isError && <ProblemNotice error={vote.error} />}
    </>
  );
}

function RemoveQuestion({ item: { id, number } }: { readonly item: FaqItem }) {
  const { t } = useTexts();
  const mayManage = useMay('knowledge:manage');
  const remove = useRouteMutation(removeFaq, { stales: [listFaq] });
  if (!mayManage) return null;
  return (
    <ConfirmAction
      label={t('knowledge.faq.remove')}
      name={t('knowledge.faq.remove-question', { number })}
      question={t('knowledge.faq.really', { number })}
      consequence={t('knowledge.faq.consequence')}
      mutation={remove}
      onConfirm={(done) => remove.mutate({ params: { id } }, { onSuccess: done })}
    />
  );
}
