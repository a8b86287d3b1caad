/** A routing test that was carried out: what it proved, and every attempt. */
import type { ChangeMessage } from '../../domain/change/change-message.ts';
import type { RoutingAttempt } from '../../domain/change/plan.ts';
import { proofOf } from '../../domain/change/routing-proof.ts';
import { hostAndPort } from '../messages/wording.ts';
import { words } from '../mrkdwn.ts';
import type { ChangeSpeech } from './change-speech.ts';
import { reasonWords } from './outcome-reasons.ts';

type Ended = Extract<ChangeMessage['stage'], { at: 'ended' }>;

const SUCCESS = '00000000';

/** The attempts of a routing test that was carried out. */
export const testOf = ({ plan, outcomes: [outcome] }: Ended): readonly RoutingAttempt[] | undefined =>
  plan?.spec.kind === 'test' && outcome?.test !== undefined && outcome.test.length > 0 ? outcome.test : undefined;

/** What it proved and who acts; undefined where there was no attempt. */
export function proofLine(stage: Ended, speech: ChangeSpeech): string | undefined {
  const attempts = testOf(stage);
  const [outcome] = stage.outcomes;
  const spec = stage.plan?.spec;
  if (attempts === undefined || outcome === undefined || spec?.kind !== 'test') return undefined;
  const proof = proofOf(attempts);
  const refusing = attempts.find(({ code }) => code !== SUCCESS)?.code;
  const told = speech.say.proof[proof]({
    machine: words(outcome.name, 60),
    host: words(hostAndPort({ name: spec.host.host, port: spec.host.port }), 80),
    reason: refusing === undefined ? '' : reasonWords(refusing, speech),
  });
  return outcome.restored === false ? `⚠ ${told}` : told;
}

/** More attempts than these there are none. */
const ATTEMPTS = 4;

/** Every attempt with its result, and whether the machine is as it was. */
export function attemptsPart(stage: Ended, speech: ChangeSpeech): string {
  const attempts = testOf(stage);
  if (attempts === undefined) return '';
  const { say } = speech;
  const [outcome] = stage.outcomes;
  const lines = attempts
    .slice(0, ATTEMPTS)
    .map(({ by, target, code }) =>
      say.attempt[by](words(target, 80), code === SUCCESS ? say.activated : reasonWords(code, speech)),
    );
  return [...lines, outcome?.restored === false ? `⚠ ${say.notPutBack}` : say.putBack].join('\n');
}
