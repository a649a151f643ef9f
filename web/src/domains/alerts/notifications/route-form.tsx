import { Button, Checkbox, Group, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';

import { alertTypeNames } from '#platform/alerts/contract';
import {
  deepestLevel,
  listRules,
  type NamedRule,
  type RoutingRule,
  saveRule,
  severities,
} from '#platform/notify/contract';
import { partsOf } from '../../../lib/parts-of.ts';
import { useRouteMutation } from '../../../lib/route-query.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';

const levels = Array.from({ length: deepestLevel + 1 }, (_, level) => level);
const none: RoutingRule = {
  enabled: true,
  kinds: [],
  minSeverity: 'warning',
  events: ['raised', 'escalated', 'resolved'],
  subjects: [],
  tags: [],
  sites: [],
  level: 0,
  hours: null,
  targets: [],
};

interface RouteFormProps {
  /** The one to change; a new one without. */
  readonly rule?: NamedRule;
  readonly onDone: () => void;
}

export function RouteForm({ rule: given, onDone }: RouteFormProps) {
  const { t } = useTexts();
  const [name, setName] = useState(given?.name ?? '');
  const [rule, setRule] = useState<RoutingRule>(() => ({ ...none, ...withoutName(given) }));
  const [targets, setTargets] = useState(rule.targets.join('\n'));
  const save = useRouteMutation(saveRule, { stales: [listRules], onSuccess: onDone });
  function set(change: Partial<RoutingRule>): void {
    setRule({ ...rule, ...change });
  }
  function submit(event: FormEvent): void {
    event.preventDefault();
    save.mutate({ params: { name: name.trim() }, body: { ...rule, targets: partsOf(targets, /\n/) } });
  }
  return (
    <form className="k-alerts-form" onSubmit={submit}>
      {save.isError && <ProblemNotice error={save.error} />}
      {given === undefined && (
        <TextInput
          label={t('notify.name')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          pattern="[a-z0-9][a-z0-9\-]{0,59}"
          autoCapitalize="none"
          spellCheck={false}
          required
        />
      )}
      <Textarea
        label={t('notify.targets')}
        description={t('notify.targets.how')}
        value={targets}
        onChange={(event) => setTargets(event.currentTarget.value)}
        autosize
        minRows={2}
        spellCheck={false}
        required
      />
      <div className="k-alerts-fields">
        <NativeSelect
          label={t('notify.min-severity')}
          data={severities.map((one) => ({ value: one, label: t(`alerts.severity.${one}`) }))}
          value={rule.minSeverity}
          onChange={(event) =>
            set({ minSeverity: severities.find((one) => one === event.currentTarget.value) ?? 'info' })
          }
        />
        <NativeSelect
          label={t('notify.level')}
          data={levels.map((level) => ({
            value: String(level),
            label: level === 0 ? t('notify.at-once') : t('notify.at-level', { level }),
          }))}
          value={String(rule.level)}
          onChange={(event) => set({ level: Number(event.currentTarget.value) })}
        />
        <Checkbox
          label={t('notify.enabled')}
          checked={rule.enabled}
          onChange={(event) => set({ enabled: event.currentTarget.checked })}
        />
      </div>
      <Conditions rule={rule} onChange={set} />
      <Group gap="xs">
        <Button type="submit" loading={save.isPending}>
          {t('notify.save')}
        </Button>
        <Button variant="default" onClick={onDone}>
          {t('notify.cancel')}
        </Button>
      </Group>
    </form>
  );
}

interface ConditionsProps {
  readonly rule: RoutingRule;
  readonly onChange: (change: Partial<RoutingRule>) => void;
}

/** An empty field is no condition. */
function Conditions({ rule, onChange }: ConditionsProps) {
  const { t } = useTexts();
  return (
    <details>
      <summary>{t('notify.conditions')}</summary>
      <div className="k-alerts-fields">
        {(['subjects', 'tags', 'sites'] as const).map((field) => (
          <TextInput
            key={field}
            label={t(`notify.condition.${field}`)}
            defaultValue={rule[field].join(', ')}
            onChange={(event) => onChange({ [field]: partsOf(event.currentTarget.value, /[,、]/) })}
          />
        ))}
      </div>
      <Checkbox.Group
        mt="sm"
        label={t('notify.condition.kinds')}
        value={[...rule.kinds]}
        onChange={(kinds) => onChange({ kinds })}
      >
        <div className="k-alerts-checks">
          {alertTypeNames.map((kind) => (
            <Checkbox key={kind} value={kind} label={t(`alerts.kind.${kind}`)} />
          ))}
        </div>
      </Checkbox.Group>
    </details>
  );
}

function withoutName(rule: NamedRule | undefined): Partial<RoutingRule> {
  if (rule === undefined) return {};
  const { name: _name, ...rest } = rule;
  return rest;
}
