/** Of an export: below it a folder for each entry that has files, named by its id. What is in it is no entry of its own. */
export const attachmentFolder = 'kura-attachments';
