import { PasswordInput } from '@mantine/core';
import { useTexts } from '../lib/use-texts.ts';
import { Icon } from './icon.tsx';

interface SecretInputProps {
  readonly label: string;
  readonly description?: string;
  readonly value: string;
  readonly onChange: (secret: string) => void;
  /** Tells password managers which of a person's passwords is meant. */
  readonly autoComplete: 'current-password' | 'new-password';
}

/** Hidden until its own button shows it. */
export function SecretInput({ onChange, ...field }: SecretInputProps) {
  const { t } = useTexts();
  return (
    <PasswordInput
      {...field}
      onChange={(event) => onChange(event.currentTarget.value)}
      visibilityToggleIcon={ToggleIcon}
      visibilityToggleButtonProps={{ 'aria-label': t('login.show-password') }}
    />
  );
}

function ToggleIcon() {
  return <Icon name="eye" />;
}
