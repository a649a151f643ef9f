/** Operations: health, metrics, the API's own description, settings. */
import type { Catalogues } from '#kernel/messages';

import { en } from './messages/en.ts';
import { ja } from './messages/ja.ts';

export {
  changeSetting,
  exportSettings,
  importSettings,
  listSettings,
  resetSetting,
  settingsFileSchema,
} from './contract/index.ts';
export { type OperationsDeps, operationsRoutes } from './operations-routes.ts';
export const operationsMessages: Catalogues = { en, ja };
