import { Button } from '@mantine/core';
import { useTexts } from '../../lib/use-texts.ts';

interface RecoveryCodesProps {
  readonly codes: readonly string[];
  readonly onKept: () => void;
}

/** Shown this once. */
export function RecoveryCodes({ codes, onKept }: RecoveryCodesProps) {
  const { t } = useTexts();
  return (
    <div className="k-account-proof" role="status">
      <h3>{t('factor.codes')}</h3>
      <p>{t('factor.codes-lead')}</p>
      <ul className="k-plain-list k-account-codes">
        {codes.map((code) => (
          <li key={code}>
            <code className="k-mono">{code}</code>
          </li>
        ))}
      </ul>
      <Button onClick={onKept}>{t('factor.codes-kept')}</Button>
    </div>
  );
}
