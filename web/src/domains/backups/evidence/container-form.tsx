import { NumberInput, TextInput } from '@mantine/core';
import { useState } from 'react';

import { containerStates, listContainers, putContainer } from '#backups/contract';

import { useRouteMutation } from '../../../lib/route-query.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { FormButtons } from '../../../ui/form-buttons.tsx';
import { NamedChoice } from '../../../ui/named-choice.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';

const fields = ['project', 'originator', 'volume', 'level', 'type', 'role', 'number', 'revision'] as const;
type Fields = Readonly<Record<(typeof fields)[number], string>>;
const empty: Fields = {
  project: '',
  originator: '',
  volume: '',
  level: '',
  type: '',
  role: '',
  number: '',
  revision: 'P01',
};

/** The fields of the naming convention; the code is made of them. */
export function ContainerForm({ onDone }: { readonly onDone: () => void }) {
  const { t } = useTexts();
  const [job, setJob] = useState('');
  const [values, setValues] = useState(empty);
  const [status, setStatus] = useState<(typeof containerStates)[number]>('WIP');
  const [stage, setStage] = useState(0);
  const put = useRouteMutation(putContainer, { stales: [listContainers], onSuccess: onDone });
  return (
    <form
      className="k-documents"
      onSubmit={(event) => {
        event.preventDefault();
        put.mutate({ params: { key: job }, body: { ...values, status, stage } });
      }}
    >
      <TextInput
        label={t('evidence.job')}
        required
        value={job}
        onChange={(event) => setJob(event.currentTarget.value)}
      />
      {fields.map((field) => (
        <TextInput
          key={field}
          label={t(`evidence.${field}`)}
          required
          value={values[field]}
          onChange={(event) => setValues({ ...values, [field]: event.currentTarget.value })}
        />
      ))}
      <NamedChoice
        label={t('evidence.status')}
        value={status}
        values={containerStates}
        nameOf={(one) => one}
        onChange={setStatus}
      />
      <NumberInput
        label={t('evidence.stage')}
        min={0}
        max={7}
        value={stage}
        onChange={(value) => setStage(Number(value))}
      />
      <FormButtons label={t('evidence.save')} busy={put.isPending} onCancel={onDone} />
      {put.isError && <ProblemNotice error={put.error} />}
    </form>
  );
}
