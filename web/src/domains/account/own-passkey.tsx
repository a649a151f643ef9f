import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';

import { type PasskeyView, readFactors, readSession, removePasskey, renamePasskey } from '#platform/identity/contract';

import { useRouteMutation } from '../../lib/route-query.ts';
import { useTexts } from '../../lib/use-texts.ts';
import { Moment } from '../../ui/moment.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { ProofForm } from './proof-form.tsx';

interface OwnPasskeyProps {
  readonly passkey: PasskeyView;
  readonly hasPassword: boolean;
}

export function OwnPasskey({ passkey, hasPassword }: OwnPasskeyProps) {
  const { t } = useTexts();
  const [act, setAct] = useState<'rename' | 'remove'>();
  const { id, name, createdAt, lastUsedAt } = passkey;
  const remove = useRouteMutation(removePasskey, {
    stales: [readFactors, readSession],
    onSuccess: () => setAct(undefined),
  });
  return (
    <div className="k-account-proof">
      <p>
        <strong>{name}</strong>
        <br />
        {t('passkey.added')} <Moment at={createdAt} />
        {lastUsedAt !== null && (
          <>
            <br />
            {t('passkey.used')} <Moment at={lastUsedAt} />
          </>
        )}
      </p>
      {act === undefined && (
        <div className="k-account-acts">
          <Button variant="default" size="xs" onClick={() => setAct('rename')}>
            {t('passkey.rename')}
          </Button>
          <Button variant="default" size="xs" onClick={() => setAct('remove')}>
            {t('passkey.remove')}
          </Button>
        </div>
      )}
      {act === 'rename' && <RenameForm passkey={passkey} onDone={() => setAct(undefined)} />}
      {act === 'remove' && (
        <ProofForm
          lead={t('passkey.remove-lead')}
          submit={t('passkey.remove')}
          hasPassword={hasPassword}
          doing={remove}
          onProof={(body) => remove.mutate({ params: { id }, body })}
          onCancel={() => setAct(undefined)}
        />
      )}
    </div>
  );
}

interface RenameFormProps {
  readonly passkey: PasskeyView;
  readonly onDone: () => void;
}

function RenameForm({ passkey: { id, name }, onDone }: RenameFormProps) {
  const { t } = useTexts();
  const [next, setNext] = useState(name);
  const rename = useRouteMutation(renamePasskey, { stales: [readFactors], onSuccess: onDone });
  function submit(event: FormEvent): void {
    event.preventDefault();
    rename.mutate({ params: { id }, body: { name: next.trim() } });
  }
  return (
    <form onSubmit={submit} className="k-account-proof">
      {rename.isError && <ProblemNotice error={rename.error} />}
      <TextInput
        label={t('passkey.name')}
        maxLength={60}
        value={next}
        onChange={(event) => setNext(event.currentTarget.value)}
      />
      <Button type="submit" loading={rename.isPending} disabled={next.trim() === ''}>
        {t('passkey.rename')}
      </Button>
    </form>
  );
}
