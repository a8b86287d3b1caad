/** Changes under way and the audit, in English. Values are escaped before they come here. */
import type { AuditCatalogue } from './audit-words.ts';

const number = (value: number): string => value.toLocaleString('en');
const machines = (count: number): string => `${number(count)} ${count === 1 ? 'machine' : 'machines'}`;
const changes = (count: number): string => `${number(count)} ${count === 1 ? 'change' : 'changes'}`;
const entries = (count: number): string => `${number(count)} ${count === 1 ? 'entry' : 'entries'}`;

export const auditTexts: AuditCatalogue = {
  jobs: {
    none: '✓ No change is under way, and none has ended in the last hour.',
    first: (running, waiting) =>
      `${changes(running)} under way${waiting === 0 ? '' : `, ${waiting === running ? (running === 1 ? 'waiting for a person' : 'all waiting for a person') : `${number(waiting)} of them waiting for a person`}`}`,
    onlyEnded: (count) => `No change is under way; ${changes(count)} ended in the last hour`,
    phase: {
      looking: 'looking at the machines',
      'waiting-for-approval': 'waiting for an approver',
      applying: 'changing machines',
      paused: 'paused: the last wave did not go well',
      ended: 'ended',
    },
    end: {
      done: 'done',
      partly: 'partly done',
      failed: 'failed',
      'nothing-to-do': 'nothing to do',
      rejected: 'rejected',
      expired: 'expired without a decision',
      cancelled: 'cancelled',
      stopped: 'stopped',
      refused: 'refused',
      error: 'an error on my side',
    },
    waitsFor: {
      approval: (until) => `waits for an approver until ${until}`,
      'going-on': (until) => `paused, the last wave did not go well: an operator decides by ${until}`,
    },
    machines: (done, all, failed) =>
      `${number(done)} of ${machines(all)} done${failed === 0 ? '' : `, ${number(failed)} not`}`,
    by: (who, since) => `${who === '' ? '' : `by ${who} `}since ${since}`,
    ended: (when) => `ended ${when}`,
    more: (count) => `and ${changes(count)} more`,
    cancel: (id) => `Cancel ${id}`,
    cancelText: (command) => `What is done stays, and nothing more is sent: ${command}`,
    small: 'newest first · undo: `/kms undo` with the id',
  },
  audit: {
    notDeployed: 'Changes are not switched on in this deployment, so there is no audit yet.',
    none: (about, since) => `Nothing was recorded${about === '' ? '' : ` about ${about}`} since ${since}.`,
    first: (count, about, since) => `${entries(count)}${about === '' ? '' : ` about ${about}`} since ${since}`,
    more: (count) =>
      `${number(count)} more ${count === 1 ? 'entry' : 'entries'}: the CSV in the thread has all of them.`,
    cut: '⚠ There is more than one answer can read; the oldest are in neither. Narrow it down: a machine, a person, or a later beginning.',
    bot: 'I',
    events: {
      requested: ({ who, asked }) => `${who} asked for ${asked}`,
      denied: ({ who, asked }) => `${who} was refused ${asked}`,
      planned: () => 'plan made',
      approved: ({ who }) => `${who} approved`,
      rejected: ({ who }) => `${who} rejected`,
      'broke-glass': ({ who }) => `${who} broke the glass`,
      expired: () => 'nobody decided in time',
      void: () => 'plan void: the machines had changed',
      cancelled: ({ who }) => `${who} cancelled`,
      resumed: ({ who }) => `${who} let it go on`,
      sent: () => 'commands sent',
      result: () => 'results',
      ended: () => 'ended',
    },
    nodes: (names, count) => (count === 1 ? names : `${machines(count)} (${names})`),
    reason: (reason) => `reason: ${reason}`,
    results: {
      done: 'done',
      same: 'as wanted already',
      moved: 'changed by somebody else',
      refused: 'left alone',
      failed: 'failed',
      busy: 'busy',
      'no-answer': 'no answer',
      'not-sent': 'not sent',
    },
    details: {
      'no-right': 'no right',
      'no-rule': 'no rule allows it',
      denied: 'a rule forbids it',
      guest: 'a guest',
      foreign: 'of another workspace',
      gone: 'account deactivated',
      'self-approval': 'own request',
      'shared-channel': 'channel shared with others',
      stale: 'card of an older plan',
      expired: 'too late',
      'already-decided': 'decided already',
      ended: 'the change was over',
      'no-reason': 'no reason given',
      unreadable: 'click not readable',
      'too-many': 'too many machines',
      'no-such-change': 'no such change',
      'not-undoable': 'cannot be undone',
      'not-one': 'not one machine',
      'not-ours': 'not a KMS host of ours',
      'keeps-moving': 'the machines kept changing',
    },
    counts: (done, notDone) => `${number(done)} done${notDone === 0 ? '' : `, ${number(notDone)} not`}`,
    sound: (count, head) => `✓ The audit is complete and unaltered: ${entries(count)}, ending with ${head}.`,
    soundEmpty: '✓ The audit is sound: it has no entry yet.',
    compare: 'Compare that end with the newest line “audit head” in the log: both have to be the same.',
    broken: {
      missing: (at) =>
        `🔴 The audit is broken: entry ${number(at)} is missing though later ones are there — the security owner acts`,
      altered: (at) => `🔴 The audit is broken: entry ${number(at)} is not what was written — the security owner acts`,
      'cut-off': (at) =>
        `🔴 The audit is broken: from entry ${number(at)} on its end is cut off or replaced — the security owner acts`,
    },
    brokenStep: (count) =>
      `${count === 0 ? 'Nothing in it can be believed.' : `The ${entries(count)} before hold; nothing after can be believed.`} Keep the table as it is, and find out in CloudTrail who wrote to it.`,
    small: { newest: 'newest first', verify: '`/kms audit verify` proves that none is missing or altered' },
  },
};
