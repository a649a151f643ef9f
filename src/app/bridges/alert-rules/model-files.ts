/** Alerts about files of the library and about the site they come from. */
import { modelsEvents } from '#models';

import { type AlertRule, on, word } from './alert-rule.ts';

export const fileRules: readonly AlertRule[] = [
  on(modelsEvents.fileDamaged, ({ libraryId, modelName, path, state }) => ({
    raise: {
      type: 'file-damaged',
      fingerprint: `file-damaged:${libraryId}`,
      subject: { kind: 'model-file', id: libraryId, name: modelName },
      filling: { words: { what: [word(state)] } },
      detail: { code: path, params: {} },
      page: '/models/library',
    },
  })),
  on(modelsEvents.fileRepaired, ({ libraryId }) => ({ clear: `file-damaged:${libraryId}` })),
  on(modelsEvents.fileQuarantined, ({ quarantineId, modelName, reason }) => ({
    raise: {
      type: 'file-quarantined',
      fingerprint: `file-quarantined:${quarantineId}`,
      subject: { kind: 'model-file', id: quarantineId, name: modelName },
      detail: { code: reason, params: {} },
      page: '/models/quarantine',
    },
  })),
  on(modelsEvents.apiChanged, ({ changeId, endpoint, path, impact }) => ({
    raise: {
      type: 'api-changed',
      fingerprint: `api-changed:${changeId}`,
      severity: impact === 'critical' ? 'error' : 'warning',
      subject: { kind: 'api', id: changeId, name: `${endpoint} ${path}` },
      page: '/models/civitai',
    },
  })),
];
