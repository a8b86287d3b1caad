/** Who may do what, as a person writes it down; read, it is as the functions take it. */
import { z } from 'zod';

/** `break-glass` has a change applied without its approver, for a reason that everybody reads. */
const RIGHTS = ['viewer', 'operator', 'approver', 'break-glass'] as const;

/** Slack user groups begin with S, people with U or W. */
export const GROUP = /^S[A-Z0-9]+$/;
const PERSON_OR_GROUP = /^[SUW][A-Z0-9]+$/;

const people = z.union(
  [z.literal('everyone'), z.array(z.string()).min(1)],
  'say "everyone", or list ids of user groups and people',
);

const tag = z
  .string()
  .regex(/^[^=]{1,128}=.{1,256}$/s, 'a tag is Key=Value')
  .transform((pair) => {
    const at = pair.indexOf('=');
    return { key: pair.slice(0, at), value: pair.slice(at + 1) };
  });

const line = z
  .strictObject({
    /** The right that is given. */
    allow: z.enum(RIGHTS).optional(),
    /** The right that is taken, whatever other lines give; either this or `allow`. */
    deny: z.enum(RIGHTS).optional(),
    /** `everyone` of the workspace, or ids of Slack user groups (`S…`) and people (`U…`, `W…`). */
    to: people,
    /** Only at these sites; absent: at all. */
    sites: z.array(z.string()).min(1).optional(),
    /** Only machines carrying one of these tags, `Key=Value`, and no record; absent: all. */
    tags: z.array(tag).min(1).optional(),
    /** Only records of these zones, by name, and no machine; absent: all. */
    zones: z.array(z.string()).min(1).optional(),
  })
  .superRefine(({ allow, deny, to, sites, tags, zones }, context) => {
    if ((allow ?? deny) === 'viewer' && (sites ?? tags ?? zones) !== undefined) {
      const message = 'whoever may look may look everywhere: a line about viewers takes no sites, tags or zones';
      context.addIssue({ code: 'custom', message });
    }
    if (tags !== undefined && zones !== undefined) {
      const message = 'tags are of machines and zones of records: write a line for each';
      context.addIssue({ code: 'custom', message });
    }
    if ((allow === undefined) === (deny === undefined)) {
      context.addIssue({ code: 'custom', message: 'say either allow or deny' });
    }
    for (const [index, id] of to === 'everyone' ? [] : to.entries()) {
      if (PERSON_OR_GROUP.test(id)) continue;
      const message = `${JSON.stringify(id)} is no id: those of user groups begin with S, of people with U or W`;
      context.addIssue({ code: 'custom', path: ['to', index], message });
    }
  });

type Line = z.infer<typeof line>;

const peopleOf = (to: Line['to']) =>
  to === 'everyone' ? to : { groups: to.filter((id) => GROUP.test(id)), users: to.filter((id) => !GROUP.test(id)) };

/** A line as the functions read it: a `RightsRule` of the bot. */
const ruleOf = ({ allow, deny, to, sites, tags, zones }: Line) => ({
  effect: deny === undefined ? ('allow' as const) : ('deny' as const),
  right: allow ?? deny ?? 'viewer',
  who: peopleOf(to),
  ...(sites === undefined ? {} : { sites }),
  ...(tags === undefined ? {} : { tags }),
  ...(zones === undefined ? {} : { zones }),
});

/** Lines in any order: a right is had where a line allows it and none denies it. */
export const rights = z
  .array(line.transform(ruleOf))
  .min(1, 'without a line nobody may do anything: leave it out, and everyone may look');
