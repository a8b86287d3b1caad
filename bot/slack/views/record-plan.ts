/** What has to be known of a record's change before it is allowed. */
import type { ChangePlan } from '../../domain/change/plan.ts';
import type { RecordLine, RecordPlan } from '../../domain/records/record-plan.ts';
import { spreadOf } from '../../domain/records/spread.ts';
import { parseSrv } from '../../domain/records/srv-record.ts';
import type { RecordPlanTexts, ValueCounts } from '../messages/record-words.ts';
import { moment, words } from '../mrkdwn.ts';
import type { ChangeSpeech } from './change-speech.ts';

/** Hosts named in a sentence. */
const HOSTS = 3;

/** What changes and what clients will do; how long answers are kept; what undoes it; who has to agree. */
export function recordFactLines(
  plan: RecordPlan,
  approval: ChangePlan['approval'],
  { say, check }: ChangeSpeech,
): readonly string[] {
  const texts = say.record.plan;
  const { gap } = check.report;
  const told = (...sentences: readonly string[]): string => sentences.filter((each) => each !== '').join(gap);
  return [
    told(
      texts.changes(countsOf(plan)),
      ...(changesAnswers(plan) ? [clientWords(plan, texts), texts.activatedStay] : []),
    ),
    told(changesAnswers(plan) && plan.after.srv !== undefined ? ttlWords(plan, texts) : '', asOfWords(plan, texts)),
    ...addressWords(plan, texts),
    publishesWords(plan, texts),
    belowWords(plan, texts),
    told(
      plan.createsSet ? texts.undoOfFirst : texts.undo,
      approval === undefined ? '' : say.plan.needs[approval.why]('limit' in approval ? approval.limit : 0),
    ),
  ].filter((line) => line !== '');
}

const countsOf = ({ lines }: RecordPlan): ValueCounts => {
  const count = (wanted: RecordLine['what']): number => lines.filter(({ what }) => what === wanted).length;
  return {
    added: count('added'),
    removed: count('removed'),
    changed: count('changed'),
    adopted: count('adopted'),
    released: count('released'),
    kept: count('kept'),
  };
};

/** Whether clients are told something else afterwards. */
const changesAnswers = ({ lines }: RecordPlan): boolean =>
  lines.some(({ what }) => what === 'added' || what === 'removed' || what === 'changed');

/** Nothing where a value that nobody can read stands among the others. */
function clientWords({ after, place }: RecordPlan, { clients }: RecordPlanTexts): string {
  const values = after.srv?.values ?? [];
  if (values.length === 0) return clients.none(words(place.domain, 100));
  const spread = spreadOf(values.flatMap((value) => parseSrv(value) ?? []));
  switch (spread?.kind) {
    case undefined:
      return '';
    case 'one':
      return clients.one;
    case 'shared':
      return clients.shared(spread.hosts);
    case 'standby':
      return clients.standby(words(spread.first, 100));
  }
}

const ttlWords = ({ ttl }: RecordPlan, say: RecordPlanTexts): string => say.ttl[ttl.why](ttl.seconds);

function asOfWords({ lines }: RecordPlan, say: RecordPlanTexts): string {
  const times = lines.flatMap(({ host }) => host?.atMs ?? []);
  return times.length === 0 ? '' : say.asOf(moment(Math.max(...times)));
}

/** Hosts whose names have no address in the zone that would hold it. */
function addressWords({ lines }: RecordPlan, say: RecordPlanTexts): readonly string[] {
  const told = lines.flatMap((line) => {
    const { inZone } = line.host ?? {};
    const isAdded = line.what === 'added' || line.what === 'changed';
    return isAdded && inZone?.addresses.length === 0 ? [say.noAddress(nameOf(line), words(inZone.zone, 100))] : [];
  });
  return [...new Set(told)];
}

/** Hosts that go on writing a record where none is taken from them. */
function publishesWords({ lines }: RecordPlan, say: RecordPlanTexts): string {
  const hosts = lines.filter((line) => line.what !== 'removed' && line.host?.publishes === true).map(nameOf);
  return hosts.length === 0 ? '' : say.publishes([...new Set(hosts)].slice(0, HOSTS));
}

/** Only a first record there tells that nobody may have seen one yet. */
function belowWords({ place: { domain, zone }, createsSet }: RecordPlan, say: RecordPlanTexts): string {
  return createsSet && domain !== zone ? say.belowZone(words(domain, 100), words(zone, 100)) : '';
}

const nameOf = ({ answer, text }: RecordLine): string => words(answer?.target ?? text, 100);
