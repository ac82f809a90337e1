// Draws the charts of a drill's page: for each fault its whole run, and closer views of what
// matters. All layers share one time axis. From top to bottom: the names of the events, a row for
// each kind of loss, the requests as a stack, a row for each owner of the VIP.
(() => {
  'use strict';

  const ROW = 16; // height of a row of losses or owners
  const NAMES = 14; // height of a row of event names
  const STACK = 130; // height of the stack
  const PAPER = 680; // width of a chart on paper
  const WEIGHT = { DRILL: 0, VRRP: 1, OWNER: 2, CLIENT: 3, ENGINE: 4, PROGRAM: 5, CHECK: 6 };

  const colour = name => getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();
  const colourOf = kind => colour(kind === 'OK' ? 'answered' : kind.toLowerCase().replaceAll('_', '-'));
  const sum = counts => counts.reduce((a, b) => a + b, 0);

  /** What one fault's data say; counts lie by bin. */
  function read(host) {
    const data = JSON.parse(document.getElementById('data-' + host.dataset.chart).textContent);
    const length = data.series.length ? data.series[0].counts.length : 0;
    const zeros = () => new Array(length).fill(0);
    const ok = data.series.find(one => one.kind === 'OK');
    return {
      ...data,
      length,
      answered: ok ? ok.counts : zeros(),
      lost: data.series.filter(one => one.kind !== 'OK'),
      to: data.from + length * data.width,
      time: bin => data.from + bin * data.width,
    };
  }

  /** The spans worth a closer look: from the fault on, and from the heal where that cost something. */
  function closer(data) {
    const views = [];
    if (data.struck === null) return views;
    const split = data.healing ?? data.to;
    const losses = [];
    for (let bin = 0; bin < data.length; bin++) {
      if (data.lost.some(one => one.counts[bin] > 0)) losses.push(data.time(bin));
    }
    const told = data.events
      .filter(one => ['VRRP', 'OWNER', 'CLIENT'].includes(one.kind)).map(one => one.at);
    const look = (title, start, moments) => {
      if (!moments.length) return;
      const last = Math.max(...moments) - start;
      const from = Math.max(data.from, start - Math.max(0.1, last * 0.15));
      const to = Math.min(data.to, start + Math.max(0.3, last * 1.25));
      if (to - from < (data.to - data.from) * 0.6) views.push({ title, from, to });
    };
    const between = (all, a, b) => all.filter(at => at >= a && at < b);
    look('From the moment the fault struck, closer', data.struck,
      between([...losses, ...told], data.struck - data.width, split));
    if (data.healing !== null && between(losses, split, data.to).length) {
      look('From the heal, closer', data.healing, between([...losses, ...told], split, data.to));
    }
    return views;
  }

  /** A pattern of slanted lines, so that it is told apart without its colour. */
  function hatch(context, ratio, tone) {
    const size = 6 * ratio;
    const tile = document.createElement('canvas');
    tile.width = tile.height = size;
    const pen = tile.getContext('2d');
    pen.strokeStyle = tone;
    pen.lineWidth = 1.4 * ratio;
    for (const shift of [-size, 0, size]) {
      pen.moveTo(shift, size);
      pen.lineTo(shift + size, 0);
    }
    pen.stroke();
    return context.createPattern(tile, 'repeat');
  }

  /** The part of the data that a view shows, its last bin twice: a step needs an end. */
  function cut(data, view) {
    const first = Math.max(0, Math.floor((view.from - data.from) / data.width + 1e-6));
    const end = Math.min(data.length, Math.ceil((view.to - data.from) / data.width - 1e-6));
    const xs = [];
    for (let bin = first; bin <= end; bin++) xs.push(data.time(bin));
    const part = counts => [...counts.slice(first, end), counts[end - 1]];
    return { first, xs, answered: part(data.answered), lost: data.lost.map(one => part(one.counts)) };
  }

  /** Heights of the layers, and the scale on which all of them lie. */
  function layout(data, shown, width) {
    const names = (width < 560 ? 3 : 4) * NAMES + 6;
    const rows = data.lost.length * ROW + (data.lost.length ? 6 : 0);
    const owners = data.nodes.length * ROW + (data.nodes.length ? 8 : 0);
    let most = 1;
    shown.answered.forEach((count, i) => {
      most = Math.max(most, (count ?? 0) + shown.lost.reduce((all, one) => all + (one[i] ?? 0), 0));
    });
    most *= 1.06;
    const unit = most / STACK;
    return {
      names, rows, owners, most,
      plot: names + rows + STACK + owners,
      low: -owners * unit,
      high: (STACK + rows + names) * unit,
    };
  }

  /** Draws on the canvas of a chart, in its pixels. */
  function painter(u, data, shown, lay) {
    const pen = u.ctx;
    const ratio = pen.canvas.width / u.width;
    const { left, top, width, height } = u.bbox;
    const right = left + width;
    const x = at => u.valToPos(at, 'x', true);
    const y = count => u.valToPos(count, 'y', true);
    const font = (size, weight = 400) => {
      pen.font = `${weight} ${size * ratio}px ${getComputedStyle(document.body).fontFamily}`;
      pen.textBaseline = 'middle';
    };
    const inside = paint => {
      pen.save();
      pen.beginPath();
      pen.rect(left, top, width, height);
      pen.clip();
      paint();
      pen.restore();
    };

    function phase() {
      if (data.struck === null) return;
      inside(() => {
        pen.fillStyle = colour('phase');
        const from = x(data.struck);
        pen.fillRect(from, top, x(data.normal ?? data.to) - from, height);
      });
    }

    function gutter(text, middle) {
      font(11);
      pen.fillStyle = colour('ink');
      pen.textAlign = 'right';
      pen.fillText(text, left - 7 * ratio, middle, left - 8 * ratio);
    }

    /** On top of the stack: at least 3 pixels high and 2 wide. In a row of its own: every bin. */
    function losses() {
      const base = shown.xs.map((_, i) => y(shown.answered[i] ?? 0));
      const step = x(shown.xs[1] ?? shown.xs[0] + data.width) - x(shown.xs[0]);
      const wide = Math.max(2 * ratio, step);
      data.lost.forEach((kind, k) => {
        const tone = colourOf(kind.kind);
        const rowTop = top + (lay.names + k * ROW) * ratio;
        inside(() => {
          pen.fillStyle = colour('line');
          pen.fillRect(left, rowTop + (ROW - 1) * ratio, width, ratio / 2);
          pen.fillStyle = tone;
          shown.lost[k].forEach((count, i) => {
            if (!count || i === shown.xs.length - 1) return;
            const at = x(shown.xs[i]);
            const high = Math.max(3 * ratio, y(0) - y(count));
            pen.fillRect(at, base[i] - high, wide, high);
            base[i] -= high;
            pen.fillRect(at, rowTop + 2 * ratio, wide, (ROW - 4) * ratio);
          });
        });
        gutter(`${kind.name} ${sum(shown.lost[k].slice(0, -1))}`, rowTop + ROW * ratio / 2);
      });
    }

    function owners() {
      if (!data.nodes.length) return;
      const area = top + (lay.names + lay.rows + STACK + 8) * ratio;
      const lines = hatch(pen, ratio, colour('nobody'));
      data.nodes.forEach((node, n) => gutter('VIP ' + node, area + (n + 0.5) * ROW * ratio));
      inside(() => data.owners.forEach((span, i) => {
        const from = Math.max(left, x(span.from));
        const to = Math.min(right, x(data.owners[i + 1]?.from ?? data.to));
        if (to < left || from > right) return;
        const wide = Math.max(2 * ratio, to - from);
        const all = data.nodes.length * ROW * ratio;
        if (span.names.length !== 1) {
          pen.fillStyle = lines;
          pen.fillRect(from, area, wide, all);
        }
        pen.fillStyle = colour('owner');
        for (const name of span.names) {
          const bar = area + (data.nodes.indexOf(name) * ROW + 3) * ratio;
          pen.fillRect(from, bar, wide, (ROW - 6) * ratio);
        }
        const word = span.names.length ? 'split brain' : 'nobody';
        font(11, 600);
        if (span.names.length !== 1 && pen.measureText(word).width + 10 * ratio < wide) {
          pen.textAlign = 'center';
          const middle = (from + to) / 2;
          const half = pen.measureText(word).width / 2 + 4 * ratio;
          pen.fillStyle = colour('card');
          pen.fillRect(middle - half, area + all / 2 - 8 * ratio, 2 * half, 16 * ratio);
          pen.fillStyle = colour('nobody');
          pen.fillText(word, middle, area + all / 2);
        }
      }));
    }

    /** A line for each event; its number and name in the first row that has room, or its number. */
    function events() {
      const seen = data.events.filter(one => x(one.at) >= left - 1 && x(one.at) <= right + 1);
      const rows = Array.from({ length: Math.floor((lay.names - 6) / NAMES) }, () => []);
      const named = [...seen].sort((a, b) => WEIGHT[a.kind] - WEIGHT[b.kind] || a.at - b.at);
      pen.save();
      for (const one of seen) {
        const strong = one.kind === 'DRILL' || one.kind === 'VRRP';
        pen.strokeStyle = colour(strong ? 'mark' : 'mark-soft');
        pen.lineWidth = ratio;
        pen.setLineDash({ DRILL: [], VRRP: [6, 3] }[one.kind]?.map(n => n * ratio) ?? [2 * ratio, 3 * ratio]);
        pen.beginPath();
        pen.moveTo(x(one.at), top + 2 * ratio);
        pen.lineTo(x(one.at), top + height);
        pen.stroke();
      }
      pen.restore();
      font(11);
      for (const one of named) {
        place(one, `${one.number} ${one.label}`, rows) || place(one, `${one.number}`, rows);
      }
    }

    function place(event, text, rows) {
      const wide = pen.measureText(text).width + 6 * ratio;
      const at = x(event.at);
      for (const from of [at, at - wide]) {
        if (from < left - ratio || from + wide > right + ratio) continue;
        const row = rows.findIndex(taken => taken.every(([a, b]) => from >= b || from + wide <= a));
        if (row < 0) continue;
        rows[row].push([from, from + wide]);
        const middle = top + (row + 0.5) * NAMES * ratio;
        pen.fillStyle = colour('card');
        pen.fillRect(from + 1.5 * ratio, middle - 6.5 * ratio, wide - 3 * ratio, 13 * ratio);
        pen.fillStyle = colour(event.kind === 'DRILL' ? 'ink' : 'soft');
        pen.textAlign = 'left';
        pen.fillText(text, from + 3 * ratio, middle);
        return true;
      }
      return false;
    }

    return { phase, over: () => { losses(); owners(); events(); } };
  }

  function axes(lay, gutterWidth) {
    const line = { stroke: colour('line'), width: 1 };
    const common = { stroke: () => colour('soft'), font: '11px system-ui, sans-serif', grid: line, ticks: { ...line, size: 4 } };
    const steps = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000];
    return [
      { ...common, size: 32, space: 64, values: (u, all) => all.map(at => `${at > 0 ? '+' : ''}${+at.toFixed(6)} s`) },
      {
        ...common,
        size: gutterWidth,
        splits: () => {
          const step = steps.find(one => lay.most / one <= 4) ?? lay.most;
          const all = [];
          for (let at = 0; at <= lay.most; at += step) all.push(at);
          return all;
        },
        values: (u, all) => all.map(String),
      },
    ];
  }

  /** One chart of one span. */
  function chart(target, data, view, width) {
    const shown = cut(data, view);
    const lay = layout(data, shown, width);
    const number = (u, value) => (value === null || value === undefined ? '–' : String(value));
    const lost = data.lost.map(one => ({
      label: one.name, stroke: colourOf(one.kind), fill: colourOf(one.kind), width: 0,
      paths: () => null, points: { show: false }, value: number,
    }));
    let paint = null;
    const options = {
      width,
      height: lay.plot + 40,
      padding: [4, 14, 0, 0],
      scales: {
        x: { time: false },
        y: { range: () => [lay.low, lay.high] },
      },
      axes: axes(lay, width < 560 ? 86 : 112),
      cursor: { y: false, points: { show: false }, drag: { x: true, y: false } },
      series: [
        { label: 'at', value: (u, at) => (at === null || at === undefined ? '–' : `${at.toFixed(2)} s`) },
        {
          label: 'answered', stroke: colour('answered'), fill: colour('answered'), width: 0,
          paths: uPlot.paths.stepped({ align: 1 }), points: { show: false }, value: number,
        },
        ...lost,
      ],
      hooks: {
        setCursor: [u => u.root.classList.toggle('pointed', u.cursor.idx !== null && u.cursor.left >= 0)],
        drawClear: [u => { paint = painter(u, data, shown, lay); paint.phase(); }],
        draw: [() => paint.over()],
      },
    };
    return new uPlot(options, [shown.xs, shown.answered, ...shown.lost], target);
  }

  const drawn = new Map();

  function draw(host, width) {
    erase(host);
    const data = read(host);
    const charts = [];
    drawn.set(host, { width, charts });
    if (!data.length) {
      host.textContent = 'No request was recorded.';
      return;
    }
    const whole = { title: 'The whole run', from: data.from, to: data.to };
    for (const view of [whole, ...closer(data)]) {
      const title = document.createElement('h4');
      title.textContent = view.title;
      const part = document.createElement('div');
      host.append(title, part);
      charts.push(chart(part, data, view, width));
    }
  }

  function erase(host) {
    drawn.get(host)?.charts.forEach(one => one.destroy());
    drawn.delete(host);
    host.replaceChildren();
  }

  const hosts = [...document.querySelectorAll('.chart')];
  const fit = host => draw(host, Math.max(280, Math.floor(host.clientWidth)));
  const again = () => [...drawn.keys()].forEach(fit);

  // Drawn when they come near, so that a page with many faults opens at once. What is near from the
  // beginning does not wait for the browser to say so.
  const near = new IntersectionObserver(entries => {
    for (const one of entries) {
      if (one.isIntersecting && !drawn.has(one.target)) fit(one.target);
    }
  }, { rootMargin: '600px' });
  hosts.filter(host => host.getBoundingClientRect().top < window.innerHeight + 600).forEach(fit);
  hosts.forEach(host => near.observe(host));

  let waiting = 0;
  window.addEventListener('resize', () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      for (const [host, { width }] of [...drawn]) {
        if (Math.floor(host.clientWidth) !== width) fit(host);
      }
    }, 150);
  });
  window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', again);

  // Paper is white and as wide as paper, whatever the screen is.
  let onScreen = [];
  window.addEventListener('beforeprint', () => {
    onScreen = [...drawn.keys()];
    document.documentElement.classList.add('paper');
    hosts.forEach(host => draw(host, PAPER));
  });
  window.addEventListener('afterprint', () => {
    document.documentElement.classList.remove('paper');
    hosts.forEach(host => (onScreen.includes(host) ? fit(host) : erase(host)));
  });
})();
