import { useFormat } from '../lib/use-format.ts';

interface MomentProps {
  readonly at: string;
  /** `relative` (default): how long ago, the exact time on hover; `exact`: date and time. */
  readonly as?: 'relative' | 'exact';
}

export function Moment({ at, as = 'relative' }: MomentProps) {
  const format = useFormat();
  const exact = format.dateTime(at);
  return (
    <time dateTime={at} title={exact}>
      {as === 'exact' ? exact : format.relative(at)}
    </time>
  );
}
