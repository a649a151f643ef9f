/** What others may hear of. */
import { defineEvent } from '#platform/events';

import { alertChangedSchema, alertTopic } from '../contract/index.ts';

export const alertChanged = defineEvent({ name: alertTopic, schema: alertChangedSchema });
