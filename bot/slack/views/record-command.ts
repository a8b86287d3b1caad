/** Commands about records, as they are typed back. */
import type { RecordSpec } from '../../domain/change/change-spec.ts';
import type { SrvAnswer } from '../../domain/records/srv-answer.ts';
import { code, type Safe } from '../mrkdwn.ts';

/** What is changed in a command that was asked for. */
export interface RecordCommand {
  readonly action: 'add' | 'remove' | 'adopt';
  readonly zone: string;
  readonly answer?: SrvAnswer;
}

/** A change of one value, named whole. */
export const recordCommand = ({ action, zone, answer }: RecordCommand): Safe => {
  const value = answer === undefined ? [] : [`${answer.target}:${answer.port}`, answer.priority, answer.weight];
  return code(`/kms ${['dns', action, zone, ...value].join(' ')}`, 300);
};

/** The same command for another zone. */
export function commandInZone({ kind, host, priority, weight }: RecordSpec, zone: string): Safe {
  const target = host.port === 0 ? host.host : `${host.host}:${host.port}`;
  const numbers = [priority, weight].filter((each) => each !== undefined);
  return code(`/kms ${[kind.replace('dns-', 'dns '), zone, target, ...numbers].join(' ')}`, 300);
}

/** What stands there now, against what is known of its hosts. */
export const lookCommand = (domain: string): Safe => code(['/kms dns', domain].join(' ').trim(), 300);
