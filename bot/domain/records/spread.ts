/** How clients spread over the answers of a set. */
import type { Spread } from './records-report.ts';
import type { SrvAnswer } from './srv-answer.ts';
import { compareAnswers } from './srv-record.ts';

const hostsOf = (answers: readonly SrvAnswer[]): number => new Set(answers.map(({ target }) => target)).size;

/** `undefined` where there is no answer. Two ports of one host are one host. */
export const spreadOf = (answers: readonly SrvAnswer[]): Spread | undefined => {
  const [first] = answers.toSorted(compareAnswers);
  if (first === undefined) return undefined;
  if (hostsOf(answers) === 1) return { kind: 'one' };
  const hosts = hostsOf(answers.filter(({ priority }) => priority === first.priority));
  return hosts > 1 ? { kind: 'shared', hosts } : { kind: 'standby', first: first.target };
};
