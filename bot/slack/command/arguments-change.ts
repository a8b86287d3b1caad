/** The words behind each command that changes something. */
import { nearestWords } from '../../domain/nearest.ts';
import type { ArgumentParser } from './arguments-look.ts';
import {
  andThen,
  bad,
  type ClientSetting,
  type Command,
  type DnsChange,
  extra,
  good,
  type HostAction,
  missing,
  type Parsed,
} from './command.ts';
import { parseNodes, parseOneNode } from './nodes.ts';
import { parseDomains } from './publish-domains.ts';
import { parseChoice, parseDomain, parseHost, parseNumber, parseReference, parseStoredKey } from './values.ts';
import type { Word } from './words.ts';
import { dnsAction, isLikeDnsAction, nearestActions, parseRecordHost, parseZone } from './zone.ts';

const lower = (word: Word | undefined): string => word?.text.toLowerCase() ?? '';
const end = (words: readonly Word[]): Word | undefined => words[words.length - 1];

export const point: ArgumentParser = (words) => {
  if (words.length < 2) return missing(words.length === 0 ? 'nodes' : 'kms-target');
  const target = end(words);
  return andThen(parseNodes(words.slice(0, -1)), (nodes): Parsed<Command> => {
    if (lower(target) === 'amazon') return good({ name: 'point', nodes, to: { kind: 'amazon' } });
    return andThen(parseHost(target), (to) => good({ name: 'point', nodes, to }));
  });
};

const SETTINGS = ['type', 'lookup', 'caching', 'flushdns'] as const;

/** The setting stands behind the machines, and is found from the end: a machine may be called `type`. */
export const set: ArgumentParser = (words) => {
  if (words.length === 0) return missing('nodes');
  if (lower(end(words)) === 'flushdns') return withNodes(words.slice(0, -1), { setting: 'flushdns' });
  const keyword = words[words.length - 2];
  const value = end(words);
  const change = parseSetting(lower(keyword), value);
  if (change !== undefined) return andThen(change, (setting) => withNodes(words.slice(0, -2), setting));
  if (lower(value) === 'type') return missing('activation-type');
  if (lower(value) === 'lookup') return missing('lookup-domain');
  if (lower(value) === 'caching') return missing('on-off');
  if (words.length === 1) return missing('setting');
  const close = nearestWords(lower(keyword), SETTINGS);
  return bad('setting', (close.length > 0 ? keyword : value)?.text ?? '', close.length > 0 ? close : SETTINGS);
};

const withNodes = (words: readonly Word[], change: ClientSetting) =>
  andThen(parseNodes(words), (nodes) => good({ name: 'set', nodes, change } as const));

function parseSetting(keyword: string, value: Word | undefined): Parsed<ClientSetting> | undefined {
  switch (keyword) {
    case 'type':
      return andThen(parseChoice(value, 'activation-type', ['auto', 'kms', 'ad'] as const), (to) =>
        good({ setting: 'type' as const, to }),
      );
    case 'lookup':
      if (lower(value) === 'none') return good({ setting: 'lookup', domain: undefined });
      return andThen(parseDomain(value, 'lookup-domain'), (domain) => good({ setting: 'lookup' as const, domain }));
    case 'caching':
      return andThen(parseOnOff(value), (on) => good({ setting: 'caching' as const, on }));
    default:
      return undefined;
  }
}

const parseOnOff = (word: Word | undefined): Parsed<boolean> =>
  andThen(parseChoice(word, 'on-off', ['on', 'off']), (choice) => good(choice === 'on'));

export const key: ArgumentParser = (words) => {
  if (words.length < 2) return missing(words.length === 0 ? 'nodes' : 'key-choice');
  return andThen(parseNodes(words.slice(0, -1)), (nodes): Parsed<Command> => {
    if (lower(end(words)) === 'gvlk') return good({ name: 'key', nodes, key: { kind: 'gvlk' } });
    return andThen(parseStoredKey(end(words)), (name) => good({ name: 'key', nodes, key: { kind: 'stored', name } }));
  });
};

export const test: ArgumentParser = (words) => {
  if (words.length < 2) return missing(words.length === 0 ? 'node' : 'host');
  return andThen(parseOneNode(words.slice(0, -1)), (target) =>
    andThen(parseHost(end(words)), (host) => good({ name: 'test', target, host })),
  );
};

/** The word `restart` behind the machine is the consent to one. */
export const rearm: ArgumentParser = (words) => {
  const last = end(words);
  const restart = words.length > 1 && last?.quoted === false && lower(last) === 'restart';
  return andThen(parseOneNode(restart ? words.slice(0, -1) : words), (target) =>
    good({ name: 'rearm', target, restart }),
  );
};

