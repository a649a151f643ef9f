import { NativeSelect, NumberInput, TextInput } from '@mantine/core';

import { tapeGenerations } from '#backups/contract';
import { useTexts } from '../../../lib/use-texts.ts';

/** What can be written down about a medium, as it stands in the fields. */
export interface MediumFacts {
  readonly name: string;
  readonly capacityTb: number | string;
  readonly generation: string;
  readonly maker: string;
  readonly model: string;
  readonly serial: string;
  readonly purchasedOn: string;
  readonly warrantyUntil: string;
  readonly owner: string;
  readonly notes: string;
}

export const noFacts: MediumFacts = {
  name: '',
  capacityTb: '',
  generation: '',
  maker: '',
  model: '',
  serial: '',
  purchasedOn: '',
  warrantyUntil: '',
  owner: '',
  notes: '',
};

/** Makers count a terabyte as 10¹² bytes. */
export const terabyte = 1e12;

export function bodyOf({ capacityTb, generation, purchasedOn, warrantyUntil, ...texts }: MediumFacts) {
  return {
    ...texts,
    capacityBytes: typeof capacityTb === 'number' ? Math.round(capacityTb * terabyte) : null,
    generation: tapeGenerations.find((one) => one === generation) ?? null,
    purchasedOn: purchasedOn === '' ? null : purchasedOn,
    warrantyUntil: warrantyUntil === '' ? null : warrantyUntil,
  };
}

interface MediumFieldsProps {
  readonly facts: MediumFacts;
  readonly onChange: (facts: MediumFacts) => void;
}

const texts = ['name', 'maker', 'model', 'serial', 'owner', 'notes'] as const;
const days = ['purchasedOn', 'warrantyUntil'] as const;

export function MediumFields({ facts, onChange }: MediumFieldsProps) {
  const { t } = useTexts();
  return (
    <>
      {texts.map((field) => (
        <TextInput
          key={field}
          label={t(`media.field.${field}`)}
          value={facts[field]}
          maxLength={field === 'notes' ? 1000 : 100}
          onChange={(event) => onChange({ ...facts, [field]: event.currentTarget.value })}
        />
      ))}
      <NumberInput
        label={t('media.field.capacity')}
        value={facts.capacityTb}
        min={0.001}
        max={9000}
        decimalScale={3}
        onChange={(capacityTb) => onChange({ ...facts, capacityTb })}
      />
      <NativeSelect
        label={t('media.field.generation')}
        value={facts.generation}
        onChange={(event) => onChange({ ...facts, generation: event.currentTarget.value })}
        data={['', ...tapeGenerations]}
      />
      {days.map((field) => (
        <TextInput
          key={field}
          type="date"
          label={t(`media.field.${field}`)}
          value={facts[field]}
          onChange={(event) => onChange({ ...facts, [field]: event.currentTarget.value })}
        />
      ))}
    </>
  );
}
