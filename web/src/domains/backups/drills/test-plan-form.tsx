import { Button, Checkbox, NativeSelect, NumberInput, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';

import {
  type DrillKind,
  drillKinds,
  listPlannedTests,
  listTestPlans,
  saveTestPlan,
  type TestFrequency,
  testFrequencies,
} from '#backups/contract';

import { useRouteMutation } from '../../../lib/route-query.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { JobChoice } from './job-choice.tsx';
import { KindChoice } from './kind-choice.tsx';

/** One plan per job and kind: the same again changes it. */
export function TestPlanForm() {
  const { t } = useTexts();
  const [job, setJob] = useState('');
  const [kind, setKind] = useState<DrillKind>('full');
  const [frequency, setFrequency] = useState<TestFrequency>('monthly');
  const [startsOn, setStartsOn] = useState('');
  const [assignee, setAssignee] = useState('');
  const [automatic, setAutomatic] = useState(true);
  const [rtoMinutes, setRtoMinutes] = useState<number | string>('');
  const save = useRouteMutation(saveTestPlan, { stales: [listTestPlans, listPlannedTests] });
  function submit(event: FormEvent): void {
    event.preventDefault();
    save.mutate({
      params: { key: job, kind },
      body: {
        frequency,
        automatic,
        assignee: assignee.trim() === '' ? null : assignee.trim(),
        rtoSeconds: typeof rtoMinutes === 'number' ? rtoMinutes * 60 : null,
        ...(startsOn === '' ? {} : { startsOn }),
      },
    });
  }
  return (
    <form onSubmit={submit} className="k-card k-proof-form" aria-labelledby="new-plan">
      <h2 id="new-plan">{t('backups.plans.new')}</h2>
      {save.isError && <ProblemNotice error={save.error} />}
      <div className="k-proof-fields">
        <JobChoice value={job} onChange={setJob} />
        <KindChoice value={kind} kinds={drillKinds} onChange={setKind} />
        <NativeSelect
          label={t('backups.plans.frequency')}
          value={frequency}
          onChange={(event) =>
            setFrequency(testFrequencies.find((one) => one === event.currentTarget.value) ?? 'monthly')
          }
          data={testFrequencies.map((one) => ({ value: one, label: t(`backups.frequency.${one}`) }))}
        />
        <TextInput
          type="date"
          label={t('backups.plans.from')}
          value={startsOn}
          onChange={(event) => setStartsOn(event.currentTarget.value)}
        />
        <TextInput
          label={t('backups.plans.assignee')}
          value={assignee}
          onChange={(event) => setAssignee(event.currentTarget.value)}
          maxLength={200}
        />
        <NumberInput label={t('backups.plans.rto')} value={rtoMinutes} onChange={setRtoMinutes} min={1} hideControls />
        <Checkbox
          label={t('backups.plans.automatic')}
          checked={automatic}
          onChange={(event) => setAutomatic(event.currentTarget.checked)}
        />
      </div>
      <Button type="submit" loading={save.isPending} disabled={job === ''}>
        {t('backups.plans.save')}
      </Button>
    </form>
  );
}
