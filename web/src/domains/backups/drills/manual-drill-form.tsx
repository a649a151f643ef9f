import { Button, NativeSelect, NumberInput, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';

import { listDrills, listTestPlans, type ManualDrill, recordDrill } from '#backups/contract';

import { partsOf } from '../../../lib/parts-of.ts';
import { useRouteMutation } from '../../../lib/route-query.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { JobChoice } from './job-choice.tsx';
import { KindChoice } from './kind-choice.tsx';

const kinds = ['full', 'partial', 'integrity', 'tamper'] as const;
const nothing = { job: '', testedAt: '', tester: '', target: '', checklist: '', issues: '', notes: '' };

/** What somebody tested by hand. The checklist: one item a line, `x` before what was done. */
export function ManualDrillForm() {
  const { t } = useTexts();
  const [kind, setKind] = useState<ManualDrill['kind']>('full');
  const [result, setResult] = useState<ManualDrill['result']>('passed');
  const [minutes, setMinutes] = useState<number | string>('');
  const [texts, setTexts] = useState(nothing);
  const record = useRouteMutation(recordDrill, {
    stales: [listDrills, listTestPlans],
    onSuccess: () => setTexts(nothing),
  });
  function field(name: keyof typeof nothing) {
    return {
      label: t(`backups.manual.${name}`),
      value: texts[name],
      onChange: (event: { readonly currentTarget: { readonly value: string } }) => {
        const { value } = event.currentTarget;
        setTexts((before) => ({ ...before, [name]: value }));
      },
    };
  }
  function submit(event: FormEvent): void {
    event.preventDefault();
    const { job, testedAt, tester, target, issues, notes } = texts;
    record.mutate({
      params: { key: job },
      body: {
        kind,
        result,
        tester,
        target,
        testedAt: new Date(testedAt).toISOString(),
        checklist: checklistOf(texts.checklist),
        ...(typeof minutes === 'number' ? { seconds: minutes * 60 } : {}),
        ...(issues === '' ? {} : { issues }),
        ...(notes === '' ? {} : { notes }),
      },
    });
  }
  return (
    <form onSubmit={submit} className="k-card k-proof-form" aria-labelledby="manual-drill">
      <h2 id="manual-drill">{t('backups.manual.title')}</h2>
      {record.isError && <ProblemNotice error={record.error} />}
      <div className="k-proof-fields">
        <JobChoice value={texts.job} onChange={(job) => setTexts({ ...texts, job })} />
        <KindChoice value={kind} kinds={kinds} onChange={setKind} />
        <NativeSelect
          label={t('backups.manual.result')}
          value={result}
          onChange={(event) => setResult(event.currentTarget.value === 'failed' ? 'failed' : 'passed')}
          data={(['passed', 'failed'] as const).map((one) => ({ value: one, label: t(`backups.drill.${one}`) }))}
        />
        <TextInput type="datetime-local" {...field('testedAt')} required />
        <TextInput {...field('tester')} required />
        <TextInput {...field('target')} required />
        <NumberInput label={t('backups.manual.minutes')} value={minutes} onChange={setMinutes} min={0} hideControls />
        <Textarea
          {...field('checklist')}
          description={t('backups.manual.checklist.hint')}
          inputWrapperOrder={['label', 'input', 'description']}
          autosize
          minRows={2}
        />
        <Textarea {...field('issues')} autosize minRows={2} />
        <Textarea {...field('notes')} autosize minRows={2} />
      </div>
      <Button type="submit" variant="default" loading={record.isPending} disabled={texts.job === ''}>
        {t('backups.manual.submit')}
      </Button>
    </form>
  );
}

function checklistOf(text: string): ManualDrill['checklist'] {
  return partsOf(text, /\n/).map((line) => ({ text: line.replace(/^x\s+/i, ''), done: /^x\s+/i.test(line) }));
}
