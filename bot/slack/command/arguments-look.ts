/** The words behind each command that only looks. */
import { hresultWithin, parseHresult } from '../../domain/hresult.ts';
import { nearestWords } from '../../domain/nearest.ts';
import {
  type AuditRequest,
  andThen,
  bad,
  type Command,
  extra,
  good,
  missing,
  type Parsed,
  type ReportSchedule,
} from './command.ts';
import { parseNodes, parseOneNode } from './nodes.ts';
import { COMMAND_NAMES, type CommandName, isCommandName, isTopicName, TOPIC_NAMES } from './table.ts';
import { parseDuration, parseReference, parseSince, parseTimeOfDay, parseWeekday } from './values.ts';
import type { Word } from './words.ts';

/** Reads the words behind a command's name. */
export type ArgumentParser = (words: readonly Word[]) => Parsed<Command>;

/** A command that takes no words. */
export const alone =
  (name: Extract<CommandName, 'jobs' | 'incidents' | 'whoami' | 'doctor'>): ArgumentParser =>
  ([first]) =>
    first === undefined ? good({ name }) : extra(first.text);

/** `hosts`: of every site, or of the one named. */
export const hosts: ArgumentParser = ([first, second]) => {
  if (first === undefined) return good({ name: 'hosts' });
  if (second !== undefined) return extra(second.text);
  return andThen(parseNodes([first]), ({ selectors: [selector], site }) =>
    selector?.kind === 'all' ? good({ name: 'hosts', ...(site === undefined ? {} : { site }) }) : extra(first.text),
  );
};

/** `check`, `activate`, `discover`: any machines. */
export const someNodes =
  (name: 'check' | 'activate' | 'discover'): ArgumentParser =>
  (words) =>
    andThen(parseNodes(words), (nodes) => good({ name, nodes }));

/** `diagnose`, `phone`: one machine. */
export const oneNode =
  (name: 'diagnose' | 'phone'): ArgumentParser =>
  (words) =>
    andThen(parseOneNode(words), (target) => good({ name, target }));

/** A leading slash means a `slmgr` option, which that topic explains. */
export const help: ArgumentParser = ([first, second]) => {
  if (first === undefined) return good({ name: 'help' });
  const about = first.text.toLowerCase().replace(/^gvlk$/, 'key');
  if (about.startsWith('/')) return good({ name: 'help', about: 'slmgr' });
  if (second !== undefined && about !== 'slmgr') return extra(second.text);
  if (isTopicName(about) || isCommandName(about)) return good({ name: 'help', about });
  return bad('topic', first.text, nearestWords(about, [...COMMAND_NAMES, ...TOPIC_NAMES]));
};

export const error: ArgumentParser = (words) => {
  if (words.length === 0) return missing('code');
  const written = words.map(({ text }) => text).join(' ');
  const parsed = parseHresult(written);
  const hresult = parsed.ok ? parsed.hresult : hresultWithin(written);
  return hresult === undefined ? bad('code', written) : good({ name: 'error', hresult });
};

export const report: ArgumentParser = (words) => {
  const channels = words.filter(({ mention }) => mention?.kind === 'channel');
  const rest = words.filter(({ mention }) => mention?.kind !== 'channel');
  const secondChannel = channels[1];
  if (secondChannel !== undefined) return extra(secondChannel.text);
  return andThen(parseSchedule(rest), ({ schedule, left: [zone, tooMany] }) => {
    if (tooMany !== undefined) return extra(tooMany.text);
    if (zone !== undefined && !isTimeZone(zone.text)) return extra(zone.text);
    const channelId = channels[0]?.mention?.id;
    return good({
      name: 'report',
      schedule,
      ...(channelId === undefined ? {} : { channelId }),
      ...(zone === undefined ? {} : { timeZone: zone.text }),
    });
  });
};

type ScheduleAndRest = { readonly schedule: ReportSchedule; readonly left: readonly Word[] };

function parseSchedule([kind, ...words]: readonly Word[]): Parsed<ScheduleAndRest> {
  switch (kind?.text.toLowerCase()) {
    case undefined:
    case 'now':
      return good({ schedule: { kind: 'now' }, left: words });
    case 'off':
      return good({ schedule: { kind: 'off' }, left: words });
    case 'daily':
      return andThen(parseTimeOfDay(words[0]), (minuteOfDay) =>
        good({ schedule: { kind: 'daily', minuteOfDay }, left: words.slice(1) }),
      );
    case 'weekly':
      return andThen(parseWeekday(words[0]), (day) =>
        andThen(parseTimeOfDay(words[1]), (minuteOfDay) =>
          good({ schedule: { kind: 'weekly', day, minuteOfDay }, left: words.slice(2) }),
        ),
      );
    default:
      return bad('schedule', kind?.text ?? '', ['now', 'daily', 'weekly', 'off']);
  }
}

/** `Area/City` or `UTC`; whether it exists is asked of the scheduler, which has its own list. */
const isTimeZone = (word: string): boolean => /^(?:UTC|GMT|[A-Za-z]+(?:\/[A-Za-z0-9_+-]+){1,2})$/.test(word);

export const mute: ArgumentParser = ([incident, duration, ...reason]) =>
  andThen(parseReference(incident, 'incident'), (id) =>
    andThen(parseDuration(duration), (minutes) => {
      const words = reason.map(({ text }) => text).join(' ');
      return words === '' ? missing('reason') : good({ name: 'mute', incident: id, minutes, reason: words });
    }),
  );

export const audit: ArgumentParser = (words) => {
  const [first, second, third] = words;
  if (third !== undefined) return extra(third.text);
  if (first === undefined) return good({ name: 'audit', request: { about: { kind: 'everything' } } });
  const sinceAlone = second === undefined ? parseSince(first) : undefined;
  if (sinceAlone?.ok) {
    return good({ name: 'audit', request: { about: { kind: 'everything' }, since: sinceAlone.value } });
  }
  return andThen(auditSubject(first), (about) => {
    if (second === undefined) return good({ name: 'audit', request: { about } });
    return andThen(parseSince(second), (since) => good({ name: 'audit', request: { about, since } }));
  });
};

function auditSubject(word: Word): Parsed<AuditRequest['about']> {
  if (word.mention?.kind === 'user') return good({ kind: 'person', userId: word.mention.id });
  if (!word.quoted && word.text.toLowerCase() === 'verify') return good({ kind: 'verify' });
  return andThen(parseOneNode([word]), ({ node }) => good({ kind: 'node', node }));
}
