import { Checkbox, NativeSelect, NumberInput, TextInput } from '@mantine/core';

import { type Digest, type Hours, type Rhythm, severities } from '#platform/notify/contract';

import { ownZone } from '../../lib/own-zone.ts';
import { useTexts } from '../../lib/use-texts.ts';

const everyDay = [1, 2, 3, 4, 5, 6, 7];
const urgencies = ['critical', 'error', 'nothing'] as const;
const digests = ['none', 'hour', 'day'] as const;

interface RhythmFieldsProps {
  readonly value: Rhythm;
  readonly onChange: (value: Rhythm) => void;
}

/** From which severity on, when not, and how many at once. */
export function RhythmFields({ value, onChange }: RhythmFieldsProps) {
  const { t } = useTexts();
  const { minSeverity, quiet, urgent, digest, maxPerHour } = value;
  function set(change: Partial<Rhythm>): void {
    onChange({ ...value, ...change });
  }
  return (
    <>
      <div className="k-alerts-fields">
        <NativeSelect
          label={t('notify.min-severity')}
          data={severities.map((one) => ({ value: one, label: t(`alerts.severity.${one}`) }))}
          value={minSeverity}
          onChange={(event) =>
            set({ minSeverity: severities.find((one) => one === event.currentTarget.value) ?? 'info' })
          }
        />
        <NativeSelect
          label={t('notify.digest')}
          data={digests.map((one) => ({ value: one, label: t(`notify.digest.${one}`) }))}
          value={digest.every}
          onChange={(event) => set({ digest: digestOf(event.currentTarget.value) })}
        />
        {digest.every === 'day' && (
          <TextInput
            type="time"
            label={t('notify.digest.at')}
            value={digest.at}
            onChange={(event) => set({ digest: { ...digest, at: event.currentTarget.value } })}
            required
          />
        )}
        <NumberInput
          label={t('notify.max-per-hour')}
          value={maxPerHour}
          min={1}
          max={1000}
          hideControls
          onChange={(most) => set({ maxPerHour: typeof most === 'number' ? most : 10 })}
        />
      </div>
      <fieldset>
        <legend>{t('notify.quiet')}</legend>
        <QuietFields quiet={quiet} onChange={(hours) => set({ quiet: hours })} />
        <NativeSelect
          mt="sm"
          label={t('notify.urgent')}
          data={urgencies.map((one) => ({ value: one, label: t(`notify.urgent.${one}`) }))}
          value={urgent}
          onChange={(event) =>
            set({ urgent: urgencies.find((one) => one === event.currentTarget.value) ?? 'critical' })
          }
        />
      </fieldset>
    </>
  );
}

interface QuietFieldsProps {
  readonly quiet: Hours | null;
  readonly onChange: (quiet: Hours | null) => void;
}

function QuietFields({ quiet, onChange }: QuietFieldsProps) {
  const { t } = useTexts();
  function begin(isQuiet: boolean): void {
    onChange(isQuiet ? { from: '22:00', until: '07:00', days: everyDay, zone: ownZone() } : null);
  }
  return (
    <>
      <Checkbox
        label={t('notify.quiet.on')}
        checked={quiet !== null}
        onChange={(event) => begin(event.currentTarget.checked)}
      />
      {quiet !== null && (
        <div className="k-alerts-fields">
          {(['from', 'until'] as const).map((end) => (
            <TextInput
              key={end}
              type="time"
              label={t(`notify.quiet.${end}`)}
              value={quiet[end]}
              onChange={(event) => onChange({ ...quiet, [end]: event.currentTarget.value })}
              required
            />
          ))}
          <TextInput
            label={t('notify.zone')}
            value={quiet.zone}
            onChange={(event) => onChange({ ...quiet, zone: event.currentTarget.value })}
            required
          />
        </div>
      )}
    </>
  );
}

function digestOf(every: string): Digest {
  if (every === 'day') return { every, at: '09:00', zone: ownZone() };
  return { every: every === 'hour' ? 'hour' : 'none' };
}
