/** Questions asked one after the other. */
export const conversationsEn = {
  'knowledge.conversation-not-found': 'There is no conversation {id} of yours.',
  'knowledge.conversation-not-found.advice':
    'Conversations are removed after 90 days without a question. Begin a new one.',
  'knowledge.conversation-full': 'The conversation has {most} questions already. This one was not asked.',
  'knowledge.conversation-full.advice': 'Begin a new conversation; this one is kept.',
  'knowledge.question-key-used': 'Under this key “{question}” was asked before. Nothing was asked anew.',
  'knowledge.question-key-used.advice': 'Give each question a key of its own; the same key means the same question.',
  'knowledge.conversation-empty': 'Nothing was asked in this conversation yet, so there is nothing to hand over.',
  'knowledge.conversation-empty.advice': 'Ask first, or write the incident yourself.',
  'route.knowledge.start-conversation': 'Begins a conversation of questions',
  'route.knowledge.list-conversations': 'Own conversations',
  'route.knowledge.read-conversation': 'A conversation with its answers, as far as they still stand in entries',
  'route.knowledge.ask-in-conversation':
    'Asks the next question; one that speaks of the question before is understood with it',
  'route.knowledge.remove-conversation': 'Removes a conversation for good',
  'route.knowledge.hand-over-conversation': 'Makes a conversation the draft of an incident',
  'route.knowledge.read-answer-writer': 'The model that may write answers from passages, if one is configured',
  'route.knowledge.write-answer':
    'Has a configured model write an answer from passages that were found, checked against them',
  'knowledge.no-writer': 'No model that writes answers is configured. Nothing was sent.',
  'knowledge.no-writer.advice':
    'Ask without it: answers are passages word for word. Whoever configures Kura can name a model by knowledge.writerUrl.',
  'knowledge.nothing-to-write-from': 'No passage was found that may be given to the model. Nothing was sent.',
  'knowledge.nothing-to-write-from.advice':
    'Ask in other words, or read the passages themselves: what not every reader may see is not sent.',
  'knowledge.writer-limit': 'The model was asked {most} times on this day, as often as it may be. Nothing was sent.',
  'knowledge.writer-limit.advice':
    'Go on tomorrow (UTC), or have knowledge.writerCallsPerDay raised. The passages can be read without it.',
  'knowledge.writer-failed': 'The model at {host} gave no answer that can be used ({reason}). Nothing was kept.',
  'knowledge.writer-failed.advice':
    'Try again later; the passages can be read without it. If it stays so, see knowledge.writerUrl, writerModel and writerKey.',
  'cli.knowledge.ask.write': 'Have the configured model write it in a few sentences, checked against the passages',
  'cli.knowledge.ask.written': 'Written by the model {model} from these passages; look at them before you rely on it:',
  'cli.knowledge.ask.unheld': 'The model {model} wrote nothing that the passages hold. The passages:',
  'cli.knowledge.ask.dropped': '{count} sentences were left out, because no passage holds them.',
} as const;
