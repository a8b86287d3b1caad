/** The page: one person, one channel, its messages live, and a box to type into. */

import { lookup } from '../lookup.ts';
import { messageNodes } from './blocks.js';
import { showModal } from './modal.js';
import { el } from './text.js';

const workspace = JSON.parse(document.getElementById('workspace').textContent);
const personBox = document.getElementById('person');
const channelBox = document.getElementById('channel');
const messageList = document.getElementById('messages');
const composer = document.getElementById('composer');
const textBox = document.getElementById('text');
const threadNote = document.getElementById('thread');
const notice = document.getElementById('notice');
const connection = document.getElementById('connection');
const dialog = document.getElementById('modal');

let stream;
let now = Date.now();
let thread;
const history = [];
let recalled = 0;

function person() {
  return workspace.people.find((one) => one.id === personBox.value);
}

function names(id) {
  return lookup(workspace.names, id) ?? id;
}

function reader() {
  return { timeZone: person().tz, locale: person().locale, nowMs: now };
}

/** Sends what the person did; what went wrong is said below the box. */
async function post(path, body) {
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ user: personBox.value, ...body }),
  });
  const answer = await response.json();
  notice.textContent = response.ok ? (answer.error ?? '') : answer.message;
  return response.ok ? answer : undefined;
}

function messageNode(message) {
  const where = { names, reader, use: (block, element, value) => clickIn(message, block, element, value) };
  const at = new Date(Number(message.ts) * 1000).toLocaleTimeString(person().locale, { timeZone: person().tz });
  const notes = [at, message.edited && 'edited', message.ephemeral && 'only visible to you'].filter(Boolean);
  const head = el('div', '', el('span', 'by', names(message.user)), ' ', el('span', 'quiet', notes.join(' · ')));
  const item = el('li', message.thread_ts ? 'message reply' : 'message', head, ...messageNodes(message, where));
  for (const file of message.files) item.append(el('p', '', fileLink(file)));
  if (!message.ephemeral) item.append(replyButton(message));
  return item;
}

function fileLink(file) {
  const anchor = el('a', '', `${file.name} (${file.size} bytes)`);
  anchor.href = `/lab/files/${encodeURIComponent(file.id)}`;
  anchor.download = file.name;
  return anchor;
}

function replyButton(message) {
  const button = el('button', 'quiet', 'Reply in thread');
  button.type = 'button';
  button.addEventListener('click', () => setThread(message.thread_ts ?? message.ts));
  return button;
}

function setThread(ts) {
  thread = ts;
  threadNote.hidden = ts === undefined;
  textBox.focus();
}

function clickIn(message, block, element, value) {
  const { block_id } = block;
  post('/lab/click', { channel: channelBox.value, ts: message.ts, block_id, action_id: element.action_id, value });
}

/** Replies stand below their parent, whenever they were said. */
function threaded(messages) {
  const roots = messages.filter(
    (message) => !message.thread_ts || !messages.some((one) => one.ts === message.thread_ts),
  );
  return roots.flatMap((root) => [root, ...messages.filter((one) => one.thread_ts === root.ts && one !== root)]);
}

function show(snapshot) {
  now = snapshot.now;
  const atEnd = messageList.scrollHeight - messageList.scrollTop - messageList.clientHeight < 40;
  reconcile(threaded(snapshot.messages));
  if (atEnd) messageList.scrollTop = messageList.scrollHeight;
  showModal(dialog, snapshot.modal, modalContext(snapshot.modal), modalActions);
}

/** Only what changed is drawn anew, so that focus and screen readers keep their place. */
function reconcile(messages) {
  const drawn = new Map([...messageList.children].map((node) => [node.dataset.ts, node]));
  const nodes = messages.map((message) => {
    const old = drawn.get(message.ts);
    const content = JSON.stringify(message);
    if (old?.dataset.content === content) return old;
    const fresh = messageNode(message);
    fresh.dataset.ts = message.ts;
    fresh.dataset.content = content;
    return fresh;
  });
  nodes.forEach((node, index) => {
    if (messageList.children[index] !== node) messageList.insertBefore(node, messageList.children[index] ?? null);
  });
  while (messageList.children.length > nodes.length) messageList.lastElementChild.remove();
}

function modalContext(view) {
  const use = (block, element, value) =>
    post('/lab/click', { view_id: view.id, block_id: block.block_id, action_id: element.action_id, value });
  return { names, reader, use };
}

const modalActions = {
  submit: (values) => post('/lab/submit', { values }),
  close: () => post('/lab/close', {}),
  suggest: async (action_id, value) => (await post('/lab/suggest', { action_id, value }))?.body?.options,
};

function connect() {
  stream?.close();
  messageList.replaceChildren();
  const query = new URLSearchParams({ user: personBox.value, channel: channelBox.value });
  stream = new EventSource(`/lab/stream?${query}`);
  stream.onopen = () => {
    connection.textContent = 'live';
  };
  stream.onerror = () => {
    connection.textContent = 'not connected';
  };
  stream.onmessage = (event) => show(JSON.parse(event.data));
  localStorage.setItem('where', JSON.stringify([personBox.value, channelBox.value]));
}

/** The channels this person sees, and their direct messages with the bot. */
function fillChannels() {
  const before = channelBox.value;
  const seen = workspace.channels.filter((channel) => channel.seenBy.includes(personBox.value));
  const nodes = [...seen, { id: 'dm', name: `direct messages with ${workspace.botName}` }].map((channel) => {
    const node = el('option', '', channel.id === 'dm' ? channel.name : `#${channel.name}`);
    node.value = channel.id;
    return node;
  });
  channelBox.replaceChildren(...nodes);
  if (nodes.some((node) => node.value === before)) channelBox.value = before;
}

composer.addEventListener('submit', async (event) => {
  event.preventDefault();
  const text = textBox.value;
  if (text.trim() === '') return;
  history.push(text);
  recalled = history.length;
  textBox.value = '';
  const reply = thread === undefined ? {} : { thread_ts: thread };
  await post('/lab/say', { channel: channelBox.value, text, ...reply });
});

textBox.addEventListener('keydown', (event) => {
  const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (step === undefined || history.length === 0) return;
  event.preventDefault();
  recalled = Math.min(Math.max(recalled + step, 0), history.length);
  textBox.value = history[recalled] ?? '';
});

document.getElementById('leave-thread').addEventListener('click', () => setThread(undefined));
personBox.addEventListener('change', () => {
  fillChannels();
  connect();
});
channelBox.addEventListener('change', () => {
  setThread(undefined);
  connect();
});

for (const one of workspace.people) {
  const node = el('option', '', `${one.realName} (${one.rights.join(', ') || 'no rights'})`);
  node.value = one.id;
  personBox.append(node);
}
const [who, where] = JSON.parse(localStorage.getItem('where') ?? '[]');
if (workspace.people.some((one) => one.id === who)) personBox.value = who;
fillChannels();
if ([...channelBox.options].some((node) => node.value === where)) channelBox.value = where;
connect();
textBox.focus();
