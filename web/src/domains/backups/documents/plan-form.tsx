import { Button, Checkbox, Group, NumberInput, TextInput } from '@mantine/core';
import { useState } from 'react';

import { listDocumentPlans, planRhythms, putDocumentPlan } from '#backups/contract';

import { useRouteMutation } from '../../../lib/route-query.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { MatterFields, matterBody, usualMatter } from './matter-fields.tsx';
import { NamedChoice } from './named-choice.tsx';
import { RecipientsInput, recipientsOf } from './recipients-input.tsx';

/** A plan under a name of its own; the same name changes the plan. */
export function PlanForm({ onDone }: { readonly onDone: () => void }) {
  const { t } = useTexts();
  const [name, setName] = useState('');
  const [matter, setMatter] = useState(usualMatter);
  const [every, setEvery] = useState<(typeof planRhythms)[number]>('monthly');
  const [at, setAt] = useState('08:00');
  const [day, setDay] = useState(1);
  const [to, setTo] = useState('');
  const [attach, setAttach] = useState(true);
  const put = useRouteMutation(putDocumentPlan, { stales: [listDocumentPlans], onSuccess: onDone });
  return (
    <form
      className="k-documents"
      onSubmit={(event) => {
        event.preventDefault();
        const body = { ...matterBody(matter), every, at, day, to: recipientsOf(to), attach };
        put.mutate({ params: { name }, body });
      }}
    >
      <TextInput
        label={t('documents.plan-name')}
        description={t('documents.plan-name-lead')}
        required
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <MatterFields matter={matter} onChange={setMatter} />
      <NamedChoice
        label={t('documents.every')}
        value={every}
        values={planRhythms}
        nameOf={(one) => t(`documents.every.${one}`)}
        onChange={setEvery}
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
      <Group gap="xs">
        <Button type="submit" loading={put.isPending}>
          {t('documents.plan-save')}
        </Button>
        <Button variant="default" onClick={onDone}>
          {t('confirm.cancel')}
        </Button>
      </Group>
      {put.isError && <ProblemNotice error={put.error} />}
    </form>
  );
}
