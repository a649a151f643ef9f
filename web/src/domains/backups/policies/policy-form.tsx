import { Checkbox, NumberInput, Select, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type FormEvent, useState } from 'react';

import {
  type DataClass,
  dataClasses,
  encryptionDemands,
  listBackupPolicies,
  type MediaKind,
  mediaKinds,
  type PolicyRules,
  type PolicyView,
  policyRulesSchema,
  putBackupPolicy,
  readBackupStatus,
  readBackupSummary,
} from '#backups/contract';

import { useRouteMutation } from '../../../lib/route-query.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { FormButtons } from '../../../ui/form-buttons.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';

interface PolicyFormProps {
  /** Null for a new one. */
  readonly policy: Pick<PolicyView, 'key' | 'title' | 'dataClass' | 'rules'> | null;
  readonly onDone: () => void;
}

const counts = [
  'minCopies',
  'minMediaFamilies',
  'minOffsite',
  'minOffline',
  'advisedOffsite',
  'advisedOffline',
] as const;
const days = ['verifyEveryDays', 'retentionDays'] as const;
/** With the largest that each may be. */
const targets = { keptPercent: 100, maxAgeHours: 87_600, maxRunMinutes: 100_000 } as const;
const targetNames = ['keptPercent', 'maxAgeHours', 'maxRunMinutes'] as const;
const switches = ['productionCounts', 'warningQualifies', 'immutableCountsAsOffline'] as const;

export function PolicyForm({ policy, onDone }: PolicyFormProps) {
  const { t } = useTexts();
  const [key, setKey] = useState(policy?.key ?? '');
  const [title, setTitle] = useState(policy?.title ?? '');
  const [dataClass, setDataClass] = useState<DataClass | null>(policy?.dataClass ?? null);
  const [rules, setRules] = useState<PolicyRules>(() => policy?.rules ?? policyRulesSchema.parse({}));
  const save = useRouteMutation(putBackupPolicy, {
    stales: [listBackupPolicies, readBackupStatus, readBackupSummary],
    onSuccess: () => {
      notifications.show({ message: t('register.saved') });
      onDone();
    },
  });
  function submit(event: FormEvent): void {
    event.preventDefault();
    save.mutate({ params: { key }, body: { title, dataClass, rules } });
  }
  return (
    <form onSubmit={submit} className="k-register-form">
      {save.isError && <ProblemNotice error={save.error} />}
      <div className="k-register-fields">
        {policy === null && (
          <TextInput
            label={t('register.key')}
            value={key}
            pattern="[a-z0-9][a-z0-9\-]{0,62}"
            autoCapitalize="none"
            spellCheck={false}
            required
            onChange={(event) => setKey(event.currentTarget.value)}
          />
        )}
        <TextInput
          label={t('register.title')}
          value={title}
          maxLength={100}
          required
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
        <Select
          label={t('register.class')}
          placeholder={t('policies.named-only')}
          data={dataClasses.map((one) => ({ value: one, label: t(`register.class.${one}`) }))}
          value={dataClass}
          clearable
          onChange={(chosen) => setDataClass(dataClasses.find((one) => one === chosen) ?? null)}
        />
      </div>
      <RuleFields rules={rules} onChange={setRules} />
      <FormButtons label={t('register.save')} busy={save.isPending} onCancel={onDone} />
    </form>
  );
}

interface RuleFieldsProps {
  readonly rules: PolicyRules;
  readonly onChange: (rules: PolicyRules) => void;
}

function RuleFields({ rules, onChange }: RuleFieldsProps) {
  const { t } = useTexts();
  return (
    <>
      <div className="k-register-fields">
        {counts.map((name) => (
          <NumberInput
            key={name}
            label={t(`policies.${name}`)}
            value={rules[name]}
            min={0}
            max={9}
            allowDecimal={false}
            required
            onChange={(value) => onChange({ ...rules, [name]: Number(value) })}
          />
        ))}
        <Select
          label={t('policies.encryption')}
          data={encryptionDemands.map((one) => ({ value: one, label: t(`policies.encryption.${one}`) }))}
          value={rules.encryption}
          allowDeselect={false}
          onChange={(chosen) =>
            onChange({ ...rules, encryption: encryptionDemands.find((one) => one === chosen) ?? 'none' })
          }
        />
        {days.map((name) => (
          <NumberInput
            key={name}
            label={t(`policies.${name}`)}
            value={rules[name] ?? ''}
            min={1}
            max={3650}
            allowDecimal={false}
            onChange={(value) => onChange({ ...rules, [name]: value === '' ? null : Number(value) })}
          />
        ))}
        {targetNames.map((name) => (
          <NumberInput
            key={name}
            label={t(`policies.${name}`)}
            placeholder={t('policies.targets.usual')}
            value={rules[name] ?? ''}
            min={1}
            max={targets[name]}
            onChange={(value) => onChange({ ...rules, [name]: value === '' ? null : Number(value) })}
          />
        ))}
        <NumberInput
          label={t('policies.freshnessFactor')}
          value={rules.freshnessFactor}
          min={1}
          max={10}
          step={0.5}
          required
          onChange={(value) => onChange({ ...rules, freshnessFactor: Number(value) })}
        />
        <NumberInput
          label={t('policies.rotationGraceDays')}
          value={rules.rotationGraceDays}
          min={0}
          max={365}
          required
          onChange={(value) => onChange({ ...rules, rotationGraceDays: Number(value) })}
        />
      </div>
      <fieldset className="k-register-form">
        <legend>{t('policies.mediaFamilies')}</legend>
        <p>{t('policies.mediaFamilies.note')}</p>
        <div className="k-register-fields">
          {mediaKinds.map((kind) => (
            <TextInput
              key={kind}
              label={t(`backups.media.${kind}`)}
              placeholder={t('policies.mediaFamilies.usual')}
              value={rules.mediaFamilies[kind] ?? ''}
              pattern="[a-z0-9][a-z0-9\-]{0,39}"
              spellCheck={false}
              onChange={(event) =>
                onChange({ ...rules, mediaFamilies: withFamily(rules, kind, event.currentTarget.value) })
              }
            />
          ))}
        </div>
      </fieldset>
      {switches.map((name) => (
        <Checkbox
          key={name}
          label={t(`policies.${name}`)}
          checked={rules[name]}
          onChange={(event) => onChange({ ...rules, [name]: event.currentTarget.checked })}
        />
      ))}
    </>
  );
}

/** An empty one is the usual again. */
function withFamily({ mediaFamilies }: PolicyRules, kind: MediaKind, family: string): PolicyRules['mediaFamilies'] {
  const { [kind]: _before, ...others } = mediaFamilies;
  return family === '' ? others : { ...others, [kind]: family };
}
