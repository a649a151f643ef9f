/** What is wrong with a query that somebody typed. */
export const queryEn = {
  'models.query-too-long': 'The query has {length} characters; at most {limit} can be read.',
  'models.query-too-long.advice': 'Shorten it, or split it into several searches.',
  'models.query-too-many-parts': 'The query has more than {limit} parts.',
  'models.query-too-many-parts.advice': 'Join values of one field with commas: type:lora,checkpoint.',
  'models.query-too-deep': 'The parentheses at position {position} are more than {limit} deep.',
  'models.query-too-deep.advice': 'Write the query with fewer groups inside groups.',
  'models.query-unclosed-quote': 'The quotation that begins with {sign} at position {position} has no end.',
  'models.query-unclosed-quote.advice': 'Close it, for example "paper lantern", or leave the sign out.',
  'models.query-unclosed-group': 'The group that begins at position {position} has no closing parenthesis.',
  'models.query-unclosed-group.advice': 'Close it, for example (lantern OR lamp), or put the text in quotes.',
  'models.query-empty-group': 'There is nothing between the parentheses at position {position}.',
  'models.query-empty-group.advice': 'Put words or conditions there, for example (lantern OR lamp).',
  'models.query-operand-missing': '“{sign}” at position {position} needs words or a condition beside it.',
  'models.query-operand-missing.advice':
    'For example: lantern OR lamp, NOT anime. To look for the word itself, put it in quotes.',
  'models.query-value-missing': 'A value is expected after “{field}:” at position {position}.',
  'models.query-value-missing.advice': 'For example: {example}. Values with blanks or parentheses need quotes.',
  'models.query-bad-number': '“{value}” at position {position} is no number or range that “{field}” understands.',
  'models.query-bad-number.advice': 'For example: {example}. To look for the text itself, put it in quotes.',
  'models.query-bad-date': '“{value}” at position {position} is no date or span that “{field}” understands.',
  'models.query-bad-date.advice':
    'A day (2026-01-31), a month (2026-01), a span back from now (30d, 2w, 6m, 1y), or from..to. For example: {example}.',
  'models.query-unknown-word': '“{field}” at position {position} knows no “{value}”.',
  'models.query-unknown-word.advice': 'It can be: {words}.',
} as const;
