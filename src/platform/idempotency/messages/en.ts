export const en = {
  'idempotency.bad-key': 'The header Idempotency-Key cannot be used; nothing was carried out.',
  'idempotency.bad-key.advice': 'Send one value of 1 to {longest} visible ASCII characters, for example a random UUID.',
  'idempotency.other-request': 'This idempotency key belongs to another request; this one was not carried out.',
  'idempotency.other-request.advice':
    'Take a new key for each new request, and the old one only to send the same again.',
  'idempotency.in-progress':
    'The request with this idempotency key is being carried out right now; it was not begun again.',
  'idempotency.in-progress.advice': 'Send it again a little later to get its answer.',
  'idempotency.answer-lost':
    'A request with this idempotency key was received before, but its answer is not known: it was interrupted, or the answer was too long to keep. It was not carried out again.',
  'idempotency.answer-lost.advice': 'Look whether it took effect. If not, send it with a new key.',
} as const;
