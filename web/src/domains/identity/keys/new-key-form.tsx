import { Button, Checkbox, Group, NumberInput, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';

import { type KeyScope, keyScopes } from '#platform/contract';
import { type AccountView, createKey, listEveryKey, listKeys } from '#platform/identity/contract';

import { useRouteMutation } from '../../../lib/route-query.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { NetworksInput, networksOf } from '../networks-input.tsx';
import type { MadeKey } from './made-key.ts';
import { useScopeWords } from './scope-words.ts';

interface NewKeyFormProps {
  readonly user: Pick<AccountView, 'id' | 'username'>;
  readonly onMade: (key: MadeKey) => void;
  readonly onCancel: () => void;
}

const usualDays = 365;
const mostDays = 3650;

export function NewKeyForm({ user, onMade, onCancel }: NewKeyFormProps) {
  const { t } = useTexts();
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<readonly KeyScope[]>(['read']);
  const [days, setDays] = useState<number | string>(usualDays);
  const [networks, setNetworks] = useState('');
  const [jobs, setJobs] = useState('');
  const isOnlyIngest = scopes.length === 1 && scopes[0] === 'ingest';
  const create = useRouteMutation(createKey, { stales: [listKeys, listEveryKey], onSuccess: onMade });
  function submit(event: FormEvent): void {
    event.preventDefault();
    create.mutate({
      params: { user: user.id },
      body: {
        name: name.trim(),
        scopes: [...scopes],
        days: typeof days === 'number' ? days : null,
        networks: networksOf(networks),
        boundTo: isOnlyIngest ? networksOf(jobs) : [],
      },
    });
  }
  return (
    <form onSubmit={submit} className="k-people-form" aria-label={t('people.key.new')}>
      <p>{t('people.key.new.lead', { user: user.username })}</p>
      {create.isError && <ProblemNotice error={create.error} />}
      <TextInput
        label={t('people.key.name')}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        maxLength={100}
        required
      />
      <Scopes value={scopes} onChange={setScopes} />
      <NumberInput
        label={t('people.key.days')}
        value={days}
        onChange={setDays}
        min={1}
        max={mostDays}
        allowDecimal={false}
        allowNegative={false}
        hideControls
      />
      <NetworksInput label={t('people.key.networks')} value={networks} onChange={setNetworks} />
      {isOnlyIngest && (
        <TextInput
          label={t('people.key.jobs.label')}
          description={t('people.key.jobs.hint')}
          value={jobs}
          onChange={(event) => setJobs(event.currentTarget.value)}
        />
      )}
      <Group gap="xs">
        <Button type="submit" loading={create.isPending} disabled={scopes.length === 0}>
          {t('people.key.submit')}
        </Button>
        <Button variant="default" onClick={onCancel}>
          {t('people.cancel')}
        </Button>
      </Group>
    </form>
  );
}

interface ScopesProps {
  readonly value: readonly KeyScope[];
  readonly onChange: (scopes: readonly KeyScope[]) => void;
}

function Scopes({ value, onChange }: ScopesProps) {
  const { t } = useTexts();
  const scopeWords = useScopeWords();
  return (
    <Checkbox.Group
      label={t('people.key.scopes')}
      value={[...value]}
      onChange={(chosen) => onChange(keyScopes.filter((scope) => chosen.includes(scope)))}
    >
      <div className="k-people-checks">
        {keyScopes.map((scope) => (
          <Checkbox key={scope} value={scope} label={scopeWords(scope)} />
        ))}
      </div>
    </Checkbox.Group>
  );
}
