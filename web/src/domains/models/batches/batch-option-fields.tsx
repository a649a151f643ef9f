import { Checkbox, NumberInput, TagsInput, TextInput } from '@mantine/core';

import { batchOrders, batchPriorities, batchStrategies, downloadModes, timeWindowSchema } from '#models/contract';
import { useTexts } from '../../../lib/use-texts.ts';
import { type DraftFieldsProps, numberOf } from './batch-source-fields.tsx';
import { ChoiceField } from './choice-field.tsx';

/** How it is fetched; whoever touches nothing gets what suits most. */
export function BatchOptionFields({ draft, onChange }: DraftFieldsProps) {
  const { t } = useTexts();
  return (
    <fieldset>
      <legend>{t('models.batch.how')}</legend>
      <TextInput
        label={t('models.batch.name')}
        value={draft.name}
        maxLength={200}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
      />
      <div className="k-batch-pair">
        <ChoiceField
          label={t('models.batch.priority')}
          values={batchPriorities}
          value={draft.priority}
          labelOf={(value) => t(`models.batch.priority.${value}`)}
          onChange={(priority) => onChange({ priority })}
        />
        <ChoiceField
          label={t('models.batch.strategy')}
          values={batchStrategies}
          value={draft.strategy}
          labelOf={(value) => t(`models.batch.strategy.${value}`, { count: Number(draft.parallel) })}
          onChange={(strategy) => onChange({ strategy })}
        />
        <ChoiceField
          label={t('models.batch.order')}
          values={batchOrders}
          value={draft.order}
          labelOf={(value) => t(`models.batch.order.${value}`)}
          onChange={(order) => onChange({ order })}
        />
        <CountField draft={draft} onChange={onChange} name="parallel" min={1} max={8} />
        <ChoiceField
          label={t('models.mode')}
          values={['usual', ...downloadModes]}
          value={draft.mode}
          labelOf={(value) => t(`models.mode.${value}`)}
          onChange={(mode) => onChange({ mode })}
        />
      </div>
      <details>
        <summary>{t('models.batch.limits')}</summary>
        <div className="k-batch-pair">
          <CountField draft={draft} onChange={onChange} name="maxFiles" min={1} />
          <CountField draft={draft} onChange={onChange} name="maxGib" min={0.001} />
          <CountField draft={draft} onChange={onChange} name="maxMinutes" min={1} />
          <CountField draft={draft} onChange={onChange} name="retryRounds" min={0} max={5} />
          <CountField draft={draft} onChange={onChange} name="pauseSeconds" min={0} max={3600} />
          <CountField draft={draft} onChange={onChange} name="batchSize" min={1} max={1000} />
        </div>
        <Checkbox
          label={t('models.batch.boost')}
          checked={draft.priorityBoost}
          onChange={(event) => onChange({ priorityBoost: event.currentTarget.checked })}
        />
        <TagsInput
          label={t('models.batch.windows')}
          description={t('models.batch.windows.hint')}
          value={[...draft.windows]}
          maxTags={14}
          error={
            draft.windows.some((window) => !timeWindowSchema.safeParse(window).success) && t('models.batch.windows.bad')
          }
          onChange={(windows) => onChange({ windows })}
        />
      </details>
    </fieldset>
  );
}

interface CountFieldProps extends DraftFieldsProps {
  readonly name: 'parallel' | 'maxFiles' | 'maxGib' | 'maxMinutes' | 'retryRounds' | 'pauseSeconds' | 'batchSize';
  readonly min: number;
  readonly max?: number;
}

function CountField({ draft, onChange, name, min, max = Number.MAX_SAFE_INTEGER }: CountFieldProps) {
  const { t } = useTexts();
  return (
    <NumberInput
      label={t(`models.batch.${name}`)}
      value={draft[name]}
      min={min}
      max={max}
      allowDecimal={name === 'maxGib'}
      onChange={(value) => onChange({ [name]: numberOf(value) })}
    />
  );
}
