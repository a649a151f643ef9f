import { Button, Group, Textarea } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';

import { longestBody } from '#knowledge/contract';

import { useTexts } from '../../../lib/use-texts.ts';
import { MarkdownText } from '../../../ui/markdown-text.tsx';

interface BodyFieldProps {
  readonly body: string;
  readonly isFaulty: boolean;
  readonly onChange: (body: string) => void;
}

const pauseMs = 200;

/** The text, and beside what is typed how readers will see it. */
export function BodyField({ body, isFaulty, onChange }: BodyFieldProps) {
  const { t } = useTexts();
  const [isShown, setShown] = useState(false);
  return (
    <div>
      <Textarea
        label={t('knowledge.form.body')}
        description={t('knowledge.form.body.hint')}
        value={body}
        onChange={(event) => onChange(event.currentTarget.value)}
        error={isFaulty && t('knowledge.form.body.fault', { longest: longestBody })}
        rows={16}
        withAsterisk
        aria-required
      />
      <Group mt="xs">
        <Button size="compact-sm" variant="default" aria-pressed={isShown} onClick={() => setShown(!isShown)}>
          {t('knowledge.preview')}
        </Button>
      </Group>
      {isShown && <Preview body={body} />}
    </div>
  );
}

function Preview({ body }: { readonly body: string }) {
  const { t, i18n } = useTexts();
  const [text] = useDebouncedValue(body, pauseMs);
  return (
    <section aria-label={t('knowledge.preview')} className="k-card k-entry-body">
      {text.trim() === '' ? <p>{t('knowledge.preview.empty')}</p> : <MarkdownText text={text} lang={i18n.language} />}
    </section>
  );
}
