/** backups ← alerts, availability: what reports tell of the house besides its backups. */
import type { HouseFigures } from '#backups/ports';
import { instant } from '#kernel/brands';
import { alertResponses } from '#platform/alerts';
import { alertTypeNames, alertTypes } from '#platform/alerts/contract';

import type { AlertServices } from '../open-alerts.ts';

/** Whoever may read reports of backups may read these; alerts about anything else are counted on the page of alerts. */
const aboutBackups = alertTypeNames.filter((type) => alertTypes[type].permission === 'backups:read');

/** @param services open later than backups, which they need. */
export function figuresForReports(services: () => Pick<AlertServices, 'alerts' | 'availability'>): HouseFigures {
  return {
    availability: (from, to) => services().availability.read({ by: 'day', from, to }),
    async responses(since, until) {
      const rows = await services().alerts.times(aboutBackups, instant(new Date(since)));
      return alertResponses(rows.filter((row) => row.first_at < until));
    },
  };
}
