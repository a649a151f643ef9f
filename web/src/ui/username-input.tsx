import { TextInput } from '@mantine/core';
import { useTexts } from '../lib/use-texts.ts';

interface UsernameInputProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** Of one's own account: password managers know it by its name, and no keyboard corrects it. */
export function UsernameInput({ value, onChange }: UsernameInputProps) {
  const { t } = useTexts();
  return (
    <TextInput
      label={t('login.username')}
      name="username"
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      autoComplete="username"
      autoCapitalize="none"
      spellCheck={false}
    />
  );
}
