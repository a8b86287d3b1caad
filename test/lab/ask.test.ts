import { describe, expect, it } from 'vitest';
import { type Asked, ask } from './ask.ts';
import type { LabMessage, RemoteLab } from './remote-lab.ts';

const message: LabMessage = {
  ts: '1.0',
  user: 'U0BOT',
  text: 'The record is right.',
  blocks: [],
  ephemeral: false,
  edited: false,
  files: [],
};

/** A lab that acknowledges with this text, and then has these messages. */
const labWith = (acknowledgement: string, messages: readonly LabMessage[], settled = true): RemoteLab => {
  let isAsked = false;
  const none = () => Promise.reject(new Error('not asked for'));
  return {
    describe: async () => ({ people: [], channels: [], nodes: [], now: '2026-11-22T10:00:00Z' }),
    slash: async () => {
      isAsked = true;
      return { status: 200, ackMs: 1, body: { text: acknowledgement } };
    },
    settle: async () => ({ settled, now: '2026-11-22T10:00:00Z' }),
    messages: async (channel) => (isAsked && channel !== 'dm' ? messages : []),
    get: none,
    call: none,
  };
};

const asked = (text: string, lab: RemoteLab): Promise<Asked> => ask(lab, { user: 'emma', channel: 'ops', text });

describe('a command that is asked of the lab', () => {
  it.each(['dns add corp.example kms-01.corp.example', 'dns corp.example', 'check all'])(
    'was refused where all that came of it is the acknowledgement: %s',
    async (text) => {
      expect(await asked(text, labWith('This takes the operator right.', []))).toMatchObject({
        acknowledgement: 'This takes the operator right.',
        answers: [],
        refused: true,
      });
    },
  );

  it('was not refused where a message answers it, or still may', async () => {
    expect((await asked('dns', labWith('Reading', [message]))).refused).toBe(false);
    expect((await asked('dns', labWith('Reading', [], false))).refused).toBe(false);
  });

  it.each(['help', 'whoami', 'error 0xC004F074'])(
    'was not refused where the acknowledgement is the answer: %s',
    async (text) => {
      expect(await asked(text, labWith('Here it is.', []))).toMatchObject({ refused: false, understood: true });
    },
  );
});
