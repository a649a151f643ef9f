/**
 * What a command prints. With `--json` standard output carries documents only; whatever is meant for people goes to
 * standard error. Progress rewrites its lines on a terminal, and is a plain line now and then elsewhere.
 */
import type { Writable } from 'node:stream';
import stringWidth from 'fast-string-width';

export interface Output {
  readonly json: boolean;
  /** The result: a JSON document, or what `render` makes of it for people. */
  result(value: unknown, render: () => string): void;
  /** One JSON object per line; for people the line that `render` returns, if any. */
  event(value: object, render?: () => string | undefined): void;
  /** A line for people; silent with `--quiet`. */
  note(text: string): void;
  /** A line for people that `--quiet` does not silence. */
  warn(text: string): void;
  /**
   * Replaces the progress lines; undefined removes them. Where lines cannot be rewritten, only the first is shown. A
   * function is asked as often as somebody can read.
   */
  progress(text: string | (() => string) | undefined): void;
}

export interface OutputOptions {
  readonly json: boolean;
  readonly quiet: boolean;
  readonly stdout: Writable;
  readonly stderr: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  readonly now: () => number;
}

const plainProgressMs = 5000;
const rewrittenProgressMs = 100;

export function createOutput(options: OutputOptions): Output {
  const { stdout, stderr } = options;
  let linesShown = 0;
  let lastPlain = options.now();
  let lastRewritten = Number.NEGATIVE_INFINITY;

  function clearLines(): void {
    if (linesShown > 0) stderr.write(`\r${'\u001b[2K\u001b[1A'.repeat(linesShown - 1)}\u001b[2K`);
    linesShown = 0;
  }

  function showLines(lines: readonly string[]): void {
    // A terminal that does not know its width says 0.
    const { columns = 0 } = stderr;
    const cells = (columns > 0 ? columns : 80) - 1;
    clearLines();
    stderr.write(lines.map((line) => truncate(line, cells)).join('\n'));
    linesShown = lines.length;
  }

  return {
    json: options.json,
    result(value, render) {
      clearLines();
      stdout.write(options.json ? `${JSON.stringify(value)}\n` : withNewline(render()));
    },
    event(value, render) {
      if (options.json) {
        stdout.write(`${JSON.stringify(value)}\n`);
        return;
      }
      const line = render?.();
      if (line === undefined) return;
      clearLines();
      stdout.write(withNewline(line));
    },
    note(text) {
      if (options.quiet) return;
      clearLines();
      stderr.write(withNewline(text));
    },
    warn(text) {
      clearLines();
      stderr.write(withNewline(text));
    },
    progress(text) {
      if (options.quiet || text === undefined) return clearLines();
      const now = options.now();
      if (stderr.isTTY === true) {
        if (typeof text === 'function' && now - lastRewritten < rewrittenProgressMs) return undefined;
        lastRewritten = now;
        showLines(linesOf(text));
      } else if (now - lastPlain >= plainProgressMs) {
        lastPlain = now;
        stderr.write(withNewline(linesOf(text)[0] ?? ''));
      }
      return undefined;
    },
  };
}

function linesOf(text: string | (() => string)): readonly string[] {
  return (typeof text === 'string' ? text : text()).split('\n');
}

/** Aligned columns; a Japanese letter counts as two cells. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [index, cell] of row.entries()) widths[index] = Math.max(widths[index] ?? 0, stringWidth(cell));
  }
  return rows
    .map((row) =>
      row
        .map((cell, index) => cell + ' '.repeat((widths[index] ?? 0) - stringWidth(cell)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

export function truncate(text: string, cells: number): string {
  if (stringWidth(text) <= cells) return text;
  let kept = '';
  for (const character of text) {
    if (stringWidth(kept + character) > cells - 1) break;
    kept += character;
  }
  return `${kept}…`;
}

function withNewline(text: string): string {
  return text.endsWith('\n') ? text : `${text}\n`;
}
