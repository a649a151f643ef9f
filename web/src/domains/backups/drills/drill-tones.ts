import type { DrillView, PlanStanding } from '#backups/contract';

import type { Tone } from '../../../ui/state-badge.tsx';

export const drillTones: Readonly<Record<DrillView['result'], Tone>> = {
  running: 'info',
  passed: 'ok',
  failed: 'bad',
  interrupted: 'warn',
};

export const planTones: Readonly<Record<PlanStanding, Tone>> = {
  fine: 'ok',
  'due-soon': 'info',
  due: 'warn',
  overdue: 'bad',
  inactive: 'calm',
};
