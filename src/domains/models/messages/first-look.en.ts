/** What is refused before it is fetched. */
export const firstLookEn = {
  'models.first-look-dangerous':
    '“{name}” would run code when loaded ({findings}). It was refused from its first bytes; nothing of its {sizeBytes} bytes was kept.',
  'models.first-look-dangerous.advice':
    'Look for a safetensors version. If you know better, add --accept-risk and --reason; the file is scanned as a whole then.',
  'models.first-look-invalid':
    '“{name}” breaks the rules of its format ({findings}). It was refused from its first bytes; nothing of its {sizeBytes} bytes was kept.',
  'models.first-look-invalid.advice':
    'The published file itself seems to be broken: look for another version. To fetch it all the same, add --accept-risk and --reason.',
  'models.first-look-format':
    '“{name}” is not what its name says: its content is {format}. Nothing of its {sizeBytes} bytes was kept.',
  'models.first-look-format.advice':
    'Look for another file of this version. To fetch it all the same, add --accept-risk, and --reason where policy blocks it.',
  'models.wrong-base-model':
    '“{name}” is published for {claimed}, but its tensors are those of {found}. Nothing of its {sizeBytes} bytes was kept.',
  'models.wrong-base-model.advice':
    'Ask the creator, or look for a version for your base model. To fetch it all the same, add --accept-risk.',
};
