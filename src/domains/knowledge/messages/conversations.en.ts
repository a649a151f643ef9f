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
} as const;
