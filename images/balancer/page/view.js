// Draws the picture. Text comes in as text, never as HTML; a part is drawn again only when it has changed, so that
// what somebody reads, has opened or has focused stays.

import { clock, span } from './moves.js';
import { fate, isOrdered, isUp, list, words } from './model.js';

/** An element: h('p', { class: 'small' }, 'text', other). */
export function h(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes ?? {})) if (value !== null && value !== false) element.setAttribute(key, value === true ? '' : value);
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
  return element;
}

const drawn = new Map();

function part(id, data, draw) {
  const text = JSON.stringify(data);
  if (drawn.get(id) === text) return;
  drawn.set(id, text);
  const place = document.getElementById(id);
  const open = new Set([...place.querySelectorAll('details[open]')].map((one) => one.dataset.key));
  const focused = place.contains(document.activeElement) ? document.activeElement.closest('details')?.dataset.key : null;
  place.replaceChildren(...[draw()].flat());
  for (const one of place.querySelectorAll('details')) {
    one.open = open.has(one.dataset.key);
    if (focused && one.dataset.key === focused) one.querySelector('summary').focus();
  }
}

export function draw(site, moves, events, now, hour) {
  document.getElementById('site').textContent = site.site || 'Tandem';
  document.title = `${site.troubles.length ? `(${site.troubles.length}) ` : ''}${site.site} – ${site.holders.length ? `VIP: ${list(site.holders)}` : 'VIP: nobody?'}`;
  const last = moves.find((one) => one.from !== null) ?? null;
  const lately = last && now - (last.back ?? last.at) < 3_600_000 ? [last.sentence, fate(site, last)].filter(Boolean).join('; ') : null;
  const why = lately && last.back === null && isNow(site, last) && site.troubles.some((one) => one.where === last.from);
  part('verdict', [site.troubles, site.holders, lately, why], () => verdict(site, lately, why));
  part('picture', [site.vip, site.holders, site.own, site.balancers.map((one) => [one.node, one.why, one.before_at, one.told && facts(one.told)])], () => picture(site));
  part('pools', site.pools.map((pool) => [pool.name, [...pool.servers].map(([name, by]) => [name, [...by].map(([node, one]) => [node, words(one), small(one)])])]), () => pools(site));
  part('hour', hour, () => lastHour(hour));
  part('moves', moves.map((one) => [one.sentence, one.events.length]), () => timeline(moves));
  part('orders', site.orders, () => plain(site.orders, 'None: every balancer and every server serves as tandem.yaml has it.'));
  part('certificates', site.certificates.map((one) => [one.file, one.until, one.days]), () => certificates(site.certificates));
  part('events', events.map((one) => `${one.node}${one.boot}${one.sequence}`), () => noted(events));
}

// Whether who took it then holds it since then, and nobody else does.
function isNow(site, { to, at }) {
  const holder = site.balancers.find((one) => one.node === to)?.told;
  return site.holders.join() === to && Math.abs(Date.parse(holder.vrrp.since) - at) < 2000;
}

// Where the last move says why all is not well, it comes first: whoever reads one line knows.
function verdict(site, lately, why) {
  const place = document.getElementById('verdict');
  place.className = `verdict ${site.troubles.length ? 'bad' : 'good'}`;
  const items = site.troubles.map((one) => `${one.where}: ${one.text}`);
  const head = items.length ? (items.length === 1 ? `Not well: ${items[0]}` : `Not well, ${items.length} things:`)
    : `All is well: ${list(site.holders)} holds the VIP, and ${site.balancers.length === 1 ? 'nobody stands by' : 'others stand by'}.`;
  if (why) return [h('p', null, `${lately}.`), h('ul', null, items.map((text) => h('li', null, text)))];
  return [h('p', null, head), items.length > 1 ? h('ul', null, items.map((text) => h('li', null, text))) : null,
    lately ? h('p', { class: 'last' }, `Last move: ${lately}`) : null].filter(Boolean);
}

function picture(site) {
  const one = site.holders.length === 1;
  return [
    h('div', { class: `vip ${one ? '' : 'bad'}` }, h('p', null, 'VIP'), h('strong', null, site.vip || 'unknown'),
      h('p', null, held(site.holders)),
      site.own.map(({ address, first, holders }) => h('p', null, h('strong', null, address), ` ${held(holders)}${holders.join() === first ? '' : `; first at ${first}`}`))),
    h('ul', { class: 'balancers' }, site.balancers.map(balancer)),
  ];
}

