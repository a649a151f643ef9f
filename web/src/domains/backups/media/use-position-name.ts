import { useTexts } from '../../../lib/use-texts.ts';

/** A Monday. */
const monday = Date.UTC(2026, 10, 16);
const dayMs = 86_400_000;

/** A position of a rotation as people call it: `son-1` is the medium of Mondays. */
export function usePositionName(): (position: string) => string {
  const { t, i18n } = useTexts();
  return (position) => {
    const [name, number] = position.split('-');
    const weekday = new Intl.DateTimeFormat(i18n.language, { weekday: 'long', timeZone: 'UTC' });
    switch (name) {
      case 'son':
        return t('media.position.son', { day: weekday.format(monday + (Number(number) - 1) * dayMs) });
      case 'father':
      case 'grandfather':
      case 'yearly':
      case 'set':
      case 'medium':
        return t(`media.position.${name}`, { number: Number(number) });
      default:
        return position;
    }
  };
}
