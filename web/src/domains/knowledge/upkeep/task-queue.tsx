import { Button, Checkbox, Group, TextInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';

import {
  assignTask,
  closeTask,
  daySchema,
  type KnowledgeTask,
  listTasks,
  nameSchema,
  readFeedback,
} from '#knowledge/contract';

import { todayHere } from '../../../lib/own-zone.ts';
import { useRouteMutation, useRouteQuery } from '../../../lib/route-query.ts';
import { useMay } from '../../../lib/session.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { Moment } from '../../../ui/moment.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { QueryView } from '../../../ui/query-view.tsx';

/** What readers say against entries, the soonest due first: who sees to it, until when, and what came of it. */
export function TaskQueue() {
  const { t } = useTexts();
  const [isOwn, setOwn] = useState(false);
  const query = useRouteQuery(listTasks, { query: { limit: 100, own: String(isOwn) } });
  return (
    <section aria-label={t('knowledge.tasks')}>
      <h2>{t('knowledge.tasks')}</h2>
      <Checkbox
        label={t('knowledge.task.own')}
        checked={isOwn}
        onChange={(event) => setOwn(event.currentTarget.checked)}
        mb="xs"
      />
      <QueryView query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <p>{t('knowledge.upkeep.nothing')}</p>
          ) : (
            <ul className="k-plain-list k-related">
              {items.map((task) => (
                <Task key={task.id} task={task} />
              ))}
            </ul>
          )
        }
      </QueryView>
    </section>
  );
}

function Task({ task }: { readonly task: KnowledgeTask }) {
  const { t } = useTexts();
  const may = useMay('knowledge:write');
  const { kind, entry, comment, openedAt, openedBy, assignee, dueOn } = task;
  const isLate = dueOn !== null && dueOn < todayHere();
  return (
    <li className="k-card">
      <span>
        {t(`knowledge.voice.${kind}`)}:{' '}
        <Link to="/knowledge/entries/$id" params={{ id: entry.id }}>
          {entry.title}
        </Link>
      </span>
      {comment !== null && <span>{comment}</span>}
      <small>
        {openedBy} · <Moment at={openedAt} /> · {t('knowledge.task.assignee')}: {assignee ?? '–'} ·{' '}
        {t('knowledge.task.due')}: {dueOn ?? '–'} {isLate && <strong>{t('knowledge.task.late')}</strong>}
      </small>
      {may && <AssignForm task={task} />}
      {may && <CloseForm task={task} />}
    </li>
  );
}

function AssignForm({ task: { id, entry, assignee, dueOn } }: { readonly task: KnowledgeTask }) {
  const { t } = useTexts();
  const [name, setName] = useState(assignee ?? '');
  const [day, setDay] = useState(dueOn ?? '');
  const assign = useRouteMutation(assignTask, { stales: [listTasks] });
  const isNameSound = name.trim() === '' || nameSchema.safeParse(name).success;
  const isDaySound = day === '' || daySchema.safeParse(day).success;
  function submit(event: FormEvent): void {
    event.preventDefault();
    const body = { assignee: name.trim() === '' ? null : name.trim(), dueOn: day === '' ? null : day };
    if (isNameSound && isDaySound) assign.mutate({ params: { id }, body });
  }
  return (
    <form onSubmit={submit}>
      <Group gap="xs">
        <TextInput
          size="xs"
          aria-label={`${t('knowledge.task.assignee')}: ${entry.title}`}
          placeholder={t('knowledge.task.assignee')}
          value={name}
          onChange={({ currentTarget: { value } }) => setName(value)}
          maxLength={100}
        />
        <TextInput
          size="xs"
          type="date"
          aria-label={`${t('knowledge.task.due')}: ${entry.title}`}
          value={day}
          onChange={({ currentTarget: { value } }) => setDay(value)}
        />
        <Button type="submit" size="compact-sm" variant="default" loading={assign.isPending}>
          {t('knowledge.task.assign')}
        </Button>
      </Group>
      {assign.isError && <ProblemNotice error={assign.error} />}
    </form>
  );
}

function CloseForm({ task: { id, entry } }: { readonly task: KnowledgeTask }) {
  const { t } = useTexts();
  const [resolution, setResolution] = useState('');
  const close = useRouteMutation(closeTask, { stales: [listTasks, readFeedback] });
  const said = resolution.trim() === '' ? {} : { resolution };
  return (
    <>
      <Group gap="xs">
        <TextInput
          size="xs"
          aria-label={`${t('knowledge.task.resolution')}: ${entry.title}`}
          placeholder={t('knowledge.task.resolution')}
          value={resolution}
          onChange={({ currentTarget: { value } }) => setResolution(value)}
          maxLength={500}
        />
        {(['done', 'dismissed'] as const).map((outcome) => (
          <Button
            key={outcome}
            size="compact-sm"
            variant="default"
            loading={close.isPending}
            onClick={() => close.mutate({ params: { id }, body: { outcome, ...said } })}
          >
            {t(`knowledge.task.${outcome}`)}
          </Button>
        ))}
      </Group>
      {close.isError && <ProblemNotice error={close.error} />}
    </>
  );
}
