import { Button, FileButton, Group, NativeSelect, NumberInput, Textarea, TextInput } from '@mantine/core';

import { collectQuerySchema, listCollections } from '#models/contract';

import { useRouteQuery } from '../../../lib/route-query.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { describeQuery } from '../search/describe-query.ts';
import type { BatchDraft } from './batch-draft.ts';
import { batchOrigins } from './batch-search.ts';
import { ChoiceField } from './choice-field.tsx';

export interface DraftFieldsProps {
  readonly draft: BatchDraft;
  readonly onChange: (part: Partial<BatchDraft>) => void;
}

/** Where the files come from. */
export function BatchSourceFields({ draft, onChange }: DraftFieldsProps) {
  const { t } = useTexts();
  return (
    <fieldset>
      <legend>{t('models.batch.what')}</legend>
      <ChoiceField
        label={t('models.batch.origin')}
        values={batchOrigins}
        value={draft.origin}
        labelOf={(value) => t(`models.batch.origin.${value}`)}
        onChange={(origin) => onChange({ origin })}
      />
      <OriginFields draft={draft} onChange={onChange} />
    </fieldset>
  );
}

function OriginFields({ draft, onChange }: DraftFieldsProps) {
  const { t } = useTexts();
  switch (draft.origin) {
    case 'list':
      return <ListField draft={draft} onChange={onChange} />;
    case 'collection':
      return <CollectionField draft={draft} onChange={onChange} />;
    case 'search':
      return <SearchFields draft={draft} onChange={onChange} />;
    case 'where':
      return <WhereFields draft={draft} onChange={onChange} />;
    case 'creator':
      return (
        <TextInput
          label={t('models.batch.creator')}
          value={draft.creator}
          maxLength={200}
          required
          onChange={(event) => onChange({ creator: event.currentTarget.value })}
        />
      );
    default:
      return <p className="k-batch-reason">{t('models.batch.missing.hint')}</p>;
  }
}

function SearchFields({ draft, onChange }: DraftFieldsProps) {
  const { t } = useTexts();
  const words = describeQuery(collectQuerySchema.parse(draft.search));
  return (
    <>
      <p className="k-batch-reason">{words || t('models.collections.everything')}</p>
      <TopField draft={draft} onChange={onChange} />
    </>
  );
}

function WhereFields({ draft, onChange }: DraftFieldsProps) {
  const { t } = useTexts();
  return (
    <>
      <TextInput
        label={t('models.batch.where')}
        description={t('models.batch.where.hint')}
        value={draft.where}
        maxLength={500}
        required
        onChange={(event) => onChange({ where: event.currentTarget.value })}
      />
      <TopField draft={draft} onChange={onChange} />
    </>
  );
}

function TopField({ draft, onChange }: DraftFieldsProps) {
  const { t } = useTexts();
  return (
    <NumberInput
      label={t('models.batch.top')}
      value={draft.top}
      min={1}
      max={10_000}
      allowDecimal={false}
      onChange={(top) => onChange({ top: numberOf(top) })}
    />
  );
}

function ListField({ draft, onChange }: DraftFieldsProps) {
  const { t } = useTexts();
  return (
    <>
      <Textarea
        label={t('models.batch.list')}
        description={t('models.batch.list.hint')}
        value={draft.list}
        rows={6}
        required
        onChange={(event) => onChange({ list: event.currentTarget.value })}
      />
      <Group>
        <FileButton
          accept=".txt,.csv,.json,.jsonl,text/*,application/json"
          onChange={(file) => void file?.text().then((list) => onChange({ list }))}
        >
          {(props) => (
            <Button {...props} size="compact-sm" variant="default">
              {t('models.batch.upload')}
            </Button>
          )}
        </FileButton>
      </Group>
    </>
  );
}

function CollectionField({ draft, onChange }: DraftFieldsProps) {
  const { t } = useTexts();
  const format = useFormat();
  const collections = useRouteQuery(listCollections, { query: { limit: 100, status: ['completed', 'partial'] } });
  const data = (collections.data?.items ?? []).map(({ id, query, versions, updatedAt }) => ({
    value: id,
    label: [
      describeQuery(query) || t('models.collections.everything'),
      t('models.batch.collection.versions', { count: versions }),
      format.dateTime(updatedAt),
    ].join(' · '),
  }));
  return (
    <NativeSelect
      label={t('models.batch.collection')}
      value={draft.collection}
      data={[{ value: '', label: t('models.batch.collection.choose') }, ...data]}
      required
      onChange={(event) => onChange({ collection: event.currentTarget.value })}
    />
  );
}

/** An input that was emptied, or holds half a number, counts as empty. */
export function numberOf(value: number | string): number | '' {
  return typeof value === 'number' ? value : '';
}
