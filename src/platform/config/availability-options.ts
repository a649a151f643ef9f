/** Settings of availability. */
import { z } from 'zod';

import { option } from './option.ts';

export const availabilityOptions = z.strictObject({
  target: option(z.coerce.number().min(50).max(99.999).default(99.5), {
    en: 'Percentage of the observed time in which Kura should be there; the error budget is what it leaves.',
    ja: '観測した時間のうち Kura が稼働しているべき割合 (%)。残りがエラーバジェットです。',
    runtime: true,
  }),
});
