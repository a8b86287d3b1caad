import type { KnownBlock } from '@slack/types';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Surface, validateBlocks, validateView } from './block-kit.ts';
import { BLOCK_LIMITS } from './block-limits.ts';

const plain = (text: string) => ({ type: 'plain_text' as const, text });
const mrkdwn = (text: string) => ({ type: 'mrkdwn' as const, text });
const section = (text: string) => ({ type: 'section' as const, text: mrkdwn(text) });
const button = (fields: object = {}) => ({ type: 'button', text: plain('Go'), action_id: 'go', ...fields });
const x = (length: number) => 'x'.repeat(length);
const times = <T>(count: number, item: T) => Array.from({ length: count }, () => item);
const options = (count: number) => Array.from({ length: count }, (_, i) => ({ text: plain(`${i}`), value: `${i}` }));
const cell = (text: string) => ({ type: 'raw_text' as const, text });

describe('blocks that Slack shows', () => {
  const shown: readonly KnownBlock[] = [
    { type: 'header', text: plain(x(150)) },
    { type: 'section', text: mrkdwn(x(3_000)), fields: times(10, mrkdwn('f')), expand: true },
    { type: 'section', fields: [mrkdwn(x(2_000))], accessory: { type: 'button', text: plain('Go'), style: 'danger' } },
    { type: 'context', elements: times(10, mrkdwn('c')) },
    { type: 'divider' },
    { type: 'image', image_url: 'https://img.example/a.png', alt_text: 'a' },
    { type: 'image', slack_file: { id: 'F012345678' }, alt_text: 'a' },
    { type: 'actions', elements: [{ type: 'overflow', options: options(5), action_id: 'more' }] },
    { type: 'table', rows: times(100, times(20, cell(' '))), column_settings: [{ align: 'right' }] },
    {
      type: 'rich_text',
      elements: [
        { type: 'rich_text_section', elements: [{ type: 'text', text: 'a', style: { bold: true } }] },
        { type: 'rich_text_list', style: 'bullet', indent: 8, elements: [{ type: 'rich_text_section', elements: [] }] },
        { type: 'rich_text_preformatted', elements: [{ type: 'text', text: 'slmgr /dlv' }] },
      ],
    },
  ];

  it.each(shown.map((block) => [block.type, block] as const))('%s', (_type, block) => {
    expect(validateBlocks([block])).toEqual([]);
  });
});

describe('blocks that Slack refuses', () => {
  it.each<[what: string, block: unknown, complaint: string]>([
    ['no block', 'text', 'must be an object [json-pointer:/blocks/0]'],
    ['no type', {}, 'missing required field: type [json-pointer:/blocks/0]'],
    ['an unknown type', { type: 'banner' }, 'unsupported type: banner [json-pointer:/blocks/0/type]'],
    [
      'an inherited name as type',
      { type: 'constructor' },
      'unsupported type: constructor [json-pointer:/blocks/0/type]',
    ],
    [
      'an unknown field',
      { type: 'divider', color: 'red' },
      'invalid additional property: color [json-pointer:/blocks/0]',
    ],
    ['a section without text', { type: 'section' }, 'missing required field: text or fields [json-pointer:/blocks/0]'],
    ['an empty text', section(''), 'must be more than 0 characters [json-pointer:/blocks/0/text/text]'],
    ['a long text', section(x(3_001)), 'must be less than 3001 characters [json-pointer:/blocks/0/text/text]'],
    [
      'mrkdwn in a header',
      { type: 'header', text: mrkdwn('h') },
      'unsupported type: mrkdwn [json-pointer:/blocks/0/text/type]',
    ],
    [
      '11 fields',
      { type: 'section', fields: times(11, mrkdwn('f')) },
      'no more than 10 items allowed [json-pointer:/blocks/0/fields]',
    ],
    [
      'no elements',
      { type: 'actions', elements: [] },
      'no fewer than 1 items allowed [json-pointer:/blocks/0/elements]',
    ],
    [
      'an image without alt text',
      { type: 'image', image_url: 'https://a.example/' },
      'missing required field: alt_text [json-pointer:/blocks/0]',
    ],
    [
      'an image with two sources',
      { type: 'image', image_url: 'https://a.example/', slack_file: { id: 'F012345678' }, alt_text: 'a' },
      'only one of these fields is allowed: image_url, slack_file [json-pointer:/blocks/0]',
    ],
    [
      'a file id that is none',
      { type: 'image', slack_file: { id: 'F1' }, alt_text: 'a' },
      'must be a valid file id [json-pointer:/blocks/0/slack_file/id]',
    ],
    [
      'a long button label',
      { type: 'actions', elements: [button({ text: plain(x(76)) })] },
      'must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]',
    ],
    [
      'an unknown button style',
      { type: 'actions', elements: [button({ style: 'warning' })] },
      'must be a valid enum value: primary, danger [json-pointer:/blocks/0/elements/0/style]',
    ],
    [
      'a script as link',
      { type: 'actions', elements: [button({ url: 'javascript:alert(1)' })] },
      'must be a valid url [json-pointer:/blocks/0/elements/0/url]',
    ],
    [
      'two elements with one action id',
      { type: 'actions', elements: [button(), button()] },
      'action_id `go` already exists [json-pointer:/blocks/0]',
    ],
    [
      '101 options',
      { type: 'actions', elements: [{ type: 'static_select', options: options(101) }] },
      'no more than 100 items allowed [json-pointer:/blocks/0/elements/0/options]',
    ],
    [
      'an initial option that is not offered',
      {
        type: 'actions',
        elements: [{ type: 'static_select', options: options(2), initial_option: { text: plain('9'), value: '9' } }],
      },
      'initial_option must be one of the options [json-pointer:/blocks/0/elements/0]',
    ],
    [
      'a text input among actions',
      { type: 'actions', elements: [{ type: 'plain_text_input' }] },
      'unsupported type: plain_text_input [json-pointer:/blocks/0/elements/0/type]',
    ],
    [
      'a table with uneven rows',
      { type: 'table', rows: [[cell('a')], [cell('a'), cell('b')]] },
      'all rows must have the same number of cells [json-pointer:/blocks/0/rows]',
    ],
    [
      'an empty cell',
      { type: 'table', rows: [[cell('')]] },
      'must be more than 0 characters [json-pointer:/blocks/0/rows/0/0/text]',
    ],
  ])('%s', (_what, block, complaint) => {
    expect(validateBlocks([block])).toContain(complaint);
  });

  it('more than fifty', () => {
    expect(validateBlocks(times(51, { type: 'divider' }))).toEqual([
      'no more than 50 items allowed [json-pointer:/blocks]',
    ]);
  });

  it('two with one block id', () => {
    const blocks = times(2, { type: 'divider', block_id: 'a' });

    expect(validateBlocks(blocks)).toEqual(['block_id already exists [json-pointer:/blocks/1/block_id]']);
  });

  it('a second table', () => {
    const blocks = times(2, { type: 'table', rows: [[cell('a')]] });

    expect(validateBlocks(blocks)).toEqual(['only_one_table_allowed [json-pointer:/blocks/1]']);
  });

  it('a table with more than 10,000 characters', () => {
    const blocks = [{ type: 'table', rows: times(5, [cell(x(2_001))]) }];

    expect(validateBlocks(blocks)[0]).toContain('must have less than 10001 characters');
  });

  it.each<[string, Surface, boolean]>([
    ['alert', 'message', false],
    ['alert', 'modal', true],
    ['table', 'modal', false],
    ['table', 'home', true],
    ['markdown', 'home', false],
    ['markdown', 'message', true],
  ])('%s on a %s: %s', (type, surface, allowed) => {
    const blocks = {
      alert: { type, text: mrkdwn('a') },
      table: { type, rows: [[cell('a')]] },
      markdown: { type, text: 'a' },
    }[type as 'alert' | 'table' | 'markdown'];

    expect(validateBlocks([blocks], surface).length === 0).toBe(allowed);
  });
});

