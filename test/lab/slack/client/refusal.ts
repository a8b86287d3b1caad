/** What a Slack client does not let a person do, and how the lab says so. */
import { directMessages, findChannel, findPerson, maySee, type WorkspaceState } from '../state.ts';
import type { Channel, Person } from '../types.ts';

/** The request makes no sense or Slack would not let the person do it. The message names what is wrong. */
export class LabRefusal extends Error {
  override readonly name = 'LabRefusal';
  readonly status: 400 | 404;
  readonly code: string;
  constructor(status: 400 | 404, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** The person meant. @throws LabRefusal when there is none. */
export function personCalled(state: WorkspaceState, word: string): Person {
  const person = findPerson(state, word);
  if (person !== undefined) return person;
  const names = state.people.map((one) => one.name).join(', ');
  throw new LabRefusal(404, 'unknown_user', `nobody is called ${JSON.stringify(word)}; there are ${names}`);
}

/**
 * The channel meant, as this person sees it. `dm`, `@` and the bot's name, or the bot's user id mean the person's
 * direct messages with the bot. @throws LabRefusal when the person cannot open it.
 */
export function channelSeen(state: WorkspaceState, person: Person, word: string): Channel {
  const { botName, botUserId } = state.app;
  const direct = [botUserId, `@${botName}`, 'dm', '@dm'].includes(word);
  const channel = direct ? directMessages(state, person.id) : findChannel(state, word);
  if (channel !== undefined && maySee(state, person, channel)) return channel;
  throw new LabRefusal(404, 'unknown_channel', `${person.name} sees no channel ${JSON.stringify(word)}`);
}

/** The channel meant, once the person may write there. @throws LabRefusal when not. */
export function channelToType(state: WorkspaceState, person: Person, word: string): Channel {
  const channel = channelSeen(state, person, word);
  if (channel.archived) throw new LabRefusal(400, 'is_archived', `#${channel.name} is archived`);
  if (channel.members.has(person.id)) return channel;
  throw new LabRefusal(400, 'not_in_channel', `${person.name} is not in #${channel.name}`);
}
