import '../entries/entry-page.css';

import { Anchor, Button, Group, Progress, Textarea } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';

import {
  answerDialogue,
  type DialogueStep,
  type DialogueView,
  entryTypes,
  finishDialogue,
  listDialogues,
  listEntries,
  readDialogue,
} from '#knowledge/contract';

import { routeKey, useRouteMutation, useRouteQuery } from '../../../lib/route-query.ts';
import { type SayText, useTexts } from '../../../lib/use-texts.ts';
import { MarkdownText } from '../../../ui/markdown-text.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { QueryView } from '../../../ui/query-view.tsx';

const route = getRouteApi('/inside/knowledge/dialogues/$id');

/** One question after the other; what was answered can be answered anew, and the draft is looked over at the end. */
export function DialoguePage() {
  const { t } = useTexts();
  const { id } = route.useParams();
  const query = useRouteQuery(readDialogue, { params: { id } });
  return (
    <article className="k-entry">
      <Anchor component={Link} to="/knowledge/dialogues" size="sm">
        {t('knowledge.dialogue.back')}
      </Anchor>
      <PageHeader title={t('knowledge.dialogue')} />
      <QueryView query={query}>{(dialogue) => <Dialogue dialogue={dialogue} />}</QueryView>
    </article>
  );
}

function Dialogue({ dialogue }: { readonly dialogue: DialogueView }) {
  const { t } = useTexts();
  const { progress, asked, answers, draft, duplicates, lang } = dialogue;
  const [again, setAgain] = useState<string>();
  const former = answers.find(({ key }) => key === again);
  return (
    <>
      <Progress value={progress} aria-label={t('knowledge.dialogue.progress')} mb="md" />
      {former !== undefined && (
        <Answer
          key={former.key}
          dialogue={dialogue}
          step={{ ...former, wordings: [], choices: former.key === 'type' ? typeChoices(t) : [] }}
          onDone={() => setAgain(undefined)}
        />
      )}
      {former === undefined && asked !== null && <Answer key={asked.key} dialogue={dialogue} step={asked} />}
      {former === undefined && asked === null && <Finish dialogue={dialogue} />}
      {duplicates.length > 0 && (
        <Notice tone="warn" title={t('knowledge.duplicates')}>
          {duplicates.map(({ id, title }) => (
            <div key={id}>
              <Link to="/knowledge/entries/$id" params={{ id }}>
                {title}
              </Link>
            </div>
          ))}
        </Notice>
      )}
      {answers.length > 0 && (
        <section aria-label={t('knowledge.dialogue.answers')}>
          <h2>{t('knowledge.dialogue.answers')}</h2>
          <ul className="k-plain-list k-related">
            {answers.map(({ key, heading, text }) => (
              <li key={key} className="k-card">
                <span>
                  <strong>{heading}</strong>:{' '}
                  {key === 'type' ? t(`knowledge.type.${draft.type}`) : (text ?? t('knowledge.dialogue.unknown'))}
                </span>
                <Group>
                  <Button
                    size="compact-xs"
                    variant="default"
                    onClick={() => setAgain(key)}
                    aria-label={t('knowledge.dialogue.again-of', { heading })}
                  >
                    {t('knowledge.dialogue.again')}
                  </Button>
                </Group>
              </li>
            ))}
          </ul>
        </section>
      )}
      {draft.body !== '' && (
        <section aria-label={t('knowledge.dialogue.draft')}>
          <h2>{t('knowledge.dialogue.draft')}</h2>
          <div className="k-card k-entry-body">
            <MarkdownText text={draft.body} lang={lang} />
          </div>
        </section>
      )}
    </>
  );
}

/** Another type than the one that was chosen. */
function typeChoices(t: SayText): AnswerProps['step']['choices'] {
  return entryTypes.map((value) => ({ value, label: t(`knowledge.type.${value}`) }));
}

interface AnswerProps {
  readonly dialogue: DialogueView;
  /** With what was answered before, if it was. */
  readonly step: DialogueStep & { readonly text?: string | null };
  readonly onDone?: () => void;
}

function Answer({ dialogue: { id }, step: { key, heading, text: former, wordings, choices }, onDone }: AnswerProps) {
  const { t } = useTexts();
  const queries = useQueryClient();
  const [text, setText] = useState(former ?? '');
  const [turn, setTurn] = useState(0);
  const wording = wordings[turn % Math.max(1, wordings.length)];
  const give = useRouteMutation(answerDialogue, {
    stales: [listDialogues],
    onSuccess: (changed) => {
      queries.setQueryData(routeKey(readDialogue, { params: { id } }), changed);
      onDone?.();
    },
  });
  function say(answer: string | null): void {
    give.mutate({ params: { id, key }, body: { text: answer } });
  }
  function submit(event: FormEvent): void {
    event.preventDefault();
    if (text.trim() !== '') say(text);
  }
  function choose(value: string): void {
    if (key === 'tags') setText(text.trim() === '' ? value : `${text}, ${value}`);
    else say(value);
  }
  return (
    <form onSubmit={submit} className="k-entry-form">
      {key !== 'type' && (
        <Textarea
          label={heading}
          description={wording}
          value={text}
          onChange={({ currentTarget: { value } }) => setText(value)}
          autosize
          minRows={2}
          maxLength={20_000}
        />
      )}
      {key === 'type' && <p>{wording ?? heading}</p>}
      <Group gap="xs">
        {choices.map(({ value, label }) => (
          <Button key={value} size="compact-sm" variant="default" onClick={() => choose(value)}>
            {label}
          </Button>
        ))}
      </Group>
      {give.isError && <ProblemNotice error={give.error} />}
      <Group gap="xs">
        {key !== 'type' && (
          <Button type="submit" loading={give.isPending}>
            {t('knowledge.dialogue.answer')}
          </Button>
        )}
        {key !== 'title' && key !== 'type' && (
          <Button variant="default" onClick={() => say(null)}>
            {t('knowledge.dialogue.unknown')}
          </Button>
        )}
        {wordings.length > 1 && (
          <Button variant="subtle" onClick={() => setTurn(turn + 1)}>
            {t('knowledge.dialogue.other-words')}
          </Button>
        )}
      </Group>
    </form>
  );
}

function Finish({ dialogue: { id } }: { readonly dialogue: DialogueView }) {
  const { t } = useTexts();
  const navigate = useNavigate();
  const finish = useRouteMutation(finishDialogue, {
    stales: [listDialogues, listEntries],
    onSuccess: (entry) => void navigate({ to: '/knowledge/entries/$id', params: { id: entry.id } }),
  });
  return (
    <>
      <p>{t('knowledge.dialogue.all-answered')}</p>
      {finish.isError && <ProblemNotice error={finish.error} />}
      <Group mb="md">
        <Button loading={finish.isPending} onClick={() => finish.mutate({ params: { id } })}>
          {t('knowledge.dialogue.finish')}
        </Button>
      </Group>
    </>
  );
}
