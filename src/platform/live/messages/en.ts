export const en = {
  'live.subject-unknown': 'There is no {subject}, or you may not see it.',
  'live.subject-unknown.advice': 'Go back to the list; what was open here may have been removed.',
  'live.too-many-subjects': 'More than {most} things are open over one connection. This one is not followed.',
  'live.too-many-subjects.advice': 'Close some of them.',
  'live.bad-message': 'The message {topic} does not have the shape it should have. Nothing was done.',
  'live.bad-message.advice': 'Load the page again: it may be older than the server.',
} as const;
