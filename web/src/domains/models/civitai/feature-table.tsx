import '../../../ui/stacking-table.css';

import { Button, NativeSelect, Table } from '@mantine/core';

import {
  type ApiFeaturesView,
  type ApiFeatureView,
  chooseApiFeature,
  listApiFeatures,
  probeApiFeature,
} from '#models/contract';

import { useRouteMutation } from '../../../lib/route-query.ts';
import { useMay } from '../../../lib/session.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { StateBadge, type Tone } from '../../../ui/state-badge.tsx';

const choices = ['auto', 'on', 'off'] as const;
const standingTones: Readonly<Record<ApiFeatureView['standing'], Tone>> = {
  available: 'ok',
  experimental: 'info',
  unreliable: 'warn',
  unavailable: 'bad',
  unknown: 'calm',
};

export function FeatureTable({ features }: { readonly features: ApiFeaturesView }) {
  const { t } = useTexts();
  return (
    <>
      <p className="k-watch-reason">{t(`models.civitai.mode.${features.mode}`)}</p>
      <Table className="k-stacking" verticalSpacing="xs" aria-label={t('models.civitai.features')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('models.civitai.feature')}</Table.Th>
            <Table.Th>{t('models.civitai.level')}</Table.Th>
            <Table.Th>{t('models.civitai.standing')}</Table.Th>
            <Table.Th>{t('models.civitai.uses')}</Table.Th>
            <Table.Th>{t('models.civitai.choice')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {features.items.map((feature) => (
            <FeatureRow key={feature.id} feature={feature} />
          ))}
        </Table.Tbody>
      </Table>
    </>
  );
}

function FeatureRow({ feature }: { readonly feature: ApiFeatureView }) {
  const { t } = useTexts();
  const format = useFormat();
  const { id, call, level, risk, standing, decision, succeeded, failed, evidence } = feature;
  return (
    <Table.Tr>
      <Table.Th scope="row">
        <code className="k-mono">{call}</code>
        <br />
        <small>
          {evidence.source}, {evidence.date}
        </small>
      </Table.Th>
      <Table.Td data-label={t('models.civitai.level')}>
        {t(`models.civitai.level.${level}`)}
        <br />
        <small>{t(`models.civitai.risk.${risk}`)}</small>
      </Table.Td>
      <Table.Td data-label={t('models.civitai.standing')}>
        <span>
          <StateBadge tone={standingTones[standing]} label={t(`models.civitai.standing.${standing}`)} />
          <br />
          <small>{t(`models.civitai.decision.${decision}`)}</small>
        </span>
      </Table.Td>
      <Table.Td data-label={t('models.civitai.uses')} className="k-number">
        {t('models.civitai.counts', { succeeded: format.number(succeeded), failed: format.number(failed) })}
      </Table.Td>
      <Table.Td data-label={t('models.civitai.choice')}>
        <FeatureActions key={id} feature={feature} />
      </Table.Td>
    </Table.Tr>
  );
}

function FeatureActions({ feature }: { readonly feature: ApiFeatureView }) {
  const { t } = useTexts();
  const may = useMay('models:write');
  const params = { id: feature.id };
  const choose = useRouteMutation(chooseApiFeature, { stales: [listApiFeatures] });
  const probe = useRouteMutation(probeApiFeature, { stales: [listApiFeatures] });
  const failed = [choose, probe].find(({ isError }) => isError)?.error;
  if (!may) return t(`models.civitai.choice.${feature.choice}`);
  return (
    <span>
      <NativeSelect
        size="xs"
        aria-label={`${t('models.civitai.choice')}: ${feature.call}`}
        value={feature.choice}
        data={choices.map((value) => ({ value, label: t(`models.civitai.choice.${value}`) }))}
        onChange={(event) => {
          const choice = choices.find((one) => one === event.currentTarget.value);
          if (choice !== undefined) choose.mutate({ params, body: { choice } });
        }}
      />
      {feature.probeable && (
        <Button
          size="compact-xs"
          variant="subtle"
          loading={probe.isPending}
          onClick={() => probe.mutate({ params, body: { again: true } })}
          aria-label={`${t('models.civitai.probe')}: ${feature.call}`}
        >
          {t('models.civitai.probe')}
        </Button>
      )}
      {failed !== undefined && failed !== null && <ProblemNotice error={failed} />}
    </span>
  );
}
