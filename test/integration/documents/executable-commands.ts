/** The commands of a guide that promise to run as written: those in fenced blocks that open with three backticks and `sh test`. */
export interface GuideCommand {
  /** Line of the page, from 1. */
  readonly line: number;
  readonly text: string;
  /** As promised by a comment such as `# exit 4`; 0 without one. */
  readonly exitCode: number;
}

const opening = '```sh test';
const closing = '```';

export function executableCommands(markdown: string): readonly GuideCommand[] {
  const commands: GuideCommand[] = [];
  let open = false;
  let begun: { readonly line: number; readonly lines: string[] } | undefined;
  for (const [index, line] of markdown.split('\n').entries()) {
    if (!open) {
      open = line === opening;
      continue;
    }
    if (begun === undefined && line === closing) {
      open = false;
      continue;
    }
    if (begun === undefined && isNoCommand(line)) continue;
    begun ??= { line: index + 1, lines: [] };
    begun.lines.push(line);
    if (goesOn(begun.lines)) continue;
    commands.push(commandOf(begun.line, begun.lines));
    begun = undefined;
  }
  if (open) throw new Error(`a block of commands is not closed: ${begun?.lines.join('\n') ?? '(no command open)'}`);
  return commands;
}

function isNoCommand(line: string): boolean {
  return line.trim() === '' || line.trimStart().startsWith('#');
}

/** A backslash at its end continues a line; a here-document ends with its word alone on a line. */
function goesOn(lines: readonly string[]): boolean {
  const word = hereWord(lines);
  if (word !== undefined) return lines.at(-1) !== word;
  return lines.at(-1)?.endsWith('\\') === true;
}

function commandOf(line: number, lines: readonly string[]): GuideCommand {
  const isHere = hereWord(lines) !== undefined;
  const promised = / # .*\bexit (\d+)\b/.exec((isHere ? lines[0] : lines.at(-1)) ?? '')?.[1];
  const text = isHere ? lines.join('\n') : lines.map((one) => one.replace(/\s+#\s.*$/, '')).join('\n');
  return { line, text, exitCode: Number(promised ?? 0) };
}

function hereWord(lines: readonly string[]): string | undefined {
  return /<<'?(\w+)'?/.exec(lines[0] ?? '')?.[1];
}
