// How the VIP moved, and why: joined from what all balancers noted. Pure: events in, sentences out.
//
// An event: { node, boot, sequence, number, time (milliseconds), kind, text }.

const BEFORE = 10_000; // how long before a move its cause is looked for
const AFTER = 120_000; // and after it: who stood still says so when it goes on
const OVER = 3_000; // what it could do again for so long before a move has not caused it
const LONGEST = 3_600_000; // a drill that never said that it healed, because it was killed
const SKEW = 60; // milliseconds by which two notes of one moment may differ

const how = (words) => words.replace(/^signal (\d+)$/, 'with signal $1').replace(/^exit (\d+)$/, 'with exit code $1');

// What a balancer notes when it is about to lose the VIP, by the first that is found: the event's text, and words
// for it. A time in the text is more exact than that of the note.
const CAUSES = [
  [/^duty: \S+ -> (\S+)$/, (m) => (m[1] === 'serve' ? null : { words: `it was told to ${m[1] === 'yield' ? 'yield' : 'go into maintenance'}` })],
  [/^running -> demoting$/, () => ({ words: 'it was told to stop' })],
  [/^haproxy ended at (\S+): (.*)$/, (m) => ({ at: Date.parse(m[1]), words: `HAProxy ended ${how(m[2])}` })],
  [/^no interface holds /, () => ({ words: 'its interface on the LAN was gone' })],
  [/^clients do not reach (.*) here; /, (m) => ({ words: `clients did not reach its ${m[1]}` })],
  [/^(\S+) works, and does not reach (.*) here$/, (m) => ({ words: `its ${m[2]} was not reached from ${m[1]}` })],
  [/^haproxy_down=1$/, () => ({ words: 'HAProxy did not answer' })],
  [/^keepalived hangs: (.*)$/, (m) => ({ words: `Keepalived hung (${m[1]})` })],
  [/^keepalived ended at (\S+): (.*)$/, (m) => ({ at: Date.parse(m[1]), words: `Keepalived ended ${how(m[2])}` })],
  [/^servers_down=1$/, () => ({ words: 'it saw no server up' })],
];

const RETURNS = /^(haproxy_down=0|servers_down=0|listener_down=0|leaving=0|maintenance=0|starting -> running|keepalived started, .*|LAN interface is .*|duty: \S+ -> serve)$/;

/** The moves, the newest first: { at, from, to, since, sentence, cause, drill, back, events }. */
export function moves(events) {
  const noted = [...events].sort((a, b) => a.time - b.time || (a.node === b.node ? a.sequence - b.sequence : 0));
  const all = noted.filter((one) => one.kind !== 'drill');
  const drills = noted.filter((one) => one.kind === 'drill');
  const found = [];
  let holder = null;
  let since = 0;
  for (const event of all) {
    if (event.kind !== 'vrrp' || event.text !== 'VRRP MASTER') continue;
    // Somebody else had it meanwhile: who never said that it is master no more, or nobody remembers who.
    if (holder === event.node && all.some((one) => one.node === holder && one.text === 'VRRP BACKUP' && one.time > since && one.time < event.time))
      ({ node: holder, time: since } = stillMaster(all, event) ?? { node: null, time: 0 });
    if (holder !== null) found.push(move(all, holder, since, event));
    else found.push({ at: event.time, from: null, to: event.node, cause: null, back: null });
    holder = event.node;
    since = event.time;
  }
  return folded(found).map((one) => ({ ...one, drill: drillAt(drills, one) }))
    .map((one) => ({ ...one, sentence: sentence(one), events: around(noted, one) })).reverse();
}

// A drill says what it is about to do, and that it has healed it; a move soon after that is still its own.
function drillAt(drills, { at, cause }) {
  const began = drills.filter((one) => /^drill: \S+ begins\b/.test(one.text) && one.time <= Math.max(at, cause?.at ?? at) + SKEW).pop();
  const what = began && /^drill: (\S+) /.exec(began.text)[1];
  const healed = began && drills.find((one) => one.text === `drill: ${what} is healed` && one.time > began.time);
  return began && (healed ? healed.time + BEFORE >= at : began.time + LONGEST >= at) ? what : null;
}

// When this one let go of it.
function stillMaster(all, event) {
  const last = new Map();
  const gone = all.filter((one) => one.kind === 'vrrp' && one.node === event.node && one.time < event.time).pop();
  for (const one of all) if (one.kind === 'vrrp' && one.time <= gone.time && one.node !== event.node) last.set(one.node, one);
  return [...last.values()].filter((one) => one.text === 'VRRP MASTER').pop();
}

