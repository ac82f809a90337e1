// Asks every second what all balancers tell, and has it drawn. The balancer that this page came from asks the
// others. When it does not answer, one of them is asked itself: the address in the browser may be that of a
// balancer that has just died.

import { lastHour, look } from './model.js';
import { moves } from './moves.js';
import { draw } from './view.js';

const EVERY = 1000;
const HIDDEN = 10_000; // while nobody looks
const LIMIT = 2500;
const MOST = 500;
const HOUR = 10_000; // between two questions for the last hour

const events = new Map(); // by balancer, boot and sequence
const gaps = new Set(['begin']); // whose older events are missing
const silent = new Set(); // who did not tell at the last turn
const places = new Set(); // where the others are asked
const hours = new Map(); // by balancer: its last hour, as it told it last
let hourAt = 0;
let heard = 0;

async function ask(base) {
  const many = gaps.size ? MOST : 30;
  const hour = Date.now() >= hourAt ? '&hour=1' : '';
  const there = base === '' ? {} : { mode: 'cors', credentials: 'include' };
  const answer = await fetch(`${base}site.json?events=${many}${hour}`, { cache: 'no-store', signal: AbortSignal.timeout(LIMIT), ...there });
  if (!answer.ok) throw new Error(`it answers ${answer.status}`);
  const site = await answer.json();
  if (many === MOST) gaps.clear();
  if (hour) hourAt = Date.now() + HOUR;
  return site;
}

async function anybody() {
  let why;
  for (const base of ['', ...places]) {
    try {
      return [await ask(base), base];
    } catch (error) {
      why ??= error.name === 'TimeoutError' ? 'no answer in time' : error.message;
    }
  }
  throw new Error(why);
}

function remember(site) {
  for (const { node, told: now, before } of site.balancers) {
    if (!now) silent.add(node);
    else if (silent.delete(node)) gaps.add(node);
    const told = now ?? before;
    if (now?.hour) hours.set(node, now.hour);
    if (!told) continue;
    for (const peer of told.addresses.peers) places.add(`http://${peer.address}:${told.addresses.health_port}/`);
    const had = [...events.values()].some((one) => one.node === node && one.sequence >= (told.events[0]?.sequence ?? 0));
    if (now && !had && told.events.length && events.size) gaps.add(node);
    for (const one of told.events) events.set(`${node} ${one.boot} ${one.sequence}`, { ...one, node, time: Date.parse(one.time) });
  }
}

async function turn() {
  const live = document.getElementById('live');
  try {
    const [site, base] = await anybody();
    heard = Date.now();
    remember(site);
    const all = [...events.values()];
    draw(look(site, heard), moves(all), all, heard, lastHour(hours));
    live.className = 'live';
    live.textContent = base === '' ? `live, as ${site.node} hears it from all` : `live, from ${site.node}: the balancer of this address does not answer`;
  } catch (error) {
    live.className = 'live lost';
    live.textContent = heard ? `No balancer answers here (${error.message}). This is how it was ${Math.round((Date.now() - heard) / 1000)} s ago.`
      : `No balancer answers here: ${error.message}.`;
  }
}

async function forever() {
  for (;;) {
    const began = Date.now();
    await turn();
    const pause = document.hidden ? HIDDEN : EVERY;
    await new Promise((go) => {
      setTimeout(go, Math.max(200, pause - (Date.now() - began)));
      document.addEventListener('visibilitychange', go, { once: true });
    });
  }
}

forever();
