import { NativeSelect } from '@mantine/core';

import type { DrillKind } from '#backups/contract';
import { useTexts } from '../../../lib/use-texts.ts';

interface KindChoiceProps<Kind extends DrillKind> {
  readonly value: Kind;
  readonly kinds: readonly Kind[];
  readonly onChange: (kind: Kind) => void;
}

export function KindChoice<Kind extends DrillKind>({ value, kinds, onChange }: KindChoiceProps<Kind>) {
  const { t } = useTexts();
  const all: readonly DrillKind[] = kinds;
  const chosen: DrillKind = value;
  return (
    <NativeSelect
      label={t('backups.proof.kind')}
      description={t(`backups.drill.kind.${chosen}.lead`)}
      inputWrapperOrder={['label', 'input', 'description']}
      value={value}
      onChange={(event) => {
        const wanted = kinds.find((kind) => kind === event.currentTarget.value);
        if (wanted !== undefined) onChange(wanted);
      }}
      data={all.map((kind) => ({ value: kind, label: t(`backups.drill.kind.${kind}`) }))}
    />
  );
}
