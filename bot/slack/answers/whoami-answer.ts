import type { Answers } from '../messages/answers-en.ts';
import { mention } from '../mrkdwn.ts';

/** A person's rights, and why. */
export const whoamiAnswer = (userId: string, say: Answers): string =>
  [say.whoami(mention(userId)), say.whoamiRights, say.whoamiLanguage].join('\n');
