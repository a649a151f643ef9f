import { Button, Group, TextInput } from '@mantine/core';
import { type FormEvent, useRef, useState } from 'react';

import { messageId } from '../../../lib/message-id.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import type { Asked } from './ask-turn.ts';

interface QuestionFormProps {
  readonly first?: string;
  readonly isPending: boolean;
  readonly onAsk: (asked: Asked) => void;
}

/** The box is empty again once a question is on its way, and keeps the focus. */
export function QuestionForm({ first = '', isPending, onAsk }: QuestionFormProps) {
  const { t } = useTexts();
  const [text, setText] = useState(first);
  const box = useRef<HTMLInputElement>(null);
  function submit(event: FormEvent): void {
    event.preventDefault();
    const question = text.trim();
    if (question === '' || isPending) return;
    onAsk({ key: messageId(), question });
    setText('');
    box.current?.focus();
  }
  return (
    <form onSubmit={submit} className="k-no-print">
      <Group align="end" gap="xs" mb="md">
        <TextInput
          ref={box}
          flex="1 1 12rem"
          label={t('knowledge.ask.question')}
          value={text}
          onChange={({ currentTarget: { value } }) => setText(value)}
          maxLength={1000}
          autoComplete="off"
        />
        <Button type="submit" loading={isPending}>
          {t('knowledge.ask.submit')}
        </Button>
      </Group>
    </form>
  );
}
