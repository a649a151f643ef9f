/** The model that the configuration names for writing answers; none unless it does. */
import { createChatCompletionsWriter } from '#adapters/chat-completions';
import type { AnswerWriter } from '#knowledge/ports';
import { type Config, type Environment } from '#platform/config';
import { configuredNetwork, createEgressPolicy, createOutboundClient } from '#platform/outbound';

/** The client it sends through belongs to the stack. */
export function configuredAnswerWriter(
  { knowledge, network }: Pick<Config, 'knowledge' | 'network'>,
  environment: Environment,
  stack: AsyncDisposableStack,
): AnswerWriter | undefined {
  const { writerUrl: url, writerModel: model, writerKey: key, writerSeconds: timeoutSeconds } = knowledge;
  if (url === undefined) return undefined;
  const outbound = stack.use(
    createOutboundClient(createEgressPolicy([new URL(url)]), configuredNetwork(network, environment)),
  );
  return createChatCompletionsWriter({ url, model, key, timeoutSeconds }, outbound);
}