describe('a chart', () => {
  const chart = (points: number, categories = points) => ({
    type: 'data_visualization',
    title: 'Machines',
    chart: {
      type: 'line',
      series: [{ name: 'kms1', data: Array.from({ length: points }, (_, i) => ({ label: `d${i}`, value: i })) }],
      axis_config: { categories: Array.from({ length: categories }, (_, i) => `d${i}`) },
    },
  });

  it.each([
    ['twenty points', [chart(20)], 0],
    ['twenty-one points', [chart(21)], 2],
    ['a category without a point', [chart(3, 4)], 1],
    ['a third chart', times(3, chart(2)), 1],
  ])('with %s has the right number of faults', (_what, blocks, faults) => {
    expect(validateBlocks(blocks)).toHaveLength(faults);
  });
});

describe('a view', () => {
  const modal = { type: 'modal', title: plain('Diagnose'), blocks: [] };
  const input = { type: 'input', label: plain('Machine'), element: { type: 'plain_text_input', action_id: 'a' } };

  it.each<[string, object, string[]]>([
    ['opens as it is', modal, []],
    [
      'needs a title of at most 24',
      { ...modal, title: plain(x(25)) },
      ['must be less than 25 characters [json-pointer:/title/text]'],
    ],
    [
      'needs a submit with an input',
      { ...modal, blocks: [input] },
      ['missing required field: submit [json-pointer:/submit]'],
    ],
    ['needs blocks', { type: 'modal', title: plain('x') }, ['missing required field: blocks [json-pointer:]']],
    [
      'has at most 3,000 characters of metadata',
      { ...modal, private_metadata: x(3_001) },
      ['must be less than 3001 characters [json-pointer:/private_metadata]'],
    ],
    [
      'has no title as App Home',
      { type: 'home', title: plain('x'), blocks: [] },
      ['invalid additional property: title [json-pointer:]'],
    ],
  ])('%s', (_what, view, complaints) => {
    expect(validateView(view)).toEqual(complaints);
  });
});

describe('whatever is sent', () => {
  it('is judged without an exception', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom<Surface>('message', 'modal', 'home'), (value, surface) => {
        expect(Array.isArray(validateBlocks(value, surface))).toBe(true);
        expect(Array.isArray(validateView(value))).toBe(true);
      }),
    );
  });

  it('passes exactly while a text is within its limit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: BLOCK_LIMITS.header + 50 }), (length) => {
        const complaints = validateBlocks([{ type: 'header', text: plain(x(length)) }]);
        expect(complaints.length === 0).toBe(length <= BLOCK_LIMITS.header);
      }),
    );
  });
});
