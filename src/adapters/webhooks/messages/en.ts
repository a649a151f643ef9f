export const en = {
  'webhooks.failed': '{host} could not take the message (HTTP {status}). Kura tries again.',
  'webhooks.failed.advice': 'If it goes on, see whether the service behind the address is in trouble.',
  'webhooks.refused': '{host} refused the message (HTTP {status}). It was not delivered.',
  'webhooks.refused.advice':
    'The address may have been withdrawn: make a new one in the service, save it in the channel, and press Test.',
  'webhooks.too-many': '{host} takes no more messages for now (HTTP {status}). Kura tries again later.',
  'webhooks.too-many.advice': 'Lower the most messages per hour of the channel, or choose a digest.',
} as const;
