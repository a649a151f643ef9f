/** A text in pieces one can cite: sections by their headings, long ones by paragraphs. */

export interface TextPassage {
  readonly heading: string | null;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** In UTF-16 units: about what fits under a question without scrolling. */
const longest = 700;

export function passagesOf(body: string): readonly TextPassage[] {
  return sectionsOf(body).flatMap(({ heading, start, end }) =>
    piecesOf(body, start, end).map((piece) => ({ heading, ...piece })),
  );
}

export interface Section {
  readonly heading: string | null;
  readonly start: number;
  readonly end: number;
}

/** Headings inside fenced code are none. */
export function sectionsOf(body: string): readonly Section[] {
  const sections: Section[] = [];
  let [heading, start, at]: [string | null, number, number] = [null, 0, 0];
  let fence: string | undefined;
  for (const line of body.split('\n')) {
    const title = fence === undefined ? /^#{1,6}[ \t]+(.+?)[ \t#]*$/.exec(line)?.[1] : undefined;
    fence = fenceAfter(line, fence);
    if (title !== undefined) {
      sections.push({ heading, start, end: at });
      [heading, start] = [title, at + line.length + 1];
    }
    at += line.length + 1;
  }
  return [...sections, { heading, start: Math.min(start, body.length), end: body.length }];
}

/** The mark of the fenced code that is open after the line; it ends with its own mark only, or with the text. */
export function fenceAfter(line: string, fence: string | undefined): string | undefined {
  if (fence !== undefined) return line.startsWith(fence) ? undefined : fence;
  return /^(?:`{3,}|~{3,})/.exec(line)?.[0];
}

function piecesOf(body: string, start: number, end: number): ReadonlyArray<Omit<TextPassage, 'heading'>> {
  const pieces: Array<Omit<TextPassage, 'heading'>> = [];
  let from = start;
  while (from < end) {
    const to = from + longest >= end ? end : breakBefore(body, from, from + longest);
    const text = body.slice(from, to);
    const trimmed = text.trim();
    const lead = text.length - text.trimStart().length;
    if (trimmed !== '') pieces.push({ text: trimmed, start: from + lead, end: from + lead + trimmed.length });
    from = to;
  }
  return pieces;
}

/** After a paragraph, else after a line or sentence, else between two characters. */
function breakBefore(body: string, from: number, latest: number): number {
  const piece = body.slice(from, latest);
  for (const mark of ['\n\n', '\n', '。', '. ']) {
    const at = piece.lastIndexOf(mark);
    if (at > longest / 3) return from + at + mark.length;
  }
  return /[\ud800-\udbff]$/.test(piece) ? latest - 1 : latest;
}
