import { useTexts } from '../lib/use-texts.ts';
import { SecretInput } from './secret-input.tsx';

interface NewPasswordInputProps {
  readonly value: string;
  readonly onChange: (password: string) => void;
}

/** Says beforehand what the server will ask of it. */
export function NewPasswordInput({ value, onChange }: NewPasswordInputProps) {
  const { t } = useTexts();
  return (
    <SecretInput
      label={t('password.new')}
      description={t('password.hint')}
      value={value}
      onChange={onChange}
      autoComplete="new-password"
    />
  );
}
