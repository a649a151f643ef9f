export const en = {
  'events.bad-payload': 'The event {event} was to be sent with data it does not allow: {reason}. Nothing was changed.',
  'events.bad-payload.advice': 'This is a fault in Kura. Please report it with the error id.',
} as const;
