import { Button, Group, NativeSelect, NumberInput, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';

import { addMediaSet, listBackupCalendars, listDueSwaps, listMediaSets } from '#backups/contract';

import { useRouteMutation, useRouteQuery } from '../../../lib/route-query.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';

const kinds = ['gfs', 'hanoi', 'custom'] as const;
const units = ['day', 'week', 'month'] as const;
type Kind = (typeof kinds)[number];
type Unit = (typeof units)[number];

interface Numbers {
  readonly grandfathers: number;
  readonly yearly: number;
  readonly sets: number;
  readonly media: number;
  readonly every: number;
}

/** Numbers that each scheme asks for; weekdays are those of an office until the command line says otherwise. */
const numbersOf: Readonly<Record<Kind, readonly (keyof Numbers)[]>> = {
  gfs: ['grandfathers', 'yearly'],
  hanoi: ['sets'],
  custom: ['media', 'every'],
};

export function NewSetForm({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTexts();
  const [key, setKey] = useState('');
  const [title, setTitle] = useState('');
  const [startsOn, setStartsOn] = useState('');
  const [holidays, setHolidays] = useState('');
  const [calendar, setCalendar] = useState('');
  const calendars = useRouteQuery(listBackupCalendars).data?.items ?? [];
  const [kind, setKind] = useState<Kind>('gfs');
  const [unit, setUnit] = useState<Unit>('week');
  const [numbers, setNumbers] = useState<Numbers>({ grandfathers: 12, yearly: 0, sets: 5, media: 4, every: 1 });
  const add = useRouteMutation(addMediaSet, { stales: [listMediaSets, listDueSwaps], onSuccess: onClose });
  function submit(event: FormEvent): void {
    event.preventDefault();
    const named = title.trim() === '' ? {} : { title };
    const begun = startsOn === '' ? {} : { startsOn };
    const days = holidays.split(/[\s,、]+/).filter((day) => day !== '');
    add.mutate({
      body: {
        key: key.trim(),
        scheme: schemeOf(kind, unit, numbers),
        holidays: days,
        calendar: calendar === '' ? null : calendar,
        ...named,
        ...begun,
      },
    });
  }
  return (
    <form className="k-card" onSubmit={submit} aria-labelledby="set-new">
      <h2 id="set-new">{t('media.set.add')}</h2>
      <div className="k-media-fields">
        <TextInput
          label={t('media.set.key')}
          value={key}
          required
          pattern="[a-z0-9][a-z0-9._\-]{0,62}"
          autoCapitalize="none"
          onChange={(event) => setKey(event.currentTarget.value)}
        />
        <TextInput
          label={t('media.set.title')}
          value={title}
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
        <NativeSelect
          label={t('media.scheme')}
          value={kind}
          onChange={(event) => setKind(kinds.find((one) => one === event.currentTarget.value) ?? 'gfs')}
          data={kinds.map((one) => ({ value: one, label: t(`media.scheme.${one}`) }))}
        />
        {numbersOf[kind].map((name) => (
          <NumberInput
            key={name}
            label={t(`media.scheme.${name}`)}
            value={numbers[name]}
            min={0}
            max={365}
            onChange={(value) => setNumbers({ ...numbers, [name]: Number(value) })}
          />
        ))}
        {kind === 'custom' && (
          <NativeSelect
            label={t('media.scheme.unit')}
            value={unit}
            onChange={(event) => setUnit(units.find((one) => one === event.currentTarget.value) ?? 'week')}
            data={units.map((one) => ({ value: one, label: t(`media.scheme.unit.${one}`) }))}
          />
        )}
        <TextInput
          type="date"
          label={t('media.set.starts-on')}
          value={startsOn}
          onChange={(event) => setStartsOn(event.currentTarget.value)}
        />
        <TextInput
          label={t('media.set.holidays')}
          description={t('media.set.holidays.lead')}
          value={holidays}
          onChange={(event) => setHolidays(event.currentTarget.value)}
        />
        <NativeSelect
          label={t('media.set.calendar')}
          value={calendar}
          onChange={(event) => setCalendar(event.currentTarget.value)}
          data={['', ...calendars.map((one) => one.key)]}
        />
      </div>
      {add.isError && <ProblemNotice error={add.error} />}
      <Group gap="xs">
        <Button type="submit" loading={add.isPending}>
          {t('media.register')}
        </Button>
        <Button variant="default" onClick={onClose}>
          {t('media.cancel')}
        </Button>
      </Group>
    </form>
  );
}

function schemeOf(kind: Kind, unit: Unit, { grandfathers, yearly, sets, media, every }: Numbers) {
  if (kind === 'gfs') return { kind, grandfathers, yearly };
  return kind === 'hanoi' ? { kind, sets } : { kind, media, every, unit };
}
