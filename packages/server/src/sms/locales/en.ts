import type { Text } from '@placet/contract';

/** What the backend's SMS say. English defines which texts there are. */
export const texts = {
  code: '{controller}: {code} is your code. It ends in 10 minutes. If you did not ask for it, do nothing.',
  confirm:
    '{controller}: confirm here that you want our messages: {link} If you did not ask, do nothing.',
  link: '{controller}: manage or stop your messages here: {link}',
} satisfies Record<string, Text>;
