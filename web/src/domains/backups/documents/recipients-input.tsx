import { Textarea } from '@mantine/core';

import { partsOf } from '../../../lib/parts-of.ts';
import { useTexts } from '../../../lib/use-texts.ts';

interface RecipientsInputProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly required?: boolean;
}

/** Whom a report goes to, one a line. */
export function RecipientsInput({ value, onChange, required = false }: RecipientsInputProps) {
  const { t } = useTexts();
  return (
    <Textarea
      label={t('documents.to-people')}
      description={t('documents.to-people-lead')}
      autosize
      minRows={2}
      required={required}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

/** A plain address is one for mail. */
export function recipientsOf(text: string): string[] {
  return partsOf(text, /[\n,]/).map((line) => (/^[^:]+@/.test(line) ? `mail:${line}` : line));
}
