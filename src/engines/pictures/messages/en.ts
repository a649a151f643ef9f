export const en = {
  'pictures.unreadable': 'The picture could not be read ({reason}). It was left as it is.',
  'pictures.unreadable.advice': 'Choose another picture; this one is damaged, too large or none at all.',
} as const;
