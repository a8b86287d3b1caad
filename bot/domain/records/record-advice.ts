/** What is worst about a record, and the command that mends it, where one does. */
import type { Owner } from '../diagnosis/diagnosis.ts';
import { type Endpoint, endpointText, livingHost } from './living-hosts.ts';
import type { RecordConcern, RecordStory, RecordsReport, ValueConcern, ValueStory } from './records-report.ts';
import type { SrvAnswer } from './srv-answer.ts';
import { isUseless } from './value-story.ts';
import { concernsInOrder } from './worst-records.ts';

/** Something about a record as a whole, or about one of its values. */
export type Problem =
  | { readonly of: 'record'; readonly concern: RecordConcern }
  | { readonly of: 'value'; readonly concern: ValueConcern; readonly value: ValueStory };

/** Worst first. */
export const problemsOf = (story: RecordStory): readonly Problem[] =>
  concernsInOrder(story, [
    ...story.concerns.map((concern) => ({ of: 'record', concern }) as const),
    ...story.values.flatMap((value) => value.concerns.map((concern) => ({ of: 'value', concern, value }) as const)),
  ]);

/** What mends it: a command without `/kms`, a change that has to come before it, or nothing that the bot can do. */
export interface Advice {
  readonly command?: string;
  /** The command plans a change of the record. */
  readonly plans?: true;
}

const add = (domain: string, host: Endpoint): Advice => ({
  command: `dns add ${domain} ${endpointText(host)}`,
  plans: true,
});

/** The command for the worst of a record's problems. */
export function adviceFor(story: RecordStory, problem: Problem, report: RecordsReport): Advice {
  const { place, values, write, networks } = story;
  const living = livingHost(report, place.domain);
  const needsHost =
    problem.of === 'record'
      ? problem.concern.kind === 'no-record' || problem.concern.kind === 'no-living-host'
      : values.every(isUseless);
  if (problem.concern.kind === 'no-record' && problem.concern.elsewhere !== undefined) return {};
  if (needsHost) return living === undefined || !write ? {} : add(place.domain, living);
  if (problem.of === 'value')
    return write ? adviceForValue(place.domain, problem.value, problem.concern) : lookAdvice(problem.concern);
  switch (problem.concern.kind) {
    case 'lost':
    case 'mark-without-value':
      return write ? numbered('add', place.domain, problem.concern.answer) : {};
    case 'mark-lost':
      return write ? numbered('adopt', place.domain, problem.concern.answer) : {};
    case 'not-found-by-machines':
    case 'resolvers-differ':
    case 'hidden-by-rule': {
      const { vpcId } = problem.concern;
      const example = networks?.find((network) => network.vpcId === vpcId)?.example;
      return example === undefined ? {} : { command: `diagnose ${example.nodeId}` };
    }
    default:
      return {};
  }
}

const numbered = (action: 'add' | 'adopt', domain: string, answer: SrvAnswer): Advice => ({
  command: `dns ${action} ${domain} ${answer.target}:${answer.port} ${answer.priority} ${answer.weight}`,
  plans: true,
});

function adviceForValue(domain: string, { answer, ownership }: ValueStory, concern: ValueConcern): Advice {
  if (answer === undefined || ownership === 'other-bot') return {};
  if (concern.kind === 'host-not-activated' || concern.kind === 'not-reached') return lookAdvice(concern);
  if (concern.kind === 'wrong-port') return add(domain, { target: answer.target, port: concern.port });
  const action = ownership === 'ours' ? 'remove' : 'adopt';
  return { command: `dns ${action} ${domain} ${endpointText(answer)}`, plans: true };
}

const lookAdvice = ({ kind }: ValueConcern): Advice =>
  kind === 'host-not-activated' || kind === 'not-reached' || kind === 'host-dead' ? { command: 'hosts' } : {};

/** Who acts. */
export function ownerOf({ of, concern }: Problem): Owner {
  if (of === 'record') return concern.kind === 'not-associated' ? 'aws-account' : 'dns';
  if (concern.kind === 'not-reached') return 'network';
  if (concern.kind === 'host-not-activated') return 'kms-host';
  return concern.kind === 'host-dead' && concern.why !== 'unreached' ? 'kms-host' : 'dns';
}
