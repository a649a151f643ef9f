import { MultiSelect, NativeSelect, NumberInput, TagsInput, TextInput } from '@mantine/core';
import type { KeyboardEvent } from 'react';

import { categories } from '#models/contract';
import { type SayText, useTexts } from '../../../lib/use-texts.ts';
import type { FiltersProps } from './filters-props.ts';
import type { ModelSearch } from './model-search.ts';
import { some } from './some.ts';
import { useVocabulary } from './use-vocabulary.ts';

const spans = ['7d', '30d', '90d', '1y'] as const;
const MEGABYTE = 1_000_000;

/** What is asked more seldom; open from the start when the address holds any of it. */
export function MoreFilters({ search, apply }: FiltersProps) {
  const { t } = useTexts();
  return (
    <details className="k-more-filters" open={isAsked(search)}>
      <summary>{t('models.search.more-filters')}</summary>
      <div className="k-search-filters">
        <WordFilters search={search} apply={apply} />
        <MeasureFilters search={search} apply={apply} />
      </div>
    </details>
  );
}

function WordFilters({ search, apply }: FiltersProps) {
  const { t } = useTexts();
  const formats = [...useVocabulary('formats')];
  const names = categories.map((value) => ({ value, label: t(`models.category.${value}`) }));
  return (
    <>
      <MultiSelect
        label={t('models.search.category')}
        data={names}
        value={search.category ?? []}
        onChange={(chosen) => apply({ category: some(categories.filter((one) => chosen.includes(one))) })}
        clearable
      />
      <TagsInput
        label={t('models.search.any-tag')}
        value={search.anyTag ?? []}
        onChange={(anyTag) => apply({ anyTag: some(anyTag) })}
      />
      <TagsInput
        label={t('models.search.not-tag')}
        value={search.notTag ?? []}
        onChange={(notTag) => apply({ notTag: some(notTag) })}
      />
      <TextInput
        key={search.creator ?? ''}
        label={t('models.search.creator')}
        defaultValue={search.creator ?? ''}
        onBlur={(event) => apply({ creator: event.currentTarget.value.trim() || undefined })}
        onKeyDown={leaveOnEnter}
        maxLength={200}
      />
      <TagsInput
        label={t('models.search.format')}
        data={formats}
        value={search.format ?? []}
        onChange={(format) => apply({ format: some(format) })}
      />
    </>
  );
}

function MeasureFilters({ search, apply }: FiltersProps) {
  const { t } = useTexts();
  return (
    <>
      <NativeSelect
        label={t('models.search.since')}
        value={search.since ?? ''}
        onChange={(event) => apply({ since: event.currentTarget.value || undefined })}
        data={[{ value: '', label: t('models.since.any') }, ...sinceChoices(search.since, t)]}
      />
      <Bound
        label={t('models.search.min-downloads')}
        value={search.minDownloads}
        onChange={(minDownloads) => apply({ minDownloads })}
      />
      <Bound
        label={t('models.search.min-likes')}
        value={search.minLikes}
        onChange={(minLikes) => apply({ minLikes })}
      />
      <Bound
        label={t('models.search.max-size')}
        value={search.maxSizeBytes === undefined ? undefined : Math.round(search.maxSizeBytes / MEGABYTE)}
        onChange={(size) => apply({ maxSizeBytes: size === undefined ? undefined : size * MEGABYTE })}
      />
      <NativeSelect
        label={t('models.search.access')}
        value={search.access ?? ''}
        onChange={(event) =>
          apply({ access: (['open', 'early'] as const).find((one) => one === event.currentTarget.value) })
        }
        data={[
          { value: '', label: t('models.access.any') },
          { value: 'open', label: t('models.access.open') },
          { value: 'early', label: t('models.access.early') },
        ]}
      />
      <NativeSelect
        label={t('models.search.checkpoint-type')}
        value={search.checkpointType ?? ''}
        onChange={(event) =>
          apply({ checkpointType: (['Trained', 'Merge'] as const).find((one) => one === event.currentTarget.value) })
        }
        data={[
          { value: '', label: t('models.checkpoint.any') },
          { value: 'Trained', label: t('models.checkpoint.Trained') },
          { value: 'Merge', label: t('models.checkpoint.Merge') },
        ]}
      />
    </>
  );
}

/** Enter applies what was typed, as leaving the field does. */
function leaveOnEnter(event: KeyboardEvent<HTMLInputElement>): void {
  if (event.key === 'Enter') event.currentTarget.blur();
}

interface BoundProps {
  readonly label: string;
  readonly value: number | undefined;
  readonly onChange: (value: number | undefined) => void;
}

/** Applies when it is left, because every digit on the way would ask the site. */
function Bound({ label, value, onChange }: BoundProps) {
  return (
    <NumberInput
      key={value ?? ''}
      label={label}
      defaultValue={value ?? ''}
      min={0}
      max={Number.MAX_SAFE_INTEGER / MEGABYTE}
      allowDecimal={false}
      thousandSeparator
      onKeyDown={leaveOnEnter}
      onBlur={(event) => {
        const digits = event.currentTarget.value.replaceAll(/\D/g, '');
        onChange(digits === '' ? undefined : Number(digits));
      }}
    />
  );
}

interface Choice {
  readonly value: string;
  readonly label: string;
}

/** The usual spans, and the one in the address when it is another. */
function sinceChoices(chosen: string | undefined, t: SayText) {
  const usual: Choice[] = spans.map((value) => ({ value, label: t(`models.since.${value}`) }));
  const isOther = chosen !== undefined && !spans.some((span) => span === chosen);
  return isOther ? [...usual, { value: chosen, label: chosen }] : usual;
}

function isAsked(search: ModelSearch): boolean {
  const { category, anyTag, notTag, creator, format, since, minDownloads, minLikes, maxSizeBytes, access } = search;
  return [
    category,
    anyTag,
    notTag,
    creator,
    format,
    since,
    minDownloads,
    minLikes,
    maxSizeBytes,
    access,
    search.checkpointType,
  ].some((one) => one !== undefined);
}
