import { Button, Group } from '@mantine/core';
import { useTexts } from '../../../lib/use-texts.ts';
import { Notice } from '../../../ui/notice.tsx';

interface LikenessQuestionProps {
  readonly name: string;
  readonly onAccept: () => void;
  readonly onRefuse: () => void;
}

/** Asked before a model of a real person is fetched for the first time. */
export function LikenessQuestion({ name, onAccept, onRefuse }: LikenessQuestionProps) {
  const { t } = useTexts();
  return (
    <Notice tone="warn" title={t('models.likeness.title', { name })} role="alert">
      <p>{t('models.likeness.consequence')}</p>
      <Group mt="xs">
        <Button size="xs" onClick={onAccept}>
          {t('models.likeness.accept')}
        </Button>
        <Button size="xs" variant="default" onClick={onRefuse}>
          {t('models.likeness.refuse')}
        </Button>
      </Group>
    </Notice>
  );
}
