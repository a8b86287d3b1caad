/** The measured process: diagnoses every record of its input and prints how long that took. */
import { readFileSync } from 'node:fs';
import { diagnose } from '../../../bot/domain/diagnosis/diagnose.ts';
import type { Diagnosis } from '../../../bot/domain/diagnosis/diagnosis.ts';
import type { HostFacts } from '../../../bot/domain/diagnosis/facts.ts';
import { withFleetCauses } from '../../../bot/domain/fleet/fleet-causes.ts';
import { readJson } from '../../../bot/domain/inspection-line.ts';
import { judge } from '../../../bot/domain/judge.ts';
import type { Input, Measured, RecordOf, SiteInput } from './input.ts';

const hostsOf = ({ hosts }: SiteInput): readonly HostFacts[] =>
  hosts.map(({ json, ...host }) => {
    const reading = readJson(json);
    return reading.kind === 'record' ? { ...host, record: reading.record } : host;
  });

const judgeAll = ({ records, nowMs }: Input) =>
  records.map(({ node, json }) => judge({ node, nowMs, evidence: { kind: 'output', reading: readJson(json) } }));

/** Diagnoses are many and large: of each only its group is kept, as an operation over a fleet would. */
const diagnoseAll = ({ sites, records, knownHosts, nowMs }: Input) => {
  const known = Object.entries(sites).map(([id, site]) => [id, { hosts: hostsOf(site), zones: site.zones }] as const);
  const bySite = new Map(known);
  const groups = new Map<string, string[]>();
  const results: Diagnosis['result'][] = [];
  const one = ({ node, json }: RecordOf): void => {
    const { hosts = [], zones = [] } = bySite.get(node.siteId) ?? {};
    const diagnosis = diagnose({
      node,
      evidence: { kind: 'output', reading: readJson(json) },
      hosts: hosts.filter((host) => host.node.id !== node.id),
      zones,
      unreadZones: [],
      resolverRules: [],
      knownHosts,
      nowMs,
    });
    const key = JSON.stringify(diagnosis.first?.cause ?? diagnosis.state);
    groups.set(key, [...(groups.get(key) ?? []).slice(0, 10), diagnosis.name]);
    results.push(diagnosis.result);
  };
  for (const record of records) one(record);
  return { diagnosed: withFleetCauses(results).length, groups: groups.size };
};

const timed = <T>(act: () => T): { readonly value: T; readonly seconds: number } => {
  const started = performance.now();
  const value = act();
  return { value, seconds: (performance.now() - started) / 1000 };
};

const input = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as Input;
// First, while nothing is warm: the comparison then pays less than it would alone, never more.
const { value, seconds } = timed(() => diagnoseAll(input));
const judging = timed(() => judgeAll(input));
const maxRssMb = process.resourceUsage().maxRSS / 1024;
const measured: Measured = { ...value, seconds, judgeSeconds: judging.seconds, maxRssMb };
console.log(JSON.stringify(measured));
