import './tools.css';

import { NumberInput } from '@mantine/core';
import { useTexts } from '../../../lib/use-texts.ts';

const periods = ['last', 'daily', 'weekly', 'monthly'] as const;
/** Numbers of snapshots to keep; what is absent keeps none for its own sake. */
export type Keep = Partial<Record<(typeof periods)[number], number>>;

interface KeepFieldsProps {
  readonly keep: Keep;
  readonly note?: string;
  /** rclone keeps what runs replaced, and only the last so many of it. */
  readonly lastOnly: boolean;
  readonly onChange: (keep: Keep) => void;
}

export function KeepFields({ keep, note, lastOnly, onChange }: KeepFieldsProps) {
  const { t } = useTexts();
  function set(period: keyof Keep, value: string | number): void {
    const { [period]: _before, ...others } = keep;
    onChange(value === '' ? others : { ...others, [period]: Number(value) });
  }
  return (
    <fieldset className="k-tool-keep">
      <legend>{t('tools.keep')}</legend>
      {(lastOnly ? (['last'] as const) : periods).map((period) => (
        <NumberInput
          key={period}
          label={t(`tools.keep.${period}`)}
          value={keep[period] ?? ''}
          min={1}
          max={1000}
          allowDecimal={false}
          onChange={(value) => set(period, value)}
        />
      ))}
      {note !== undefined && <p>{note}</p>}
    </fieldset>
  );
}
