import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';

import { useMay } from '../../../lib/session.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { Icon } from '../../../ui/icon.tsx';
import type { BatchSearch } from './batch-search.ts';

/** Opens the form for a download job with what is on screen filled in. */
export function DownloadAll({ from }: { readonly from: BatchSearch }) {
  const { t } = useTexts();
  if (!useMay('models:download')) return null;
  return (
    <span>
      <Button
        renderRoot={(props) => <Link {...props} to="/models/downloads/new" search={from} />}
        size="xs"
        variant="default"
        leftSection={<Icon name="download" size={15} />}
      >
        {t('models.batches.all-of-these')}
      </Button>
    </span>
  );
}
