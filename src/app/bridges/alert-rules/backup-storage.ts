/** Alerts about the places where copies lie. */
import { backupsEvents } from '#backups';

import { type AlertRule, flat, on } from './alert-rule.ts';

export const storageRules: readonly AlertRule[] = [
  on(backupsEvents.providerSpaceLow, ({ usedPercent, limitPercent, ...provider }) => ({
    raise: {
      type: 'provider-space-low',
      fingerprint: `provider-space-low:${provider.provider}`,
      filling: { params: { usedPercent: Math.round(usedPercent), limitPercent } },
      ...ofProvider(provider),
    },
  })),
  on(backupsEvents.providerSpaceOk, ({ provider }) => ({ clear: `provider-space-low:${provider}` })),
  on(backupsEvents.providerFailed, ({ code, params, ...provider }) => ({
    raise: {
      type: 'provider-failed',
      fingerprint: `provider-failed:${provider.provider}`,
      detail: { code, params: flat(params) },
      ...ofProvider(provider),
    },
  })),
  on(backupsEvents.providerRecovered, ({ provider }) => ({ clear: `provider-failed:${provider}` })),
  on(backupsEvents.providerLoginEnding, ({ day, ...provider }) => ({
    raise: {
      type: 'provider-login-ending',
      fingerprint: `provider-login-ending:${provider.provider}`,
      filling: { params: { day } },
      ...ofProvider(provider),
    },
  })),
  on(backupsEvents.providerLoginRenewed, ({ provider }) => ({ clear: `provider-login-ending:${provider}` })),
  on(backupsEvents.providerCertificateEnding, ({ day, ...provider }) => ({
    raise: {
      type: 'provider-certificate-ending',
      fingerprint: `provider-certificate-ending:${provider.provider}`,
      filling: { params: { day } },
      ...ofProvider(provider),
    },
  })),
  on(backupsEvents.providerCertificateRenewed, ({ provider }) => ({
    clear: `provider-certificate-ending:${provider}`,
  })),
];

function ofProvider({ provider, title }: { readonly provider: string; readonly title: string }) {
  return { subject: { kind: 'provider', id: provider, name: title }, tags: ['backup'], page: '/backups/providers' };
}
