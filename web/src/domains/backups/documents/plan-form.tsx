import { Checkbox, NumberInput, TextInput } from '@mantine/core';
import { useState } from 'react';

import { type DocumentPlan, listDocumentPlans, planRhythms, putDocumentPlan } from '#backups/contract';

import { useRouteMutation } from '../../../lib/route-query.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { FormButtons } from '../../../ui/form-buttons.tsx';
import { NamedChoice } from '../../../ui/named-choice.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { MatterFields, matterBody, matterOf, usualMatter } from './matter-fields.tsx';
import { RecipientsInput, recipientsOf } from './recipients-input.tsx';

interface PlanFormProps {
  /** The one to be changed; without it a new one is made. */
  readonly plan?: DocumentPlan;
  /** Names that a new one cannot have. */
  readonly taken?: readonly string[] | undefined;
  readonly onDone: () => void;
}

/** A new plan, or one with what it has. */
export function PlanForm({ plan, taken = [], onDone }: PlanFormProps) {
  const { t } = useTexts();
  const [name, setName] = useState(plan?.name ?? '');
  const [matter, setMatter] = useState(plan === undefined ? usualMatter : matterOf(plan));
  const [every, setEvery] = useState<(typeof planRhythms)[number]>(plan?.every ?? 'monthly');
  const [at, setAt] = useState(plan?.at ?? '08:00');
  const [day, setDay] = useState(plan?.day ?? 1);
  const [to, setTo] = useState(plan?.to.join('\n') ?? '');
  const [attach, setAttach] = useState(plan?.attach ?? true);
  const [enabled, setEnabled] = useState(plan?.enabled ?? true);
  const put = useRouteMutation(putDocumentPlan, { stales: [listDocumentPlans], onSuccess: onDone });
  // As it will be kept.
  const planName = name.trim();
  const isTaken = plan === undefined && taken.includes(planName);
  return (
    <form
      className="k-documents"
      onSubmit={(event) => {
        event.preventDefault();
        if (isTaken) return;
        const rhythm = { every, at, day, enabled };
        const body = { ...notAsked(plan), ...matterBody(matter), ...rhythm, to: recipientsOf(to), attach };
        put.mutate({ params: { name: planName }, body });
      }}
    >
      {plan === undefined && (
        <TextInput
          label={t('documents.plan-name')}
          description={t('documents.plan-name-lead')}
          error={isTaken ? t('documents.plan-taken') : undefined}
          required
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
      )}
      <MatterFields matter={matter} onChange={setMatter} />
      <NamedChoice
        label={t('documents.every')}
        value={every}
        values={planRhythms}
        nameOf={(one) => t(`documents.every.${one}`)}
        onChange={(wanted) => {
          setEvery(wanted);
          // The 28th of a month is no day of a week.
          setDay(1);
        }}
      />
      {every !== 'daily' && (
        <NumberInput
          label={t(every === 'weekly' ? 'documents.day-of-week' : 'documents.day-of-month')}
          min={1}
          max={every === 'weekly' ? 7 : 28}
          value={day}
          onChange={(value) => setDay(Number(value))}
        />
      )}
      <TextInput
        type="time"
        label={t('documents.at')}
        required
        value={at}
        onChange={(event) => setAt(event.currentTarget.value)}
      />
      <RecipientsInput value={to} onChange={setTo} />
      <Checkbox
        label={t('documents.attach')}
        checked={attach}
        onChange={(event) => setAttach(event.currentTarget.checked)}
      />
      <Checkbox
        label={t('documents.plan-enabled')}
        checked={enabled}
        onChange={(event) => setEnabled(event.currentTarget.checked)}
      />
      <FormButtons label={t('documents.plan-save')} busy={put.isPending} onCancel={onDone} />
      {put.isError && <ProblemNotice error={put.error} />}
    </form>
  );
}

/** What this form does not ask for stays as somebody set it by the command line. */
function notAsked(plan: DocumentPlan | undefined) {
  if (plan === undefined) return {};
  const { zone, language, keepDays } = plan;
  return { zone, language, ...(keepDays === undefined ? {} : { keepDays }) };
}
