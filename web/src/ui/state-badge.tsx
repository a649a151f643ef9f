import './state-badge.css';

import { Icon, type IconName } from './icon.tsx';

/** What a state means to a person; colour never says it alone. */
export type Tone = 'ok' | 'warn' | 'bad' | 'info' | 'calm';

interface StateBadgeProps {
  readonly tone: Tone;
  readonly label: string;
  readonly icon?: IconName;
}

const icons: Readonly<Record<Tone, IconName>> = {
  ok: 'check',
  warn: 'warning',
  bad: 'cross',
  info: 'clock',
  calm: 'dash',
};

export function StateBadge({ tone, label, icon = icons[tone] }: StateBadgeProps) {
  return (
    <span className="k-badge" data-tone={tone}>
      <Icon name={icon} size={14} />
      {label}
    </span>
  );
}
