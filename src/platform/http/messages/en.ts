export const en = {
  'http.api-description':
    'REST API of Kura. Errors are RFC 9457 problem details; their `code` is stable, their text follows Accept-Language.',
  'http.invalid-input': 'The input is not valid; nothing was changed. {list}',
  'http.invalid-field': '{reason}',
  'http.unstorable-text': 'contains characters that cannot be stored: NUL, or half of a surrogate pair',
  'http.unexpected': 'Something went wrong that Kura did not expect.',
  'http.no-route': 'There is no {method} {path} here.',
  'http.no-route.advice': 'See /api/docs for everything that exists.',
  'http.bad-request': 'The request could not be read: {reason}',
  'http.body-too-large': 'The request is longer than this address takes. Nothing of it was read.',
  'http.body-too-large.advice': 'Send less at once: most addresses take 8 MiB, saved lists may have 32 MiB.',
  'http.too-many-requests': 'Too many requests within a short time; this one was not carried out.',
  'http.too-many-requests.advice':
    'Wait {seconds} s and send it again. What the limits are is said by the settings limits.*.',
  'http.changed-meanwhile': 'What is to be changed is no longer as it was when it was read; nothing was changed.',
  'http.changed-meanwhile.advice': 'Read it again and send the change with its present entity tag.',
  'http.no-entity-tag':
    'What is at this address has no entity tag, so the condition cannot be judged; nothing was changed.',
  'http.no-entity-tag.advice': 'Send the request without If-Match and If-None-Match.',
  'http.idempotency-key':
    'Sent again with the same key within 24 hours, the request is not carried out again; its first answer is given once more.',
  'http.if-match': 'Entity tag of what was read at this address; when it has changed since, nothing is done (412).',
  'http.docs-title': 'Kura API reference',
  'http.docs-permission': 'Permission',
  'http.docs-public': 'Public',
  'http.bad-request.advice': 'Send UTF-8 JSON with the content type application/json, at most 8 MiB.',
  'http.invalid-input.advice': 'Correct the fields named here and send the request again.',
} as const;
