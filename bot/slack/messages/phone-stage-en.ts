/** A change that waits for a Confirmation ID, in English. */
import type { PhoneTexts } from './course-words.ts';

export const phone: PhoneTexts = {
  first: (machine, until, again) =>
    again
      ? `The Confirmation ID for ${machine} was not taken — an operator enters a new one by ${until}`
      : `${machine} waits for its Confirmation ID until ${until} — an operator calls Microsoft and enters it`,
  how: '*How*  The button shows the Installation ID and where to call; the Confirmation ID goes into the same window. Neither is kept, and neither belongs in a message.',
  who: 'Whoever may change this machine may do it: the requester, or any other operator.',
  attempt: (attempt, of) => `attempt ${attempt} of ${of}`,
  problem: (reason) => `*Not taken*  ${reason === '' ? 'the machine did not say why' : reason}`,
};
