import { describe, expect, it } from 'vitest';
import { formatMark } from '../../../bot/domain/records/marks.ts';
import type { NameState } from '../../../bot/domain/records/record-set.ts';
import type { SrvAnswer } from '../../../bot/domain/records/srv-answer.ts';
import { formatSrv } from '../../../bot/domain/records/srv-record.ts';
import { changedBy, standsAs } from '../../../bot/domain/records/stands.ts';

const answer = (target: string): SrvAnswer => ({ priority: 0, weight: 0, port: 1688, target });
const OLD = answer('kms-01.corp.example');
const NEW = answer('kms-02.corp.example');
const mark = (of: SrvAnswer, change: string) => formatMark({ owner: '0123456789ab', change, answer: of });

const state = (srv: readonly SrvAnswer[], txt: readonly string[] = []): NameState => ({
  srv: { ttlSeconds: 300, values: srv.map(formatSrv) },
  ...(txt.length === 0 ? {} : { txt: { ttlSeconds: 300, values: txt } }),
});

const adding = { before: state([OLD]), after: state([OLD, NEW], [mark(NEW, 'cadded')]) };
const removing = { before: adding.after, after: adding.before };

describe('the change that wrote since a plan was made', () => {
  const owner = '0123456789ab';
  const since = (...txt: readonly string[]) => changedBy(state([OLD, NEW], txt), removing, owner);

  it('is that of a mark of ours that was not there', () => {
    expect(since(mark(NEW, 'cadded'), mark(OLD, 'cother'))).toBe('cother');
    expect(since(mark(NEW, 'cother'))).toBe('cother');
  });

  it('is none where nothing but the marks of before, or of other bots, is there', () => {
    expect(since(mark(NEW, 'cadded'))).toBeUndefined();
    expect(since(formatMark({ owner: 'ffffffffffff', change: 'ctheirs', answer: OLD }))).toBeUndefined();
    expect(changedBy({}, removing, owner)).toBeUndefined();
  });
});

describe('how a name stands beside a plan', () => {
  it('is as before, or as planned, in whatever order its values are given', () => {
    expect(standsAs(adding.before, adding)).toBe('before');
    expect(standsAs(state([NEW, OLD], [mark(NEW, 'cadded')]), adding)).toBe('after');
  });

  it('is as planned where somebody has added a value since', () => {
    const joined = state([OLD, NEW, answer('kms-03.corp.example')], [mark(NEW, 'cadded')]);

    expect(standsAs(joined, adding)).toBe('after');
  });

  it('is neither where another change has added the same value', () => {
    expect(standsAs(state([OLD, NEW], [mark(NEW, 'cother')]), adding)).toBe('otherwise');
  });

  it('is neither where somebody has changed what the plan was made from', () => {
    expect(standsAs(state([answer('kms-03.corp.example')]), adding)).toBe('otherwise');
    expect(standsAs({}, adding)).toBe('otherwise');
  });

  it('is as planned where what was to go is gone, and neither while its mark is left', () => {
    expect(standsAs(state([OLD, answer('kms-03.corp.example')]), removing)).toBe('after');
    expect(standsAs(state([OLD], [mark(NEW, 'cadded')]), removing)).toBe('otherwise');
  });
});
