import { Button, Checkbox, Group } from '@mantine/core';
import { useState } from 'react';
import { useTexts } from '../../../lib/use-texts.ts';
import { Notice } from '../../../ui/notice.tsx';
import { isReasonFine, RiskReason } from './risk-reason.tsx';

interface RiskQuestionProps {
  readonly name: string;
  /** What the site says, in a sentence. */
  readonly reason: string;
  /** With why policy may be overridden, where somebody who may says so. */
  readonly onAccept: (riskReason: string | undefined) => void;
  readonly onRefuse: () => void;
}

/** Asked before a file is fetched that the site itself has not cleared. */
export function RiskQuestion({ name, reason, onAccept, onRefuse }: RiskQuestionProps) {
  const { t } = useTexts();
  const [isAccepted, setIsAccepted] = useState(false);
  const [why, setWhy] = useState('');
  return (
    <Notice tone="warn" title={t('models.risk.title', { name })} role="alert">
      <p>{reason}</p>
      <p>{t('models.risk.consequence')}</p>
      <Checkbox
        label={t('models.risk.accept')}
        checked={isAccepted}
        onChange={(event) => setIsAccepted(event.currentTarget.checked)}
      />
      {isAccepted && <RiskReason value={why} onChange={setWhy} />}
      <Group mt="xs">
        <Button
          size="xs"
          disabled={!isAccepted || !isReasonFine(why)}
          onClick={() => onAccept(why.trim() === '' ? undefined : why.trim())}
        >
          {t('models.risk.go')}
        </Button>
        <Button size="xs" variant="default" onClick={onRefuse}>
          {t('models.risk.refuse')}
        </Button>
      </Group>
    </Notice>
  );
}
