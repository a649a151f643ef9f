import './notice.css';

import type { ReactNode } from 'react';

import { Icon, type IconName } from './icon.tsx';
import type { Tone } from './state-badge.tsx';

interface NoticeProps {
  readonly tone: Tone;
  readonly title: ReactNode;
  readonly children?: ReactNode;
  /** `alert` is read out at once; leave it out for what was there when the page opened. */
  readonly role?: 'alert' | 'status';
}

const icons: Readonly<Record<Tone, IconName>> = {
  ok: 'check',
  warn: 'warning',
  bad: 'warning',
  info: 'question',
  calm: 'question',
};

export function Notice({ tone, title, children, role }: NoticeProps) {
  return (
    <div className="k-notice" data-tone={tone} role={role}>
      <Icon name={icons[tone]} size={20} />
      <div>
        <p className="k-notice-title">{title}</p>
        {children}
      </div>
    </div>
  );
}
