// What only an operator may do: command lines, as they would be typed. The page asks before it sends one that
// changes something; what the command itself asks, with its plan, is answered here.

import { h } from './view.js';

const EVERY = 300;
const RESTS = 2000;
const ORDERS = ['drain', 'ready', 'weight', 'maintenance', 'switchover'];
const READS = ['status', 'plan', 'doctor', 'why'];

const said = h('pre', { id: 'said', tabindex: '0', 'aria-label': 'What the command says' });
const typed = h('code', { id: 'typed' });
const state = h('span', { id: 'state', class: 'tag plain', role: 'status' });
const asks = h('div', { id: 'asks', class: 'asks', role: 'alertdialog', 'aria-label': 'A question' });
const node = h('select', { id: 'node' });
const share = h('input', { id: 'share', type: 'number', min: '1', max: '100', value: '50' });

let site = { balancers: [], servers: [] };
let shown = 0; // the number of the command that stands here
let runs = false;

async function post(path, body) {
  const answer = await fetch(path, { method: 'POST', body });
  if (!answer.ok) said.textContent = await answer.text();
  await look();
}

const button = (text, act, kind) => {
  const made = h('button', { type: 'button', class: kind ?? null }, text);
  made.addEventListener('click', act);
  return made;
};

function ask(question, yes, no) {
  asks.replaceChildren(h('p', null, question), button(yes.text, yes.act, 'strong'), button(no.text, no.act));
  asks.hidden = false;
  asks.querySelector('button').focus();
}

function silent() {
  asks.hidden = true;
  asks.replaceChildren();
  delete asks.dataset.question;
}

/** A command that changes something without asking is shown first. */
function offer(line) {
  ask(`tandem ${line}`, { text: 'Run it', act: () => { silent(); post('run', line); } }, { text: 'Leave it', act: silent });
}

function order(verb) {
  const name = node.value;
  if (verb === 'switchover') return offer(site.balancers.includes(name) ? `switchover ${name}` : 'switchover');
  return offer(verb === 'weight' ? `weight ${name} ${share.value}%` : `${verb} ${name}`);
}

/** Only what the chosen node can be told. */
function choose() {
  const balancer = site.balancers.includes(node.value);
  for (const one of document.querySelectorAll('[data-order]')) {
    const verb = one.dataset.order;
    one.disabled = runs || (verb === 'maintenance' || verb === 'switchover' ? !balancer : verb !== 'ready' && balancer);
  }
  for (const one of document.querySelectorAll('[data-command]')) one.disabled = runs;
}

function section() {
  const orders = ORDERS.map((verb) => {
    const made = button(verb, () => order(verb));
    made.dataset.order = verb;
    return made;
  });
  const commands = [...READS.map((verb) => button(verb, () => post('run', verb))), button('apply', () => post('run', 'apply'), 'strong'),
    button('rollback', () => post('run', 'rollback'))];
  for (const one of commands) one.dataset.command = one.textContent;
  node.addEventListener('change', choose);
  return h('section', { id: 'operate', 'aria-labelledby': 'operate-head' },
    h('h2', { id: 'operate-head' }, 'Operate'),
    h('div', { class: 'box' },
      h('p', { class: 'row' }, commands),
      h('p', { class: 'row' }, h('label', null, 'Node ', node), orders, h('label', null, 'weight in % ', share)),
      asks, h('p', { class: 'row' }, typed, state), said));
}

function draw(session) {
  runs = session.runs;
  typed.textContent = session.typed ? `$ ${session.typed}` : '';
  state.hidden = !session.number;
  state.className = `tag ${runs ? 'warn' : session.exit === 0 ? 'good' : 'bad'}`;
  state.textContent = runs ? (session.question ? 'asks' : 'runs') : `exit ${session.exit}`;
  const text = session.lines.join('\n');
  if (session.number && (said.textContent !== text || shown !== session.number)) {
    const end = said.scrollTop + said.clientHeight >= said.scrollHeight - 8;
    said.textContent = text;
    if (end || shown !== session.number) said.scrollTop = said.scrollHeight;
    shown = session.number;
  }
  if (session.question && asks.dataset.question !== `${session.number}`) {
    ask(session.question, { text: 'Yes', act: () => { silent(); post('answer', 'yes'); } }, { text: 'No', act: () => { silent(); post('answer', 'no'); } });
    asks.dataset.question = `${session.number}`;
  } else if (!session.question && asks.dataset.question) silent();
  choose();
}

async function look() {
  const answer = await fetch('session.json', { cache: 'no-store' });
  if (answer.ok) draw(await answer.json());
}

async function known() {
  const answer = await fetch('operate.json', { cache: 'no-store' });
  if (!answer.ok) return;
  const now = await answer.json();
  if (JSON.stringify(now) === JSON.stringify(site)) return;
  const before = node.value;
  site = now;
  node.replaceChildren(h('optgroup', { label: 'balancers' }, site.balancers.map((one) => h('option', null, one))),
    h('optgroup', { label: 'servers' }, site.servers.map((one) => h('option', null, one))));
  if (before) node.value = before;
  const footer = document.querySelector('footer');
  for (const link of footer.querySelectorAll('a')) link.href = new URL(link.getAttribute('href'), site.page).href;
  const last = footer.querySelector('p').lastChild;
  last.textContent = last.textContent.replace('This page only reads.', 'Links lead to the balancer that holds the VIP.');
}

async function forever() {
  for (;;) {
    try {
      await known();
      await look();
    } catch {
      state.hidden = false;
      state.className = 'tag bad';
      state.textContent = 'tandem dashboard has ended';
    }
    await new Promise((go) => setTimeout(go, runs ? EVERY : RESTS));
  }
}

asks.hidden = true;
state.hidden = true;
document.getElementById('picture').after(section());
forever();
