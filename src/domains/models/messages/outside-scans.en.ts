export const outsideScansEn = {
  'models.virus-found': '{engine} finds {signature} in this file: it knows these bytes as harmful.',
  'models.virus-scan-off': 'not scanned: no virus scanner is configured (scan.clamd)',
  'models.virus-scan-not-yet': 'not scanned so far',
  'models.virus-result-clean': 'nothing found',
  'models.virus-result-infected': 'found {signature}',
  'models.virus-result-not-scanned': 'not scanned: {reason}',
  'models.virus-engine': '{result} ({engine}, signatures {signatures})',
  'models.virus-signatures-unknown': 'of unknown age',
  'cli.models.field.virus-scan': 'virus scan',
  'cli.models.show.site-scan': 'CivitAI: viruses {virus}, pickle {pickle}',
  'cli.scan.viruses': 'ClamAV: {clean} without a find, {infected} infected, {open} not scanned',
  'models.site-scan-infected':
    'CivitAI itself calls this file infected ({name}: {said}). Nothing was fetched, and Kura does not fetch it.',
  'models.site-scan-infected.advice': 'Choose another file or another version; tell CivitAI if you think it is wrong.',
  'models.site-scan-asks':
    'CivitAI has not cleared this file ({name}; viruses: {virus}, pickle: {pickle}). Nothing was fetched.',
  'models.site-scan-asks.advice':
    'Wait until CivitAI has scanned it, or take the risk: --accept-risk. Kura scans the file itself in any case.',
  'models.site-pickle-danger': 'CivitAI’s own scan reports dangerous pickle code ({said}); Kura’s scan found none.',
  'models.site-virus-danger': 'CivitAI’s own scan calls this file infected ({said}).',
  'models.site-scan.clean': 'clean',
  'models.site-scan.infected': 'infected',
  'models.site-scan.suspicious': 'suspicious',
  'models.site-scan.pending': 'not done yet',
  'models.site-scan.failed': 'failed',
  'models.site-scan.not_scanned': 'not scanned',
  'models.site-scan.unknown': 'unknown word: {said}',
} as const;
