/** A storage provider in the words of the caller's language, without its login. */
import type { Translator } from '#platform/i18n';

import type { ProviderView } from '../../contract/index.ts';
import { tell } from '../runs/present-record.ts';
import { usedPercent } from './check-provider.ts';
import { forecastOf } from './forecast.ts';
import type { KnownProvider } from './providers.ts';

export function presentProvider({ provider, copies, used }: KnownProvider, translator: Translator): ProviderView {
  const { login, check, ...facts } = provider;
  const total = check?.totalBytes ?? provider.capacityBytes;
  return {
    ...facts,
    hasLogin: login !== null,
    copies,
    check:
      check === null
        ? null
        : {
            ...check,
            usedPercent: usedPercent(provider, check),
            error: check.error === null ? null : tell(check.error, translator),
          },
    forecast: forecastOf(used, total),
  };
}