const held = (holders) => (holders.length ? `held by ${list(holders)}` : 'nobody known holds it');

// What stands on a balancer's card.
function facts(told) {
  const { haproxy, frontends, vrrp, duty } = told;
  const number = (value) => (value === null || value === undefined ? 'unknown' : String(value));
  return {
    state: vrrp.state ?? 'unknown', holds: told.vip.here, duty, own: (told.more_vips ?? []).filter((one) => one.first && one.here).map((one) => one.address),
    VRRP: vrrp.since ? `${vrrp.state} since ${when(Date.parse(vrrp.since))}` : vrrp.state ?? 'unknown',
    HAProxy: !haproxy.answers ? 'gives no answer' : haproxy.down ? 'does not serve' : `serves, for ${span(1000 * haproxy.up_s)}`,
    'Open connections': `${number(haproxy.open)} of ${number(haproxy.most)}`,
    Clients: frontends ? frontends.map((one) => `${one.name} ${one.mode === 'tcp' ? one.new_per_second : one.requests_per_second}/s`).join(', ') : 'unknown',
    Listeners: told.listeners.filter((one) => one.at === null).map((one) => `${one.name} ${one.answers}`).join(', ') || 'unknown',
    'Hand-over': { on: `open connections outlive a move${told.handed_over?.connections ? `: ${told.handed_over.connections} did` : ''}`, off: 'off', impossible: 'not possible here' }[told.handover] ?? 'unknown',
    Duty: duty ?? 'unknown',
    Image: told.image.packages_of ? `packages of ${told.image.packages_of}` : 'unknown',
  };
}

function balancer({ node, address, told, why, before, before_at: at }) {
  if (!told)
    return h('li', { class: 'balancer silent' }, h('div', { class: 'top' }, h('h3', null, node), tag('does not answer', 'bad')),
      h('p', { class: 'small' }, `${address}: ${why}`),
      before ? h('p', { class: 'small' }, `It told last at ${when(Date.parse(at))}: VRRP ${before.vrrp.state}, HAProxy ${before.haproxy.down ? 'does not serve' : 'serves'}.`) : null);
  const { state, holds, duty, own, ...rest } = facts(told);
  const good = state === 'MASTER' || state === 'BACKUP';
  return h('li', { class: `balancer ${holds ? 'holds' : ''}` },
    h('div', { class: 'top' }, h('h3', null, node), h('span', { class: 'tags' }, holds ? tag('holds the VIP', 'good') : null, own.map((address) => tag(`holds ${address}`, 'good')),
      duty !== 'serve' && duty ? tag(duty, 'warn') : null, tag(state, good ? (holds ? 'good' : 'plain') : 'bad'))),
    h('dl', { class: 'facts' }, Object.entries(rest).map(([name, value]) => [h('dt', null, name), h('dd', null, value)])));
}

const tag = (text, kind) => h('span', { class: `tag ${kind}` }, text);

function small(server) {
  const rate = `${server.new_per_second ?? '?'}/s, ${server.open ?? '?'} open`;
  return `${rate}${server.answer_ms ? `, ${server.answer_ms} ms` : ''}${server.failed ? `, ${server.failed} failed` : ''}`;
}

function pools(site) {
  if (!site.pools.length) return h('p', { class: 'none' }, 'Unknown: no balancer told of any.');
  const nodes = site.balancers.filter((one) => one.told).map((one) => one.node);
  return site.pools.map((pool) => h('div', { class: 'pool' }, h('table', null,
    h('caption', null, h('h3', null, pool.name, ' ', h('span', { class: 'small' }, pool.mode === 'tcp' ? 'TCP' : pool.name.endsWith('-tls') ? 'HTTP, over TLS' : 'HTTP'))),
    h('thead', null, h('tr', null, h('th', { scope: 'col' }, 'server'), nodes.map((node) => h('th', { scope: 'col' }, `by ${node}`)))),
    h('tbody', null, [...pool.servers].map(([name, by]) => h('tr', null, h('th', { scope: 'row' }, name), nodes.map((node) => seen(by.get(node)))))))));
}

