import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';

import { findDuplicates } from '#knowledge/contract';

import { routeQuery } from '../../../lib/route-query.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { Notice } from '../../../ui/notice.tsx';
import type { EntryDraft } from './entry-draft.ts';

interface LikelyDuplicatesProps {
  readonly draft: EntryDraft;
  readonly except?: string | undefined;
}

const pauseMs = 800;

/** Before something is saved twice: what probably says the same already. Nothing where nothing does. */
export function LikelyDuplicates({ draft, except }: LikelyDuplicatesProps) {
  const { t } = useTexts();
  const format = useFormat();
  const [written] = useDebouncedValue(draft, pauseMs);
  const { title, body } = written;
  const query = routeQuery(findDuplicates, { body: { title, body, ...(except === undefined ? {} : { except }) } });
  const { data } = useQuery({ ...query, enabled: `${title}\n${body}`.trim().length > 10 });
  if (data === undefined || data.items.length === 0) return null;
  return (
    <Notice tone="warn" title={t('knowledge.duplicates')}>
      <ul>
        {data.items.map(({ id, title: other, similarity }) => (
          <li key={id}>
            <Link to="/knowledge/entries/$id" params={{ id }}>
              {other}
            </Link>{' '}
            {t('knowledge.duplicates.similar', { percent: format.number(Math.round(similarity * 100)) })}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
