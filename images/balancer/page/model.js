// What the balancers told, as one picture of the site: who holds the VIP, what is not well in words, orders,
// certificates. Pure: site.json in, data out. What is not known is never taken for good.

const DAY = 86_400_000;
const SOON = 21; // days before the end of a certificate

const CHECKS = {
  L4CON: 'connection refused, or no way there', L4TOUT: 'nobody answered in time', L6RSP: 'TLS failed', L6TOUT: 'TLS took too long',
  L7RSP: 'its answer is no HTTP', L7STS: 'its answer is an error', L7TOUT: 'connected, no answer in time',
};

export const isUp = (server) => /^(UP|no check)/.test(server.status);
export const isOrdered = (server) => /^(MAINT|DRAIN|NOLB)/.test(server.status) && !server.status.includes('resolution');

/** @param answer site.json  @param now the time of this moment */
export function look(answer, now) {
  const balancers = [...answer.balancers].sort((a, b) => (a.node < b.node ? -1 : 1));
  const told = balancers.filter((one) => one.told);
  const holders = told.filter((one) => one.told.vip.here).map((one) => one.node);
  const any = told[0]?.told ?? balancers.find((one) => one.before)?.before;
  const servers = poolsOf(told);
  const owned = own(told);
  return {
    site: any?.site ?? '', from: answer.node, vip: vips(any).join(', '), holders, own: owned, balancers, pools: servers,
    troubles: [
      ...vipTroubles('VIP', holders, balancers), ...owned.flatMap((one) => vipTroubles(one.address, one.holders, balancers)), ...balancers.flatMap((one) => balancerTroubles(one, balancers)),
      ...poolTroubles(servers), ...certificates(told, now).filter((one) => one.trouble).map((one) => ({ where: one.file, text: one.trouble })),
    ],
    orders: orders(told, servers), certificates: certificates(told, now),
  };
}

// The VIP, and those that go where it goes; a balancer of another state may not tell of these.
const vips = (told) => (told ? [told.vip.address, ...(told.more_vips ?? []).filter((one) => !one.first).map((one) => one.address)] : []);

// Those that are first at one balancer, and who has them.
function own(told) {
  const all = new Map();
  for (const { node, told: { more_vips } } of told)
    for (const { address, first, here } of more_vips ?? []) {
      if (!first) continue;
      if (!all.has(address)) all.set(address, { address, first, holders: [] });
      if (here) all.get(address).holders.push(node);
    }
  return [...all.values()];
}

function vipTroubles(where, holders, balancers) {
  if (holders.length === 1) return [];
  if (holders.length > 1) return [{ where, text: `held by ${list(holders)} at the same time` }];
  const silent = balancers.filter((one) => !one.told).map((one) => one.node);
  return [{ where, text: silent.length ? `none of those that answer holds it; ${list(silent)} may` : 'nobody holds it' }];
}

function balancerTroubles({ node, address, told, why, before }, all) {
  if (!told) return [{ where: node, text: before?.haproxy.down ? `its HAProxy does not answer (${why})` : unheard(address, why, all) }];
  const isSilent = (address) => all.some((one) => one.address === address && !one.told);
  const found = [];
  const isOut = told.duty === 'maintenance';
  if (told.init.turn_age_ms === null || told.init.turn_age_ms > 1500) found.push('its init does not run: what it says is old');
  if (!told.haproxy.answers || told.haproxy.down) found.push('its HAProxy does not answer');
  if (!/^(MASTER|BACKUP)$/.test(told.vrrp.state ?? '') && !isOut) found.push(`its VRRP is ${told.vrrp.state ?? 'unknown'}`);
  for (const { address, first, here } of told.more_vips ?? [])
    if (!first && told.vip.here !== here) found.push(here ? `it has ${address}, and not the VIP` : `it holds the VIP without ${address}`);
  if (told.vip.here && told.vrrp.state !== 'MASTER') found.push(`it holds the VIP as ${told.vrrp.state ?? 'unknown'}`);
  for (const { at, name, answers } of told.listeners)
    if (answers === 'silent' && !isSilent(at)) found.push(at ? `it does not reach ${name} of ${nameOf(told, at)}` : `its listener ${name} does not answer`);
  for (const { name, is } of told.init.programs)
    if (is !== 'runs' && name !== 'haproxy') found.push(`its ${name} ${is === 'stopped' ? 'was stopped by a signal' : 'does not run'}`);
  if (told.handover === 'impossible') found.push('it cannot hand over open connections');
  if (!told.events_kept) found.push('what it notes does not outlive its next restart: its volume cannot be written');
  return found.map((text) => ({ where: node, text }));
}

// The others reach its listeners, so it serves: only what speaks for it is silent.
function unheard(address, why, all) {
  const reached = all.flatMap((one) => one.told?.listeners ?? []).filter((one) => one.at === address);
  return reached.length && reached.every((one) => one.answers === 'ok') ? `its listeners answer, and what speaks for it does not (${why})` : why;
}

