// Asks for what is new once a second and draws it. Nothing moves by itself: a plot is another picture each second, and a button stops that.
'use strict';

const WINDOW = 300e9;
const HEIGHT = 190;
const LEFT = 56;
const SHOWN_REASONS = 5;
const MAX_POINTS = 600;
const MAX_ROWS = 100;
const SVG = 'http://www.w3.org/2000/svg';
const KINDS = {SYSLOG: 'log', IKE: 'IKE', IPSEC: 'IPsec'};

const reduced = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
const byId = id => document.getElementById(id);
const number = new Intl.NumberFormat('en', {maximumFractionDigits: 0});
const small = new Intl.NumberFormat('en', {maximumFractionDigits: 1});
const rate = value => (value >= 100 ? number : small).format(value);

const state = {router: '', after: 0, points: [], started: null, data: null, reasons: [], paused: false};

function element(name, attributes, ...children) {
  const made = document.createElementNS(SVG, name);
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
  made.append(...children);
  return made;
}

function cell(text, kind) {
  const made = document.createElement('td');
  made.textContent = text;
  made.className = kind || '';
  return made;
}

function rows(id, all, empty) {
  const lines = all.map(cells => {
    const row = document.createElement('tr');
    row.append(...cells);
    return row;
  });
  if (lines.length === 0) {
    const row = document.createElement('tr');
    const none = cell(empty);
    none.colSpan = 5;
    row.append(none);
    lines.push(row);
  }
  byId(id).replaceChildren(...lines);
}

/** The smallest of 1, 2 or 5 times a power of ten that is not below. */
function nice(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 5, 10].map(step => step * power).find(step => step >= value * 0.999999);
}

/** Grid and axes; gives the functions from time and value to places. */
function frame(svg, most, unit) {
  const width = Math.max(260, svg.clientWidth || 600);
  svg.setAttribute('viewBox', `0 0 ${width} ${HEIGHT}`);
  svg.replaceChildren();
  const bottom = HEIGHT - 22;
  const x = nanos => LEFT + (width - LEFT - 8) * (1 - (state.data.nanos - nanos) / WINDOW);
  const y = value => bottom - (bottom - 10) * value / most;
  if (unit !== null) {
    for (let i = 0; i <= 4; i++) {
      const value = most * i / 4;
      svg.append(element('line', {class: 'grid', x1: LEFT, x2: width - 8, y1: y(value), y2: y(value)}),
        element('text', {x: LEFT - 6, y: y(value) + 4, 'text-anchor': 'end'}, (most % 4 ? small : number).format(value) + unit));
    }
  }
  for (let minute = 0; minute <= 5; minute++) {
    const at = x(state.data.nanos - minute * 60e9);
    svg.append(element('line', {class: 'grid', x1: at, x2: at, y1: 10, y2: bottom}),
      element('text', {x: at, y: HEIGHT - 6, 'text-anchor': minute === 0 ? 'end' : 'middle'}, minute === 0 ? 'now' : `-${minute} min`));
  }
  return {x, y, bottom, width};
}

/** Lines; a point that begins where the one before does not end begins another piece. */
function plot(id, series, unit, least) {
  const svg = byId(id);
  const from = state.data.nanos - WINDOW;
  const points = state.points.filter(point => point.nanos >= from);
  const most = nice(Math.max(least, ...series.flatMap(one => points.map(one.value))));
  const place = frame(svg, most, unit);
  series.forEach((one, index) => {
    let path = '';
    let end = NaN;
    points.forEach(point => {
      const begins = point.nanos - point.seconds * 1e9;
      const joined = Math.abs(begins - end) < 1e6;
      const y = place.y(one.value(point)).toFixed(1);
      path += (joined ? 'L' : `M${place.x(Math.max(from, begins)).toFixed(1)} ${y}L`) + `${place.x(point.nanos).toFixed(1)} ${y}`;
      end = point.nanos;
    });
    svg.append(element('path', {class: `line s${index}`, d: path || 'M0 0', 'data-series': one.name}));
  });
  const last = points[points.length - 1];
  legend(id, series.map(one => [one.name, last ? rate(one.value(last)) + unit : '-']));
}

function legend(id, entries) {
  byId(`${id}-legend`).replaceChildren(...entries.map(([name, value], index) => {
    const item = document.createElement('li');
    const swatch = element('svg', {'aria-hidden': 'true', viewBox: '0 0 30 12'},
      element('line', {class: `line s${index}`, x1: 0, x2: 30, y1: 6, y2: 6}));
    const strong = document.createElement('b');
    strong.textContent = value;
    item.append(swatch, `${name} `, strong);
    return item;
  }));
  byId(`${id}-text`).textContent = entries.length === 0 ? 'Nothing.' : 'Now: ' + entries.map(entry => entry.join(' ')).join(', ') + '.';
}

/** A reason keeps its place, and with it its colour, for as long as the page is open; those that find none are together. */
function reasons() {
  state.points.forEach(point => Object.keys(point.drops).forEach(name => {
    if (!state.reasons.includes(name)) {
      state.reasons.push(name);
    }
  }));
  const own = state.reasons.slice(0, SHOWN_REASONS);
  const series = own.map(name => ({name, value: point => point.drops[name] || 0}));
  if (state.reasons.length > SHOWN_REASONS) {
    series.push({name: 'all others', value: point => Object.entries(point.drops)
      .reduce((sum, [name, value]) => sum + (own.includes(name) ? 0 : value), 0)});
  }
  return series;
}

