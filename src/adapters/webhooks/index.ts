/** Chat services and webhooks (P-074): the port ChannelTransport of #platform/notify. */
import type { Catalogues } from '#kernel/messages';

import { en } from './messages/en.ts';
import { ja } from './messages/ja.ts';

export { createWebhookTransport, type WebhookSettings } from './webhook-transport.ts';
export const webhooksMessages: Catalogues = { en, ja };