function seen(server) {
  if (!server) return h('td', null, tag('unknown', 'warn'));
  return h('td', null, tag(server.status, isUp(server) ? 'good' : isOrdered(server) ? 'warn' : 'bad'),
    h('span', { class: 'small' }, isUp(server) ? small(server) : words(server).replace(/^[^(]*/, '') || small(server)));
}

const WIDE = 720;
const HIGH = 100;

function drawing(name, attributes, ...children) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

// Requests as a line, steps with errors as bars that can be seen however few they are. What is not known is a gap.
function lastHour({ step, requests, errors }) {
  const known = requests.filter((one) => one !== null);
  if (!known.length) return h('p', { class: 'none' }, 'Not known yet: each balancer counts since its page was started.');
  const peak = Math.max(...known);
  const most = Math.max(1, peak);
  const steps = 3600 / step;
  const x = (i) => (((steps - requests.length + i) * WIDE) / steps).toFixed(1);
  const y = (value) => (HIGH - (value * (HIGH - 4)) / most).toFixed(1);
  let line = '';
  requests.forEach((value, i) => { if (value !== null) line += `${(requests[i - 1] ?? null) === null ? 'M' : 'L'}${x(i)} ${y(value)}`; });
  const bars = errors.map((value, i) => (value ? `M${x(i)} ${HIGH}V${Math.min(y(value), HIGH - 8)}` : '')).join('');
  const sum = (all) => all.reduce((a, b) => a + (b ?? 0), 0);
  const wrong = sum(errors);
  const all = known.length >= steps;
  const text = `${sum(known)} requests in the ${all ? 'last hour' : `${span(1000 * known.length * step)} of the last hour that are known`}, at most ${(peak / step).toFixed(1)} per second; ${wrong ? `${wrong} answered with an error (5xx)` : 'none answered with an error (5xx)'}`;
  return h('div', { class: 'box hour' }, drawing('svg', { viewBox: `0 0 ${WIDE} ${HIGH}`, preserveAspectRatio: 'none', role: 'img', 'aria-label': text },
    drawing('path', { class: 'requests', d: line }), drawing('path', { class: 'errors', d: bars })), h('p', { class: 'small' }, `${text}.`));
}

function timeline(moves) {
  if (!moves.length) return h('p', { class: 'none' }, 'No balancer remembers a move.');
  return h('ol', { class: 'moves' }, moves.slice(0, 30).map((one) => h('li', null,
    h('time', { datetime: new Date(one.at).toISOString() }, when(one.at)), h('p', null, one.sentence),
    one.events.length ? h('details', { 'data-key': `${one.at}${one.to}` }, h('summary', null, 'What was noted'), log(one.events)) : null)));
}

const log = (events) => h('ul', { class: 'log' }, events.map((one) => h('li', null, `${clock(one.time)} `, h('b', null, one.node), ` ${one.text}`)));

function noted(events) {
  if (!events.length) return h('p', { class: 'none' }, 'Nothing.');
  return h('div', { class: 'box' }, h('details', { 'data-key': 'all' }, h('summary', null, `The last ${Math.min(200, events.length)}, the newest first`),
    log([...events].sort((a, b) => b.time - a.time || b.sequence - a.sequence).slice(0, 200))));
}

function plain(items, otherwise) {
  return items.length ? h('ul', { class: 'items' }, items.map((one) => h('li', null, h('b', null, one.where), ` ${one.text}`))) : h('p', { class: 'none' }, otherwise);
}

function certificates(all) {
  if (!all.length) return h('p', { class: 'none' }, 'Unknown: no balancer told of one.');
  return h('ul', { class: 'items' }, all.map((one) => h('li', null, h('b', null, one.file), ` of ${one.subject ?? 'unknown'}: `,
    one.days === null ? 'unknown when it ends' : one.days < 0 ? `ended on ${one.until.slice(0, 10)}` : `until ${one.until.slice(0, 10)}, ${one.days} days`)));
}

/** The time, with the day when that is not today's. */
function when(time) {
  const at = new Date(time);
  const today = new Date().toDateString() === at.toDateString();
  return today ? clock(time).slice(0, 8) : `${at.getFullYear()}-${String(at.getMonth() + 1).padStart(2, '0')}-${String(at.getDate()).padStart(2, '0')} ${clock(time).slice(0, 8)}`;
}