function timeline(events) {
  const svg = byId('timeline');
  const place = frame(svg, 1, null);
  const lanes = Object.keys(KINDS);
  const from = state.data.nanos - WINDOW;
  const counts = lanes.map((kind, lane) => {
    const y = 10 + (place.bottom - 10) * (lane + 0.5) / lanes.length;
    svg.append(element('text', {x: LEFT - 6, y: y + 4, 'text-anchor': 'end'}, KINDS[kind]),
      element('line', {class: 'grid', x1: LEFT, x2: place.width - 8, y1: y, y2: y}));
    const own = events.filter(event => event.kind === kind && event.last_nanos >= from);
    own.forEach(event => svg.append(mark(event, lane, place, y, from)));
    return [KINDS[kind], number.format(own.length)];
  });
  legend('timeline', counts);
}

/** A dot for what happened once, a bar for what went on; errors of the log (severity 0 to 3) stand taller. */
function mark(event, lane, place, y, from) {
  const begin = place.x(Math.max(from, event.nanos));
  const half = event.severity <= 3 ? 12 : 5;
  return element('rect', {class: `mark s${lane}`, x: begin - 1.5, y: y - half, height: 2 * half,
    width: Math.max(3, place.x(event.last_nanos) - begin), rx: 1.5}, element('title', {}, `${event.time} ${event.text}`));
}

function tables(data) {
  rows('reasons', data.drops.map(drop => [cell(drop.name, drop.ipsec ? 'sub' : ''), cell(rate(drop.rate), 'number'),
    cell(number.format(drop.packets), 'number')]), 'No packet was lost.');
  const last = state.points[state.points.length - 1];
  rows('engines', last ? last.engines.map((engine, index) => [cell(index), ...['received', 'forwarded', 'dropped', 'punted']
    .map(name => cell(rate(engine[name]), 'number'))]) : [], 'A rate needs two looks.');
  rows('spis', data.unknown_spis.map(spi => [cell(spi.spi, 'whole'), cell(spi.source, 'whole'),
    cell(spi.destination, 'whole'), cell(number.format(spi.packets), 'number'), cell(spi.reading, 'text')]), 'None was seen.');
  rows('events', data.events.slice(-MAX_ROWS).reverse().map(event => [
    cell(event.nanos === event.last_nanos ? event.time : `${event.time} to ${event.last_time}`, 'whole'),
    cell(KINDS[event.kind]), cell(event.text, event.severity <= 3 ? 'text bad' : 'text')]), 'Nothing has happened.');
}

function draw() {
  const data = state.data;
  if (!data || data.nanos === undefined) {
    return;
  }
  const of = name => ({name, value: point => point.all[name]});
  plot('throughput', ['received', 'forwarded', 'dropped', 'punted'].map(of), '', 4);
  plot('drops', reasons(), '', 4);
  plot('load', [['QFP', 'processing'], ['crypto', 'crypto']]
    .map(([name, field]) => ({name, value: point => point.load ? point.load[field] : 0})), '%', 10);
  timeline(data.events);
  tables(data);
  const seconds = Math.floor((data.nanos - data.started_nanos) / 1e9);
  byId('about').textContent = `${data.name}, ${data.platform}${data.release ? ' release ' + data.release : ''}, process ${data.process}`
    + `${data.time ? ', ' + data.time : ''}, up ${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

function say(text, bad) {
  const status = byId('status');
  if (status.textContent !== text) {
    status.textContent = text;
    status.className = bad ? 'bad' : '';
  }
}

function take(data) {
  if (data.last_point < state.after || data.process !== (state.data || data).process) {
    // The server was started again and counts from 1.
    state.points = [];
    state.after = 0;
    state.data = null;
    return false;
  }
  state.data = data;
  state.points = state.points.concat(data.points || []).slice(-MAX_POINTS);
  state.after = data.last_point || 0;
  const select = byId('router');
  if (select.options.length !== data.routers.length) {
    select.replaceChildren(...data.routers.map(name => new Option(name, name)));
  }
  select.value = data.router;
  document.title = `${data.router} - qfp-sim`;
  say(data.up ? 'Live.' : 'The router is down.', !data.up);
  return true;
}

async function poll() {
  const asked = state.router;
  try {
    const answer = await fetch(`api/live?router=${encodeURIComponent(asked)}&after=${state.after}`, {cache: 'no-store'});
    const data = answer.ok ? await answer.json() : null;
    if (asked !== state.router) {
      return;
    }
    if (data === null) {
      say(`The server says ${answer.status}.`, true);
    } else if (take(data) && !state.paused) {
      draw();
    }
  } catch (problem) {
    say('The server does not answer. Trying again.', true);
  }
}

async function forever() {
  await poll();
  setTimeout(forever, reduced ? 5000 : 1000);
}

byId('router').addEventListener('change', event => {
  Object.assign(state, {router: event.target.value, after: 0, points: [], data: null, reasons: []});
  poll();
});
byId('pause').addEventListener('click', event => {
  state.paused = !state.paused;
  event.target.setAttribute('aria-pressed', String(state.paused));
  draw();
});
window.addEventListener('resize', draw);
forever();
