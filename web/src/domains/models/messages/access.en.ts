export const accessEn = {
  'models.access.early': 'Early access until {until}',
  'models.access.paid': 'Only for those who bought access',
  'models.access.disabled': 'Downloads switched off by the creator',
};
