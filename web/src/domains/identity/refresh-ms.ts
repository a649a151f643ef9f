/** How often lists of people are read again while they are on screen. */
export const refreshMs = 10_000;
