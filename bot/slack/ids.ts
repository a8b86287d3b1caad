/** Every `action_id` and `block_id`, and what the listeners match. Old messages keep their buttons: ids are never reused. */
export const COMMAND = '/kms';

export const ACTIONS = {
  /** Runs the command in its value again. */
  checkAgain: 'check-again',
  /** Asks one machine: its value is a `check` of that machine. */
  showMachine: 'show-machine',
  /** Asks for one machine's diagnosis: its value is a `diagnose` of that machine. */
  diagnose: 'diagnose',
  /** Asks for the KMS hosts: its value is `hosts`. */
  showHosts: 'show-hosts',
  /** The card of a waiting or paused change: their values are its id, the attempt and the plan's digest. */
  approve: 'approve',
  reject: 'reject',
  breakGlass: 'break-glass',
  goOn: 'go-on',
  /** Stops a change: its value as above, or the id alone where nothing is decided. */
  cancelChange: 'cancel-change',
  /** Takes a change back: its value is an `undo` of it. */
  undoChange: 'undo-change',
  /** Starts a change that mends something: its value is the command. */
  fix: 'fix',
  /** Opens the window of an activation by phone: its value as that of a waiting change. */
  phoneOpen: 'phone_open',
  /** Restarts one machine after a rearm: its value is `restart` and the machine's id. */
  restartMachine: 'restart-machine',
} as const;

export type ActionId = (typeof ACTIONS)[keyof typeof ACTIONS];

/** A button's own `action_id`: unique in its message, which may hold several of one kind. */
export const actionId = (action: ActionId, index = 0): string => (index === 0 ? action : `${action}:${index}`);

/** Matches {@link actionId} of one kind. */
export const actionPattern = (action: ActionId): RegExp => new RegExp(`^${action}(?::\\d{1,3})?$`);

/** The window that asks for a reason. */
export const REASON = { view: 'break-glass', block: 'reason', input: 'reason' } as const;

/** The window of an activation by phone: each group of the Confirmation ID is a block and an input of its own. */
export const PHONE = { view: 'phone_confirmation', group: (at: number) => `cid-${at + 1}` } as const;
