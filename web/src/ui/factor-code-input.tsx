import { TextInput } from '@mantine/core';
import { useTexts } from '../lib/use-texts.ts';

interface FactorCodeInputProps {
  readonly value: string;
  readonly onChange: (code: string) => void;
  /** Whether a recovery code does as well. */
  readonly recovery?: boolean;
}

/** The code of the authenticator app; browsers and phones know where to take it from. */
export function FactorCodeInput({ value, onChange, recovery = false }: FactorCodeInputProps) {
  const { t } = useTexts();
  return (
    <TextInput
      label={t('factor.code')}
      description={t(recovery ? 'factor.code-or-recovery' : 'factor.code-hint')}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      autoComplete="one-time-code"
      autoCapitalize="none"
      spellCheck={false}
      inputMode={recovery ? 'text' : 'numeric'}
    />
  );
}

/** Whether it may be one: six digits at least. */
export function mayBeCode(code: string): boolean {
  return code.trim().length >= 6;
}
