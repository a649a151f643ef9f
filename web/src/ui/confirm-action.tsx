import { Button, Group } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTexts } from '../lib/use-texts.ts';
import { Notice } from './notice.tsx';
import { ProblemNotice } from './problem-notice.tsx';

interface ConfirmActionProps {
  /** What the button does, in a word or two. */
  readonly label: string;
  /** The same with what it is about, where several such buttons stand on a page. */
  readonly name?: string;
  readonly question: string;
  readonly consequence: string;
  readonly mutation: { readonly isPending: boolean; readonly error: unknown; readonly reset: () => void };
  /** Calls `done` when it has happened; until then the question stays. */
  readonly onConfirm: (done: () => void) => void;
  readonly disabled?: boolean;
  readonly tone?: 'bad' | 'warn';
  readonly children?: ReactNode;
}

/** Takes two steps; the second says in words what will happen. */
export function ConfirmAction(props: ConfirmActionProps) {
  const [asked, setAsked] = useState(false);
  const { label, name = label, mutation, disabled = false } = props;
  if (asked) return <Question {...props} onClose={() => setAsked(false)} />;
  function ask(): void {
    mutation.reset();
    setAsked(true);
  }
  return (
    <Button size="compact-sm" variant="default" disabled={disabled} onClick={ask} aria-label={name}>
      {label}
    </Button>
  );
}

type QuestionProps = ConfirmActionProps & { readonly onClose: () => void };

function Question({ label, question, consequence, mutation, onConfirm, onClose, tone, children }: QuestionProps) {
  const { t } = useTexts();
  return (
    <Notice tone={tone ?? 'bad'} title={question} role="alert">
      <p>{consequence}</p>
      {children}
      {mutation.error !== null && <ProblemNotice error={mutation.error} />}
      <Group mt="xs" gap="xs">
        <Button
          size="xs"
          {...(tone === 'warn' ? {} : { color: 'red.9' })}
          loading={mutation.isPending}
          onClick={() => onConfirm(onClose)}
        >
          {label}
        </Button>
        <Button size="xs" variant="default" onClick={onClose}>
          {t('confirm.cancel')}
        </Button>
      </Group>
    </Notice>
  );
}