const nameOf = (told, address) => told.addresses.peers.find((one) => one.address === address)?.name ?? address;

/** Each pool once, each of its servers as every balancer sees it. */
function poolsOf(told) {
  const pools = new Map();
  for (const { node, told: { pools: seen } } of told)
    for (const pool of seen ?? []) {
      const one = pools.get(pool.name) ?? { name: pool.name, mode: pool.mode, by: new Map(), servers: new Map() };
      pools.set(pool.name, one);
      one.by.set(node, pool);
      for (const server of pool.servers) {
        if (!one.servers.has(server.name)) one.servers.set(server.name, new Map());
        one.servers.get(server.name).set(node, server);
      }
    }
  return [...pools.values()];
}

// A server that is down in several pools for one reason is one trouble.
function poolTroubles(pools) {
  const found = [];
  const down = new Map();
  for (const pool of pools) {
    for (const [node, seen] of pool.by) if (!seen.servers.some((one) => isUp(one))) found.push({ where: pool.name, text: `${node} sees no server of it up` });
    for (const [name, by] of pool.servers) {
      const seen = [...by].filter(([, one]) => !isUp(one) && !isOrdered(one));
      if (!seen.length) continue;
      const text = `${list(seen.map(([node]) => node))} ${seen.length > 1 ? 'see' : 'sees'} it ${words(seen[0][1])}`;
      const key = `${name} ${text}`;
      down.set(key, { where: name, text, in: [...(down.get(key)?.in ?? []), pool.name] });
    }
  }
  return [...found, ...[...down.values()].map((one) => ({ where: one.where, text: `${one.text} in ${list(one.in)}` }))];
}

/** A status and its reason. */
export function words(server) {
  const why = CHECKS[server.check];
  return why && !isUp(server) ? `${server.status} (${server.check}: ${why})` : server.status;
}

function orders(told, pools) {
  const found = told.filter((one) => one.told.duty && one.told.duty !== 'serve').map((one) => ({ where: one.node, text: one.told.duty === 'maintenance' ? 'in maintenance' : 'yields the VIP' }));
  const seen = new Map();
  for (const pool of pools)
    for (const [name, by] of pool.servers)
      for (const server of by.values()) {
        if (isOrdered(server)) seen.set(`${name} ${server.status}`, { where: name, text: server.status.startsWith('MAINT') ? 'in maintenance' : 'drained: it gets nothing new' });
        else if (server.weight !== null && server.weight !== 100 && isUp(server)) seen.set(`${name} weight`, { where: name, text: `has ${server.weight} % of its usual share` });
      }
  return [...found, ...seen.values()];
}

function certificates(told, now) {
  const seen = new Map();
  for (const { told: { certificates: all } } of told) for (const one of all ?? []) seen.set(`${one.file} ${one.fingerprint}`, one);
  return [...seen.values()].map((one) => {
    const days = one.until === null ? null : Math.floor((Date.parse(one.until) - now) / DAY);
    const trouble = days === null ? 'unknown when it ends' : days < 0 ? 'it has ended' : days < SOON ? `it ends in ${days} days` : null;
    return { ...one, days, trouble };
  });
}

/** What became of what clients had open at the balancer that lost the VIP; null when that is not known. */
export function fate(answer, move) {
  const one = answer.balancers.find(({ node }) => node === move.from);
  const told = one?.told ?? one?.before;
  if (!told || move.from === move.to) return null;
  const handed = told.handed_over;
  if (handed?.last_at && Math.abs(Date.parse(handed.last_at) - move.at) < 5000) return `${many(handed.last, 'open connection')} ${handed.last === 1 ? 'goes' : 'go'} on there`;
  const lost = told.clients?.at && (!one.told || told.haproxy.down || /HAProxy/.test(move.cause?.words ?? ''));
  const age = lost && (move.cause?.at ?? move.at) - Date.parse(told.clients.at);
  if (!lost || age <= -2000 || age >= 30_000 || told.clients.open === null) return null;
  const open = told.clients.open;
  return open === 0 ? 'clients had no connection open there' : `clients had ${many(open, 'connection')} open there, which ${open === 1 ? 'is' : 'are'} lost`;
}

const many = (number, what) => `${number} ${what}${number === 1 ? '' : 's'}`;

/** The last hour of all balancers together, the newest step last: { step, requests, errors }. What nobody knows is null. */
export function lastHour(hours) {
  const all = [...hours.values()].filter(Boolean);
  const length = Math.max(0, ...all.map((one) => one.requests.length));
  const sum = (name) => Array.from({ length }, (_, i) => {
    const known = all.map((one) => one[name][one[name].length - length + i] ?? null).filter((value) => value !== null);
    return known.length ? known.reduce((a, b) => a + b, 0) : null;
  });
  return { step: all[0]?.every_s ?? 10, requests: sum('requests'), errors: sum('errors') };
}

/** haproxy-a, haproxy-b and haproxy-c */
export function list(names) {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]}`;
}
