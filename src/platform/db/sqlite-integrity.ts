/** What `pragma integrity_check` found, one fault a line; empty when all is well. */
export function integrityFaults(answers: readonly string[]): readonly string[] {
  // One answer may hold a hundred lines below a heading that names the database.
  return answers.flatMap((answer) => answer.split('\n')).filter((line) => line !== 'ok' && !line.startsWith('***'));
}
