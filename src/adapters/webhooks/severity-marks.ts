/** How severe something is, for the eye; the words beside them say it, too. */
export const colours = {
  info: '#2f6f9f',
  warning: '#b7791f',
  error: '#c53030',
  critical: '#7b1e1e',
  resolved: '#2f855a',
} as const;

export const marks = { info: 'ℹ️', warning: '⚠️', error: '❌', critical: '🚨', resolved: '✅' } as const;
