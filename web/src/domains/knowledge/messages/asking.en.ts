/** Questions and conversations. */
export const askingEn = {
  'knowledge.ask.person': 'A person has to see to this',
  'knowledge.ask.person.words': 'Said in the question: {words}',
  'knowledge.ask.person.contact': 'Turn to: {contact}',
  'knowledge.ask.person.unknown':
    'Nobody has said yet whom to turn to; who manages Kura can set it (knowledge.escalationContact).',
  'knowledge.conversations': 'Your conversations',
  'knowledge.conversations.lead': 'Only you see them. Open one to go on asking.',
  'knowledge.conversation': 'Conversation',
  'knowledge.conversation.lead':
    'Ask on; what refers to the question before is understood with it. Every answer stands in an entry, word for word.',
  'knowledge.conversation.back': '← Ask',
  'knowledge.conversation.unasked': 'Nothing asked yet',
  'knowledge.conversation.questions': 'questions: {questions}',
  'knowledge.conversation.remove': 'Remove',
  'knowledge.conversation.remove.really': 'Remove this conversation?',
  'knowledge.conversation.remove.consequence':
    'Its questions and where the answers stood are gone for good. Entries stay as they are, also a draft it was handed over as.',
  'knowledge.conversation.gone': 'This conversation was removed meanwhile. Go back to begin another one.',
  'knowledge.conversation.asking': 'Looking for: {question}',
  'knowledge.conversation.unanswered': 'Not answered: {question}',
  'knowledge.conversation.hand-over': 'Hand over as incident',
  'knowledge.conversation.hand-over.lead':
    'No help in the answers? A draft of an incident takes along what was asked and found, for those who can help.',
  'knowledge.conversation.handed-over': 'Handed over as a draft:',
  'knowledge.turn.together': 'understood together with “{question}”',
  'knowledge.turn.lost':
    'Passages not shown any more: {passages}. Their entries were rewritten or removed since, or are hidden from you. Ask again for what stands there now.',
  'knowledge.turn.gone': 'What answered this is not there any more. Ask again for what stands there now.',
  'knowledge.ask.write': 'Have {model} write it in a few sentences',
  'knowledge.ask.write.hint': 'The passages above are sent to {host}. {left} times are left today.',
  'knowledge.ask.written': 'Written by the model {model}, not by a person',
  'knowledge.ask.written.check':
    'Each sentence was compared with the passages it cites. Look at them before you rely on it.',
  'knowledge.ask.written.none': 'Nothing of what the model wrote is held by the passages.',
  'knowledge.ask.written.dropped': '{count} sentences were left out, because no passage holds them.',
  'knowledge.ask.written.withheld': '{count} passages were not sent, because not every reader may see them.',
  'knowledge.ask.written.sources': 'Taken from',
} as const;
