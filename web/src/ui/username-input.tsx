import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';

interface UsernameInputProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** Of one's own account: password managers know it by its name, and no keyboard corrects it. */
export function UsernameInput({ value, onChange }: UsernameInputProps) {
  const { t } = useTranslation();
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
