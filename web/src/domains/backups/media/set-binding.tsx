import { Button } from '@mantine/core';

import { bindCopy, listMediaSets, type SetView } from '#backups/contract';

import { useRouteMutation } from '../../../lib/route-query.ts';
import { useMay } from '../../../lib/session.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { BindingForm } from './binding-form.tsx';

/** Copies that lie on whichever medium of the set is in the drive. */
export function SetBinding({ set }: { readonly set: SetView }) {
  const { t } = useTexts();
  const may = useMay('system:configure');
  const unbind = useRouteMutation(bindCopy, { stales: [listMediaSets] });
  return (
    <>
      {set.copies.length === 0 && <p>{t('media.set.no-copies')}</p>}
      <ul className="k-plain-list k-media-list">
        {set.copies.map(({ job, copy }) => (
          <li key={`${job}/${copy}`}>
            <strong>{`${job}/${copy}`}</strong>
            {may && (
              <Button
                size="compact-xs"
                variant="default"
                onClick={() => unbind.mutate({ body: { job, copy, on: { kind: 'none' } } })}
                aria-label={`${t('media.unbind')}: ${job}/${copy}`}
              >
                {t('media.unbind')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {unbind.isError && <ProblemNotice error={unbind.error} />}
      {may && <BindingForm on={{ kind: 'set', key: set.key }} />}
    </>
  );
}
