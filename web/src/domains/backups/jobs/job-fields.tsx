import { NumberInput, Select, TagsInput, Textarea, TextInput } from '@mantine/core';

import { criticalities, dataClasses, type JobChange, jobKinds, listBackupPolicies } from '#backups/contract';

import { useRouteQuery } from '../../../lib/route-query.ts';
import { useTexts } from '../../../lib/use-texts.ts';

interface JobFieldsProps {
  readonly value: JobChange;
  readonly onChange: (value: JobChange) => void;
}

/** What is said of a job, whether it is new or known. */
export function JobFields({ value, onChange }: JobFieldsProps) {
  const { t } = useTexts();
  const policies = useRouteQuery(listBackupPolicies);
  function set(change: JobChange): void {
    onChange({ ...value, ...change });
  }
  return (
    <>
      <div className="k-register-fields">
        <TextInput
          label={t('register.title')}
          value={value.title ?? ''}
          maxLength={200}
          required
          onChange={(event) => set({ title: event.currentTarget.value })}
        />
        <TextInput
          label={t('register.owner')}
          value={value.owner ?? ''}
          maxLength={100}
          onChange={(event) => set({ owner: event.currentTarget.value === '' ? null : event.currentTarget.value })}
        />
        <Select
          label={t('register.kind')}
          data={jobKinds.map((kind) => ({ value: kind, label: t(`register.kind.${kind}`) }))}
          value={value.kind ?? 'files'}
          allowDeselect={false}
          onChange={(kind) => set({ kind: jobKinds.find((one) => one === kind) })}
        />
        <Select
          label={t('register.criticality')}
          data={criticalities.map((one) => ({ value: one, label: t(`register.criticality.${one}`) }))}
          value={value.criticality ?? 'normal'}
          allowDeselect={false}
          onChange={(chosen) => set({ criticality: criticalities.find((one) => one === chosen) })}
        />
        <Select
          label={t('register.class')}
          placeholder={t('register.class.none')}
          data={dataClasses.map((one) => ({ value: one, label: t(`register.class.${one}`) }))}
          value={value.dataClass ?? null}
          clearable
          onChange={(chosen) => set({ dataClass: dataClasses.find((one) => one === chosen) ?? null })}
        />
        <Select
          label={t('register.policy')}
          placeholder={t('register.policy.of-class')}
          data={(policies.data?.items ?? []).map(({ key, title }) => ({ value: key, label: title }))}
          value={value.policy ?? null}
          clearable
          onChange={(policy) => set({ policy })}
        />
        <TagsInput
          label={t('register.tags')}
          value={value.tags ?? []}
          maxTags={20}
          onChange={(tags) => set({ tags })}
        />
      </div>
      <Goals value={value} set={set} />
      <Textarea
        label={t('register.description')}
        value={value.description ?? ''}
        maxLength={500}
        autosize
        minRows={2}
        onChange={(event) => set({ description: event.currentTarget.value })}
      />
    </>
  );
}

const goals = ['rpoMinutes', 'rtoMinutes', 'retentionDays'] as const;

function Goals({ value, set }: { readonly value: JobChange; readonly set: (change: JobChange) => void }) {
  const { t } = useTexts();
  return (
    <div className="k-register-fields">
      <NumberInput
        label={t('register.every-hours')}
        value={value.everyHours ?? 24}
        min={1}
        max={8760}
        required
        onChange={(hours) => set({ everyHours: Number(hours) })}
      />
      <NumberInput
        label={t('register.verify-days')}
        value={value.verifyEveryDays ?? 30}
        min={1}
        max={3650}
        allowDecimal={false}
        required
        onChange={(days) => set({ verifyEveryDays: Number(days) })}
      />
      {goals.map((name) => (
        <NumberInput
          key={name}
          label={t(`register.${name}`)}
          value={value[name] ?? ''}
          min={1}
          allowDecimal={false}
          onChange={(number) => set({ [name]: number === '' ? null : Number(number) })}
        />
      ))}
    </div>
  );
}
