import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Content } from '../../../bot/ports.ts';
import { LANGUAGES } from '../../../bot/slack/messages/language.ts';
import { render } from '../../../bot/slack/views/render.ts';
import { validateBlocks } from '../../lab/slack/block-kit.ts';
import { anyContent, CAUSES, TOTALS } from '../support/content.ts';
import { hostileChange, hostileDiagnosis, hostileHosts, hostileProgress, hostileRecords } from '../support/hostile.ts';
import { group, report, shown } from '../support/shown.ts';

const anything = fc.oneof(anyContent, hostileDiagnosis, hostileHosts, hostileRecords, hostileProgress, hostileChange);

describe('a failure', () => {
  it.each([
    [
      { kind: 'missing-right', action: 'ssm:SendCommand', siteId: 'tokyo', function: 'observe' },
      /`ssm:SendCommand` is missing from the observe role for tokyo\. Whoever runs the deployment/,
    ],
    [
      { kind: 'document-missing', document: 'KmsBot-Inspect', siteId: 'tokyo' },
      /document `KmsBot-Inspect` does not exist in tokyo/,
    ],
    [{ kind: 'site-unreachable', siteId: 'tokyo' }, /AWS in tokyo did not answer/],
    [{ kind: 'internal', reference: 'check-abc' }, /under `check-abc`/],
  ] as const)('of kind $kind names what is missing and what to do', (failure, expected) => {
    expect(shown({ kind: 'failure', asked: 'check all', failure })).toMatch(expected);
  });

  it.each([
    [
      { kind: 'dns-add', zone: 'corp.example', host: { host: 'kms1.corp.example', port: 0 } },
      /record now: `\/kms dns corp\.example`/,
    ],
    [{ kind: 'undo', change: 'c2' }, /`c1` stopped there, and may have had an effect/],
    [{ kind: 'discover' }, /`c1` stopped there, and may have reached machines/],
  ] as const)('of the change $kind names only what it can have reached', (spec, expected) => {
    const failure = { kind: 'site-unreachable', siteId: 'tokyo' } as const;
    const text = shown({ kind: 'failure', asked: 'x', failure, change: 'c1', spec });

    expect(text).toMatch(expected);
    expect(text.includes('machines')).toBe(spec.kind === 'discover');
  });

  it('of naming no machine offers the nearest', () => {
    const content: Content = {
      kind: 'no-such-node',
      asked: 'check wbe-03',
      unmatched: [{ word: 'wbe-03', nearest: ['web-03', 'web-04'] }],
    };

    expect(shown(content)).toMatch(
      /^⚠ No machine matches `wbe-03`\. Did you mean web-03 or web-04\?\nI know machines by id/,
    );
    expect(shown(content, 'ja')).toContain(
      '`wbe-03` に一致するマシンはありません。web-03 または web-04 のことですか。',
    );
  });
});

describe.each(LANGUAGES)('every message in %s', (language) => {
  it('has a sentence for every cause, without gaps', () => {
    for (const cause of CAUSES) {
      const text = shown(
        report({ totals: { ...TOTALS, machines: 2, notActivated: 2 }, groups: [group({ cause, total: 2 })] }),
        language,
      );
      expect(text).not.toMatch(/undefined| {2},|\(\)|（）|: $/m);
    }
  });

  it('keeps Slack’s limits and rules, whatever machines and people wrote', () => {
    fc.assert(
      fc.property(anything, (content) => {
        const { text, blocks } = render(content, language);
        expect(validateBlocks(blocks, 'message')).toEqual([]);
        expect(blocks.length).toBeLessThanOrEqual(50);
        expect(JSON.stringify(blocks).length).toBeLessThanOrEqual(13_000);
        expect(text.length).toBeGreaterThan(0);
        expect(text.length).toBeLessThanOrEqual(3_900);
      }),
      { numRuns: 300 },
    );
  });

  it('lets nothing of a hostile text act', () => {
    fc.assert(
      fc.property(anything, (content) => {
        const { text, blocks } = render(content, language);
        const all = text + blocks.map((block) => (block.type === 'section' ? (block.text?.text ?? '') : '')).join('\n');
        expect(all).not.toMatch(/<!(?!date\^)|<@|<#|\u202E|VK7JG|NPHTM|\p{Surrogate}/u);
      }),
      { numRuns: 300 },
    );
  });
});
