/** Models behind the HTTP interface that OpenAI made usual: the port AnswerWriter of #knowledge. */
export { type ChatCompletionsSettings, createChatCompletionsWriter } from './chat-completions-writer.ts';
