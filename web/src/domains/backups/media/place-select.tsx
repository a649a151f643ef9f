import { NativeSelect } from '@mantine/core';

import { listPlaces, placeName } from '#backups/contract';

import { useRouteQuery } from '../../../lib/route-query.ts';
import { useTexts } from '../../../lib/use-texts.ts';

interface PlaceSelectProps {
  readonly value: string;
  readonly onChange: (id: string) => void;
  /** What stands for no place; without it one has to be chosen. */
  readonly none?: string;
}

export function PlaceSelect({ value, onChange, none }: PlaceSelectProps) {
  const { t } = useTexts();
  const places = useRouteQuery(listPlaces).data?.items ?? [];
  return (
    <NativeSelect
      label={t('media.place')}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      data={[
        { value: '', label: none ?? t('media.place.choose') },
        ...places.map((place) => ({
          value: place.id,
          label: place.capacity === null ? placeName(place) : `${placeName(place)} (${place.used}/${place.capacity})`,
        })),
      ]}
    />
  );
}
