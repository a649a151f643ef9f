import { TextInput } from '@mantine/core';
import type { ReactNode } from 'react';

import type { MediumDetail } from '#backups/contract';

import { useTexts } from '../../../lib/use-texts.ts';
import { ConfirmAction } from '../../../ui/confirm-action.tsx';

type MediumAction = MediumDetail['actions'][number];

interface MediumConfirmProps<Body> {
  readonly action: MediumAction;
  readonly label: string;
  readonly body: Body;
  readonly tone?: 'bad' | 'warn';
  readonly mutation: {
    readonly isPending: boolean;
    readonly error: unknown;
    readonly reset: () => void;
    readonly mutate: (
      input: { readonly params: { readonly label: string }; readonly body: Body },
      then: { readonly onSuccess: () => void },
    ) => void;
  };
  /** What has to be said with it. */
  readonly children: ReactNode;
}

/** One action on one medium, asked once more. */
export function MediumConfirm<Body>({ action, label, body, mutation, tone, children }: MediumConfirmProps<Body>) {
  const { t } = useTexts();
  const name = t(`media.action.${action}`);
  return (
    <ConfirmAction
      label={name}
      name={`${name}: ${label}`}
      question={t('media.action.question', { action: name, label })}
      consequence={t(`media.action.${action}.consequence`)}
      {...(tone === undefined ? {} : { tone })}
      mutation={mutation}
      onConfirm={(done) => mutation.mutate({ params: { label }, body }, { onSuccess: done })}
    >
      {children}
    </ConfirmAction>
  );
}

interface NoteFieldProps {
  readonly value: string;
  readonly onChange: (note: string) => void;
}

export function NoteField({ value, onChange }: NoteFieldProps) {
  const { t } = useTexts();
  return (
    <TextInput
      label={t('media.field.note')}
      value={value}
      maxLength={1000}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
