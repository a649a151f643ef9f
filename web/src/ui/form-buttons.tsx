import { Button, Group, type MantineSize } from '@mantine/core';

import { useTexts } from '../lib/use-texts.ts';

interface FormButtonsProps {
  /** What sending the form does. */
  readonly label: string;
  readonly busy: boolean;
  readonly onCancel: () => void;
  readonly size?: MantineSize | `compact-${MantineSize}`;
}

/** The end of a form that was opened in its place: do it, or leave all as it was. */
export function FormButtons({ label, busy, onCancel, size = 'sm' }: FormButtonsProps) {
  const { t } = useTexts();
  return (
    <Group gap="xs">
      <Button type="submit" size={size} loading={busy}>
        {label}
      </Button>
      <Button size={size} variant="default" onClick={onCancel}>
        {t('confirm.cancel')}
      </Button>
    </Group>
  );
}
