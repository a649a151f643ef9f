/** Settings that change while Kura runs. */
export { openSettings, type Settings, unknownSetting } from './settings.ts';
export { settingsMigrations } from './settings-store.ts';
