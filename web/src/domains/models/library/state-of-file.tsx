import { useTranslation } from 'react-i18next';

import type { LibraryState } from '#models/contract';

import { StateBadge, type Tone } from '../../../ui/state-badge.tsx';

const tones: Readonly<Record<LibraryState, Tone>> = { present: 'ok', missing: 'bad', damaged: 'bad' };

/** Whether the file stands there as it should, as far as was last looked. */
export function StateOfFile({ state }: { readonly state: LibraryState }) {
  const { t } = useTranslation();
  return <StateBadge tone={tones[state]} label={t(`models.state.${state}`)} />;
}
