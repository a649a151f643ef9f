/** What a guide shows below its commands as printed by them: it must look like what they print today. */
import type { GuideCommand } from './executable-commands.ts';

export interface ShownOutput {
  /** Lines of the page between which the commands stand. */
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

const shown = /^```sh test\n((?:(?!```).*\n)*)```\n\n```text\n((?:(?!```).*\n)*)```$/gm;

export function shownOutputs(markdown: string): readonly ShownOutput[] {
  return [...markdown.matchAll(shown)].map(({ index, 1: commands = '', 2: text = '' }) => {
    const from = markdown.slice(0, index).split('\n').length;
    return { from, to: from + commands.split('\n').length, text };
  });
}

/** The commands in one shell, with a mark before and after those whose output is shown. */
export function marked(
  commands: readonly GuideCommand[],
  outputs: readonly ShownOutput[],
  scriptOf: (command: GuideCommand) => string,
): string {
  const lines: string[] = [];
  let open: ShownOutput | undefined;
  for (const command of commands) {
    const own = outputs.find(({ from, to }) => command.line > from && command.line <= to);
    if (own !== open && open !== undefined) lines.push(`echo '${markOf(open)}'`);
    if (own !== open && own !== undefined) lines.push(`echo '${markOf(own)}'`);
    open = own;
    lines.push(scriptOf(command));
  }
  if (open !== undefined) lines.push(`echo '${markOf(open)}'`);
  return lines.join('\n');
}

/** The first output that looks otherwise than the page shows; undefined when all are alike. */
export function otherOutput(printed: string, outputs: readonly ShownOutput[], home: string): string | undefined {
  for (const output of outputs) {
    const today = printed.split(`${markOf(output)}\n`)[1] ?? '';
    const [is, was] = [shapeOf(today.replaceAll(home, '~')), shapeOf(output.text)];
    if (is !== was)
      return `line ${output.from}: printed is\n${today}\nwhere the page shows\n${output.text}\n(${is}\n≠ ${was})`;
  }
  return undefined;
}

function markOf({ from }: ShownOutput): string {
  return `@@@ what line ${from} prints @@@`;
}

/** Without what differs from run to run and from machine to machine: ids, times, sizes, versions, widths of columns. */
function shapeOf(text: string): string {
  return text
    .replaceAll(/\d+\.\d+\.\d+\S*/g, 'VERSION')
    .replaceAll(/\d+(\.\d+)? [KMG]?i?B\b/g, 'SIZE')
    .replaceAll(/\d{8}T\d{9}Z/g, 'TIME')
    .replaceAll(/\d+\/\d+\/\d+,? \d+:\d+( [AP]M)?/g, 'TIME')
    .replaceAll(/\b[0-9a-f]{8,64}\b/g, 'ID')
    .replaceAll(/ +/g, ' ')
    .trim();
}
