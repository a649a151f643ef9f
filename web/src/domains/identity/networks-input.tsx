import { Textarea } from '@mantine/core';
import { useTexts } from '../../lib/use-texts.ts';

interface NetworksInputProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
}

export function NetworksInput({ label, value, onChange }: NetworksInputProps) {
  const { t } = useTexts();
  return (
    <Textarea
      label={label}
      description={t('people.networks.hint')}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      autosize
      minRows={2}
      spellCheck={false}
    />
  );
}

/** One per line; blanks and commas divide as well. */
export function networksOf(text: string): string[] {
  return text.split(/[\s,]+/).filter((one) => one !== '');
}
