import '../../../ui/stacking-table.css';

import { Table } from '@mantine/core';

import type { ProviderView } from '#backups/contract';

import { useFormat } from '../../../lib/use-format.ts';
import { useTexts } from '../../../lib/use-texts.ts';

/** How much room there is at each site, as measured at the last checks; places that cannot be measured are said. */
export function RoomBySite({ providers }: { readonly providers: readonly ProviderView[] }) {
  const { t } = useTexts();
  const format = useFormat();
  const sites = [...Map.groupBy(providers, ({ site }) => site)].map(([site, there]) => ({ site, ...roomOf(there) }));
  return (
    <section className="k-card k-register-card" aria-labelledby="room-by-site">
      <h2 id="room-by-site">{t('providers.room')}</h2>
      <Table className="k-stacking" verticalSpacing="xs" aria-labelledby="room-by-site">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('register.site')}</Table.Th>
            <Table.Th>{t('providers.total')}</Table.Th>
            <Table.Th>{t('providers.used')}</Table.Th>
            <Table.Th>{t('providers.free')}</Table.Th>
            <Table.Th>{t('providers.unmeasured')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {sites.map(({ site, total, free, measured, unmeasured }) => (
            <Table.Tr key={site}>
              <Table.Th scope="row">{site}</Table.Th>
              <Table.Td data-label={t('providers.total')}>{measured === 0 ? '–' : format.bytes(total)}</Table.Td>
              <Table.Td data-label={t('providers.used')}>
                {total === 0 ? '–' : `${format.bytes(total - free)} (${format.percent((total - free) / total)})`}
              </Table.Td>
              <Table.Td data-label={t('providers.free')}>{measured === 0 ? '–' : format.bytes(free)}</Table.Td>
              <Table.Td data-label={t('providers.unmeasured')}>{format.number(unmeasured)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}

function roomOf(providers: readonly ProviderView[]) {
  const rooms = providers.flatMap(({ check, capacityBytes }) => {
    const total = check?.totalBytes ?? capacityBytes;
    const free = check?.freeBytes ?? null;
    return total === null || free === null ? [] : [{ total, free }];
  });
  return {
    total: rooms.reduce((all, { total }) => all + total, 0),
    free: rooms.reduce((all, { free }) => all + free, 0),
    measured: rooms.length,
    unmeasured: providers.length - rooms.length,
  };
}
