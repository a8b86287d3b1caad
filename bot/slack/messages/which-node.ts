/** What a person reads when several machines bear the name they gave. Both languages in one file: it is short. */
import type { Safe } from '../mrkdwn.ts';
import type { Language } from './language.ts';
import { spaceBehind } from './spacing-ja.ts';

const en = {
  first: (count: number, word: Safe) => `${count} machines are called ${word}. Which one do you mean?`,
  machine: (name: Safe, id: Safe, site: Safe) => `${name} · ${id} · ${site}`,
  states: { online: 'online', offline: 'offline', 'not-running': 'not running', 'no-agent': 'no agent' },
  more: (count: number) => `and ${count} more; name the machine by its id`,
  button: 'Diagnose',
  buttonLabel: (id: string) => `Diagnose ${id}`,
};

const ja: typeof en = {
  first: (count, word) => `${spaceBehind(word)}という名前のマシンが ${count} 台あります。どれを診断しますか。`,
  machine: (name, id, site) => `${name} · ${id} · ${site}`,
  states: {
    online: 'オンライン',
    offline: 'オフライン',
    'not-running': '停止中',
    'no-agent': 'エージェントなし',
  },
  more: (count) => `ほか ${count} 台。ID でマシンを指定してください`,
  button: '診断',
  buttonLabel: (id) => `${id} を診断`,
};

export type WhichNodeTexts = typeof en;

export const whichNodeTexts: Readonly<Record<Language, WhichNodeTexts>> = { en, ja };
