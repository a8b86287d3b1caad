/** What a deployment allows of changes. Without this entry nothing in the account can change a machine. */
import { z } from 'zod';
import { GROUP } from './rights-config.ts';

export const changes = z.strictObject({
  /** Channel in which approvals are asked; absent: where the change was asked for. The bot has to be in it. */
  approvalChannel: z
    .string()
    .regex(/^[CG][A-Z0-9]+$/, 'a channel id begins with C')
    .optional(),
  /** User group that is mentioned there, once a card. */
  approverGroup: z.string().regex(GROUP, 'a user group id begins with S').optional(),
  /** Machines one change may go to. */
  maxNodes: z.int().min(1).max(2000).default(500),
  /** A change of more machines than this needs an approver, as does one of `all`. */
  approvalAbove: z.int().min(0).max(2000).default(10),
  /** Hours that an approval is waited for; executions are pinned to the version that started them, so a day at most. */
  approvalHours: z.int().min(1).max(24).default(8),
  /** Whether stored keys may be installed, and activated by telephone. Absent: nobody has a right that this needs. */
  keys: z.boolean().default(false),
  /** What people who activate by telephone read beside the Installation ID: numbers, the contract's, hours. */
  whereToCall: z.string().max(500).default(''),
});

/** What a function is told of it: `ChangeSettings` of the bot, without the rules. */
export const changeSettings = ({ approvalChannel, approverGroup, ...numbers }: z.infer<typeof changes>) => ({
  ...numbers,
  ...(approvalChannel === undefined ? {} : { approvalChannelId: approvalChannel }),
  ...(approverGroup === undefined ? {} : { approverGroupId: approverGroup }),
});
