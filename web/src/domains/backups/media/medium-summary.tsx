import { type MediumDetail, placeName } from '#backups/contract';

import { useFormat } from '../../../lib/use-format.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { Facts } from '../../../ui/facts.tsx';
import { Moment } from '../../../ui/moment.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { terabyte } from './medium-fields.tsx';
import { StageBadge } from './stage-badge.tsx';
import { usePositionName } from './use-position-name.ts';

export function MediumSummary({ medium }: { readonly medium: MediumDetail }) {
  const { t } = useTexts();
  const format = useFormat();
  const positionName = usePositionName();
  const { place, loan, set, capacityBytes, rest, usage } = medium;
  const none = '–';
  return (
    <section className="k-card" aria-label={medium.label}>
      <p>
        <StageBadge stage={medium.stage} /> <Moment at={medium.stageSince} />
      </p>
      {rest?.late === true && (
        <Notice tone="warn" title={t('media.rests', { days: rest.days, allowed: rest.allowed })} />
      )}
      <Facts
        facts={[
          { term: t('media.field.name'), value: medium.name || none },
          { term: t('media.kind'), value: medium.generation ?? t(`media.kind.${medium.kind}`) },
          { term: t('media.place'), value: place === null ? none : placeName(place) },
          { term: t('media.condition'), value: t(`media.condition.${medium.condition}`) },
          { term: t('media.set'), value: set === null ? none : `${set.title} · ${positionName(set.position)}` },
          { term: t('media.loan'), value: loan === null ? none : `${loan.borrower} → ${loan.dueOn}` },
          { term: t('media.field.serial'), value: medium.serial || none },
          {
            term: t('media.field.capacity'),
            value: capacityBytes === null ? none : format.number(capacityBytes / terabyte),
          },
          { term: t('media.field.warrantyUntil'), value: medium.warrantyUntil ?? none },
          { term: t('media.writes'), value: format.number(usage.writes) },
          { term: t('media.loads'), value: format.number(usage.loads) },
        ]}
      />
    </section>
  );
}
