import type { Content, Conversation, MessageRef, Place } from '../../bot/ports.ts';

/** One message as people see it, with all it has shown. */
export interface SeenMessage {
  readonly ref: MessageRef;
  readonly place: Place;
  readonly contents: Content[];
  readonly editedAtMs: number[];
  readonly files: { readonly name: string; readonly title: string; readonly text: string }[];
}

export interface MemoryConversation extends Conversation {
  readonly messages: readonly SeenMessage[];
  /** Takes the next calls in order: an error to throw, or seconds for which Slack asks to wait. */
  readonly troubles: (Error | number)[];
}

/** Slack in memory: remembers what every message showed and when. */
export const memoryConversation = (now: () => number): MemoryConversation => {
  const messages: SeenMessage[] = [];
  const troubles: (Error | number)[] = [];
  const find = (ref: MessageRef): SeenMessage => {
    const message = messages.find((each) => each.ref.ts === ref.ts);
    if (message === undefined) throw new Error('message_not_found');
    return message;
  };
  return {
    messages,
    troubles,
    open: async (place, content) => {
      const trouble = troubles.shift();
      if (trouble instanceof Error) throw trouble;
      const ref = { channelId: place.channelId, ts: String(messages.length + 1) };
      messages.push({ ref, place, contents: [content], editedAtMs: [now()], files: [] });
      return ref;
    },
    update: async (ref, content) => {
      const trouble = troubles.shift();
      if (trouble instanceof Error) throw trouble;
      if (trouble !== undefined) return { edited: false, retryAfterSeconds: trouble };
      const message = find(ref);
      message.contents.push(content);
      message.editedAtMs.push(now());
      return { edited: true };
    },
    attach: async (ref, file) => {
      find(ref).files.push(file);
    },
  };
};
