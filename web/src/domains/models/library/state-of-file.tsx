import type { LibraryState } from '#models/contract';
import { useTexts } from '../../../lib/use-texts.ts';
import { StateBadge, type Tone } from '../../../ui/state-badge.tsx';

const tones: Readonly<Record<LibraryState, Tone>> = { present: 'ok', missing: 'bad', damaged: 'bad' };

/** Whether the file stands there as it should, as far as was last looked. */
export function StateOfFile({ state }: { readonly state: LibraryState }) {
  const { t } = useTexts();
  return <StateBadge tone={tones[state]} label={t(`models.state.${state}`)} />;
}
