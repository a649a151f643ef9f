import { Select, TextInput } from '@mantine/core';

import { type CopyView, listBackupProviders, mediaKinds } from '#backups/contract';

import { useRouteQuery } from '../../../lib/route-query.ts';
import { useTexts } from '../../../lib/use-texts.ts';

type CopyPlace = Pick<CopyView, 'site' | 'media' | 'provider' | 'passphraseFile'>;

interface CopyPlaceFieldsProps {
  readonly place: CopyPlace;
  readonly onChange: (change: Partial<CopyPlace>) => void;
}

/** Where a copy lies and how it is opened, of a new one as of one that is put right. */
export function CopyPlaceFields({ place, onChange }: CopyPlaceFieldsProps) {
  const { t } = useTexts();
  const providers = useRouteQuery(listBackupProviders);
  return (
    <>
      <TextInput
        label={t('register.site')}
        value={place.site}
        maxLength={63}
        required
        onChange={(event) => onChange({ site: event.currentTarget.value })}
      />
      <Select
        label={t('register.copy.media')}
        data={mediaKinds.map((one) => ({ value: one, label: t(`backups.media.${one}`) }))}
        value={place.media}
        allowDeselect={false}
        onChange={(chosen) => onChange({ media: mediaKinds.find((one) => one === chosen) ?? place.media })}
      />
      <Select
        label={t('register.copy.provider')}
        data={(providers.data?.items ?? []).map(({ key, title }) => ({ value: key, label: title }))}
        value={place.provider}
        clearable
        onChange={(provider) => onChange({ provider })}
      />
      <TextInput
        label={t('register.copy.passphrase-file')}
        value={place.passphraseFile ?? ''}
        spellCheck={false}
        onChange={(event) => onChange({ passphraseFile: event.currentTarget.value || null })}
      />
    </>
  );
}
