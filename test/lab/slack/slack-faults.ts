/** What can be broken about Slack itself. */
import type { ActiveFault } from '../aws/types.ts';
import type { WorkspaceDeps } from './types.ts';

/** The vocabulary, for whoever lists what can be broken. */
export const SLACK_FAULTS = [
  {
    fault: 'slack-429',
    target: 'a Web API method; all of them without one',
    parameters: { method: 'string?', retryAfterSeconds: 'number', times: 'number? how often the budget runs out, 1' },
  },
  { fault: 'slack-down', target: 'a Web API method; all of them without one', parameters: { method: 'string?' } },
  {
    fault: 'slack-slow',
    target: 'a Web API method; all of them without one',
    parameters: { method: 'string?', ms: 'number, real milliseconds before each answer' },
  },
  { fault: 'person-left', target: 'a person', parameters: { person: 'string' } },
  { fault: 'person-left-group', target: 'a person', parameters: { person: 'string', group: 'string' } },
  { fault: 'slack-duplicate-events', target: 'every event sent to the bot', parameters: {} },
] as const;

export interface SlackFaults {
  /** Seconds to wait when the method's budget has run out; 0 when it has not. */
  retryAfter(method: string): number;
  down(method: string): boolean;
  /** Real milliseconds the answer takes longer. */
  slowMs(method: string): number;
  duplicateEvents(): boolean;
}

/**
 * Reads the lab's faults as far as they concern Slack.
 *
 * A budget that ran out refills: from the first call that meets the fault on, `retryAfterSeconds` of simulated time
 * are refused, then calls pass again; `times` says how often that happens.
 */
export function createSlackFaults(deps: Pick<WorkspaceDeps, 'clock' | 'faults'>): SlackFaults {
  const windows = new Map<string, { untilMs: number; begun: number }>();
  const active = (name: string, method?: string): readonly ActiveFault[] =>
    deps.faults().filter((fault) => fault.fault === name && concerns(fault, method));

  const waitOf = (fault: ActiveFault): number => {
    const now = deps.clock.now();
    const window = windows.get(fault.id) ?? { untilMs: 0, begun: 0 };
    if (now >= window.untilMs) {
      if (window.begun >= positive(fault.times, 1)) return 0;
      window.untilMs = now + positive(fault.retryAfterSeconds, 1) * 1_000;
      window.begun += 1;
      windows.set(fault.id, window);
    }
    return Math.max(1, Math.ceil((window.untilMs - now) / 1_000));
  };
  return {
    retryAfter: (method) => Math.max(0, ...active('slack-429', method).map(waitOf)),
    down: (method) => active('slack-down', method).length > 0,
    slowMs: (method) => Math.max(0, ...active('slack-slow', method).map((fault) => positive(fault.ms, 0))),
    duplicateEvents: () => active('slack-duplicate-events').length > 0,
  };
}

function concerns(fault: ActiveFault, method: string | undefined): boolean {
  const named = fault.method ?? fault.target;
  return method === undefined || named === undefined || named === method;
}

function positive(value: unknown, otherwise: number): number {
  return typeof value === 'number' && value > 0 ? value : otherwise;
}
