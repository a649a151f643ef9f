import { NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useState } from 'react';

import { type MediumStage, mediumStages, type RemovableKind, removableKinds } from '#backups/contract';
import { useTexts } from '../../../lib/use-texts.ts';

export interface MediaFilter {
  readonly text?: string;
  readonly stage?: MediumStage;
  readonly kind?: RemovableKind;
}

interface MediaFiltersProps {
  readonly filter: MediaFilter;
  readonly onChange: (filter: MediaFilter) => void;
}

const typingMs = 300;

export function MediaFilters({ filter, onChange }: MediaFiltersProps) {
  const { t } = useTexts();
  const [text, setText] = useState(filter.text ?? '');
  const search = useDebouncedCallback((typed: string) => {
    const { text: _before, ...others } = filter;
    onChange(typed.trim() === '' ? others : { ...others, text: typed.trim() });
  }, typingMs);
  return (
    <search className="k-media-fields">
      <TextInput
        label={t('media.search')}
        value={text}
        maxLength={200}
        onChange={(event) => {
          setText(event.currentTarget.value);
          search(event.currentTarget.value);
        }}
      />
      <NativeSelect
        label={t('media.stage')}
        value={filter.stage ?? ''}
        onChange={(event) => {
          const { stage: _before, ...others } = filter;
          const stage = mediumStages.find((one) => one === event.currentTarget.value);
          onChange(stage === undefined ? others : { ...others, stage });
        }}
        data={[
          { value: '', label: t('media.any') },
          ...mediumStages.map((stage) => ({ value: stage, label: t(`media.stage.${stage}`) })),
        ]}
      />
      <NativeSelect
        label={t('media.kind')}
        value={filter.kind ?? ''}
        onChange={(event) => {
          const { kind: _before, ...others } = filter;
          const kind = removableKinds.find((one) => one === event.currentTarget.value);
          onChange(kind === undefined ? others : { ...others, kind });
        }}
        data={[
          { value: '', label: t('media.any') },
          ...removableKinds.map((kind) => ({ value: kind, label: t(`media.kind.${kind}`) })),
        ]}
      />
    </search>
  );
}
