/** A line of a list that is no reference must not go unsaid. */
import type { CommandContext } from '#platform/cli';

import type { ReasonView } from '../contract/index.ts';

export function tellBadLine(
  line: number,
  reason: ReasonView,
  { out, translator }: Pick<CommandContext<unknown>, 'out' | 'translator'>,
): void {
  out.warn(translator.text('cli.models.bad-line', { line, reason: reason.message }));
  out.event({ event: 'bad-line', line, reason });
}
