interface Range {
  readonly start: number;
  readonly end: number;
}

interface MarkedTextProps {
  readonly text: string;
  /** UTF-16 offsets, sorted, not overlapping. */
  readonly marks: readonly Range[];
}

/** Text with what was searched for highlighted; built from text nodes, so nothing in it can become markup. */
export function MarkedText({ text, marks }: MarkedTextProps) {
  return marks
    .map(({ start, end }, index) => (
      <span key={start}>
        {text.slice(marks[index - 1]?.end ?? 0, start)}
        <mark>{text.slice(start, end)}</mark>
        {index === marks.length - 1 && text.slice(end)}
      </span>
    ))
    .concat(marks.length === 0 ? [<span key="all">{text}</span>] : []);
}
