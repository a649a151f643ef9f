import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTexts } from '../lib/use-texts.ts';
import { SecretInput } from '../ui/secret-input.tsx';
import { UsernameInput } from '../ui/username-input.tsx';
import { codeOf } from './login-code.ts';

interface PasswordFormProps {
  readonly onSubmit: (credentials: { readonly username: string; readonly password: string }) => void;
}

export function PasswordForm({ onSubmit }: PasswordFormProps) {
  const { t } = useTexts();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  function submit(event: FormEvent): void {
    event.preventDefault();
    onSubmit({ username: username.trim(), password });
  }
  return (
    <form onSubmit={submit} className="k-login-form">
      <UsernameInput value={username} onChange={setUsername} />
      <SecretInput
        label={t('login.password')}
        value={password}
        onChange={setPassword}
        autoComplete="current-password"
      />
      <Button type="submit" disabled={username.trim() === '' || password === ''}>
        {t('login.submit')}
      </Button>
    </form>
  );
}

/** For the owner of the machine. */
export function LinkForm({ onSubmit }: { readonly onSubmit: (code: string) => void }) {
  const { t } = useTexts();
  const [text, setText] = useState('');
  const code = codeOf(text);
  function submit(event: FormEvent): void {
    event.preventDefault();
    if (code !== undefined) onSubmit(code);
  }
  return (
    <form onSubmit={submit} className="k-login-form k-login-link">
      <p>
        {t('login.how')} <code className="k-mono">kura login-link</code>
      </p>
      <TextInput
        label={t('login.code')}
        description={t('login.code.hint')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        autoComplete="off"
        spellCheck={false}
      />
      <Button type="submit" variant="default" disabled={code === undefined}>
        {t('login.use-link')}
      </Button>
    </form>
  );
}