function move(all, from, since, event) {
  const { node: to, time: at } = event;
  const cause = causeAt(all.filter((one) => one.node === from), from, since, at)
    ?? (from === to ? null : returned(all.filter((one) => one.node === to), at))
    ?? lost(all.filter((one) => one.node === from), from, to, at);
  return { at, from, to, cause, back: null };
}

function causeAt(own, from, since, at) {
  const near = fresh(own.filter((one) => one.time > Math.max(since, at - BEFORE) && one.time <= at + SKEW), at);
  for (const [pattern, words] of CAUSES) {
    for (const one of near) {
      const match = pattern.exec(one.text);
      const cause = match && words(match);
      if (cause) return { at: one.time, ...cause };
    }
  }
  for (const one of own) {
    const match = /^(this balancer|keepalived) did not run for ([\d.]+) s$/.exec(one.text);
    const stood = match && one.time - 1000 * Number(match[2]);
    if (match && one.time >= at - SKEW && one.time < at + AFTER && stood <= at)
      return { at: stood, words: `${match[1] === 'keepalived' ? 'Keepalived' : 'it'} stood still for ${match[2]} s` };
  }
  return null;
}

// Without what was over: it could hold the VIP again before what it noted last, or long before the move.
function fresh(near, at) {
  const said = near.filter((one) => one.time <= at && CAUSES.some(([pattern, words]) => pattern.test(one.text) && words(pattern.exec(one.text))));
  const until = Math.max(at - OVER, said.length ? said[said.length - 1].time : 0);
  const again = near.filter((one) => RETURNS.test(one.text) && one.time < until).pop();
  return again ? near.filter((one) => one.time >= again.time) : near;
}

// Who comes first and is well again takes it back.
function returned(own, at) {
  const why = own.filter((one) => one.time > at - BEFORE && one.time <= at && RETURNS.test(one.text)).pop();
  return why ? { at: why.time, words: null } : null;
}

function lost(own, from, to, at) {
  const before = own.filter((one) => one.time <= at).pop();
  const after = own.find((one) => one.time > at);
  if (before && after && after.boot !== before.boot) return { at: null, words: 'it ended without a word, killed or with its machine' };
  return { at: null, words: from === to ? 'it let go of the VIP' : `${to} heard no more of it` };
}

// There and back again is one story.
function folded(found) {
  const left = [];
  for (const one of found) {
    const last = left[left.length - 1];
    const isBack = last && one.cause && one.cause.words === null && last.from === one.to && last.to === one.from && last.back === null;
    if (isBack) last.back = one.at;
    else left.push({ ...one });
  }
  return left;
}

function sentence(move) {
  return `${story(move)}${move.drill ? ` (drill ${move.drill})` : ''}`;
}

function story({ at, from, to, cause, back }) {
  if (from === null) return `${to} took the VIP at ${clock(at)}`;
  if (cause.words === null) return `${to} was well again and took the VIP back from ${from} at ${clock(at)}`;
  const later = cause.at === null ? `at ${clock(at)}` : `${span(Math.max(0, at - cause.at))} later`;
  const when = cause.at === null ? '' : ` at ${clock(cause.at)}`;
  const again = from === to ? `${to} held the VIP again ${later}` : `${to} held the VIP ${later}`;
  const after = back === null ? '' : `; back after ${span(back - (cause.at ?? at))}`;
  return `${from}: ${cause.words}${when}; ${again}${after}`;
}

function around(all, { at, cause, back }) {
  const begin = Math.min(at, cause?.at ?? at) - 2000;
  const end = (back ?? at) + 2000;
  return all.filter((one) => one.time >= begin && one.time <= end).slice(0, 60);
}

/** 14:03:22.120, in the reader's own time. */
export function clock(time) {
  const at = new Date(time);
  const two = (number) => String(number).padStart(2, '0');
  return `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}.${String(at.getMilliseconds()).padStart(3, '0')}`;
}

/** 54 ms, 2.1 s, 4 min, 3 h, 5 days. */
export function span(milliseconds) {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  const seconds = milliseconds / 1000;
  if (seconds < 120) return `${seconds.toFixed(seconds < 10 ? 1 : 0)} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  return seconds < 172_800 ? `${Math.round(seconds / 3600)} h` : `${Math.round(seconds / 86_400)} days`;
}
