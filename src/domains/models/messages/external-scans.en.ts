export const externalScansEn = {
  'models.external-found': 'The scanner {scanner} reports: {message}',
  'models.external-result-clean': '{scanner}: nothing found',
  'models.external-result-suspicious': '{scanner}: suspicious – {message}',
  'models.external-result-dangerous': '{scanner}: dangerous – {message}',
  'models.external-result-not-scanned': '{scanner}: not scanned – {reason}',
  'models.external-not-isolated': '{result} (ran without isolation)',
  'cli.models.field.external-scan': 'other scanners',
  'cli.scan.external': '{scanner}: {clean} without a find, {found} with finds, {open} not scanned',
} as const;