const HOST_ACTIONS = [
  'setup',
  'publish',
  'domains',
  'port',
  'intervals',
  'priority',
  'firewall',
  'restart',
  'retire',
] as const;

export const host: ArgumentParser = (words) => {
  const [node, ...rest] = words;
  if (node === undefined) return missing('node');
  const site = rest[0] !== undefined && /^site:/i.test(rest[0].text) ? rest.slice(0, 1) : [];
  return andThen(parseOneNode([node, ...site]), (target) =>
    andThen(parseHostAction(rest.slice(site.length)), (change) => good({ name: 'host', target, change })),
  );
};

function parseHostAction([keyword, ...values]: readonly Word[]): Parsed<HostAction> {
  if (keyword === undefined) return missing('host-action');
  const action = HOST_ACTIONS.find((known) => known === lower(keyword));
  if (action === undefined) {
    const close = nearestWords(lower(keyword), HOST_ACTIONS);
    return bad('host-action', keyword.text, close.length > 0 ? close : HOST_ACTIONS);
  }
  const takes = action === 'domains' ? values.length : action === 'intervals' ? 2 : VALUELESS.has(action) ? 0 : 1;
  const tooMany = values[takes];
  return tooMany === undefined ? parseHostValues(action, values) : extra(tooMany.text);
}

const VALUELESS: ReadonlySet<string> = new Set(['restart', 'retire']);

/** Microsoft, slmgr options /sai and /sri: 15 minutes to 30 days. */
const INTERVAL_MINUTES = { from: 15, to: 43_200 } as const;

function parseHostValues(action: (typeof HOST_ACTIONS)[number], values: readonly Word[]): Parsed<HostAction> {
  const [first, second] = values;
  const interval = (word: Word | undefined) =>
    parseNumber(word, 'interval', INTERVAL_MINUTES.from, INTERVAL_MINUTES.to);
  switch (action) {
    case 'setup':
      return andThen(parseStoredKey(first), (storedKey) => good({ action, storedKey }));
    case 'publish':
      return andThen(parseOnOff(first), (on) => good({ action, on }));
    case 'domains':
      return andThen(parseDomains(values), (domains) => good({ action, domains }));
    case 'port':
      return andThen(parseNumber(first, 'port', 1, 65_535), (port) => good({ action, port }));
    case 'intervals':
      return andThen(interval(first), (activationMinutes) =>
        andThen(interval(second), (renewalMinutes) => good({ action, activationMinutes, renewalMinutes })),
      );
    case 'priority':
      return andThen(parseChoice(first, 'priority-class', ['normal', 'low']), (priority) =>
        good({ action, low: priority === 'low' }),
      );
    case 'firewall':
      return andThen(parseChoice(first, 'on-off', ['on']), () => good({ action }));
    default:
      return good({ action });
  }
}

export const dns: ArgumentParser = ([first, ...words]) => {
  if (first === undefined) return good({ name: 'dns', request: { action: 'compare' } });
  const action = dnsAction(first);
  if (action !== undefined)
    return andThen(parseRecordChange(action, words), (request) => good({ name: 'dns', request }));
  if (!first.quoted && (words.length > 1 || isLikeDnsAction(first.text)))
    return bad('dns-action', first.text, nearestActions(first.text));
  const tooMany = words[0];
  if (tooMany !== undefined) return extra(tooMany.text);
  return andThen(parseZone(first), (zone) => good({ name: 'dns', request: { action: 'compare', zone } }));
};

/** Priority and weight of an SRV answer are 16-bit numbers (RFC 2782). */
const parseRecordNumber = (word: Word | undefined): Parsed<number | undefined> =>
  word === undefined ? good(undefined) : parseNumber(word, 'record-number', 0, 65_535);

function parseRecordChange(action: DnsChange['action'], words: readonly Word[]): Parsed<DnsChange> {
  const [zoneWord, hostWord, priorityWord, weightWord, tooMany] = words;
  if (tooMany !== undefined) return extra(tooMany.text);
  return andThen(parseZone(zoneWord), (zone) =>
    andThen(parseRecordHost(hostWord), (host) =>
      andThen(parseRecordNumber(priorityWord), (priority) =>
        andThen(parseRecordNumber(weightWord), (weight) =>
          good({
            action,
            zone,
            host,
            ...(priority === undefined ? {} : { priority }),
            ...(weight === undefined ? {} : { weight }),
          }),
        ),
      ),
    ),
  );
}

export const undo: ArgumentParser = ([change, tooMany]) =>
  tooMany === undefined
    ? andThen(parseReference(change, 'change'), (id) => good({ name: 'undo', change: id }))
    : extra(tooMany.text);
