// SPDX-License-Identifier: Apache-2.0
// The scores of one instrument over time, as pages.md 7.4 draws them: plain SVG in percent, so that it is as wide as there is room.

import { html, messages, nothing, number, shortDay, svg, time } from 'kit';
import { signed } from './common.js';

const t = messages('epr');
const inset = 4;
const largestWithAllValues = 12;

/**
 * One line: the whole range from 0, real time below, the bands by name. A ring is an earlier score, the disc the present one.
 *
 * @param points   [{at, total, version, present}], the oldest first; without a total there is a gap, and none is joined to one of another version of the questionnaire
 * @param bands    [{from, name}], the lowest first; none where nobody has published any
 * @param largest  the largest possible total
 * @param name     what the picture says, as a sentence
 */
export function scoreChart({ points, bands, largest, name }) {
  const placed = place(points);
  const when = dated(placed);
  const present = placed.findLast(point => point.present);
  const y = total => 100 - (100 * total) / largest;
  const ranges = bands.map((band, index) => ({ ...band, to: bands[index + 1]?.from ?? largest }));
  const tinted = present && ranges.findLast(range => range.from <= present.total);
  const cuts = [...new Set([0, ...bands.map(band => band.from), largest])];
  return html`<div class="epr-chart" role="img" tabindex="0" aria-label=${name}>
    <svg class="epr-chart-range">${cuts.map(total =>
      svg`<text x="100%" y=${`${y(total)}%`} dy="0.35em" text-anchor="end">${total}</text>`)}</svg>
    <svg>
      ${tinted ? svg`<rect class="band" width="100%" y=${`${y(tinted.to)}%`} height=${`${y(tinted.from) - y(tinted.to)}%`}/>` : nothing}
      ${cuts.map(total => svg`<line class="cut" x1="0" x2="100%" y1=${`${y(total)}%`} y2=${`${y(total)}%`}/>`)}
      ${placed.slice(1).map((point, index) => (point.joined ? svg`<line class="way" x1=${`${placed[index].x}%`} y1=${`${y(placed[index].total)}%`}
        x2=${`${point.x}%`} y2=${`${y(point.total)}%`}/>` : nothing))}
      ${changes(placed, y)}
      ${placed.map(point => svg`<circle class=${point.present ? 'present' : 'earlier'} r=${point.present ? 6 : 4.5} cx=${`${point.x}%`} cy=${`${y(point.total)}%`}/>`)}
      ${labels(valued(placed), { room: [6, 20], height: point => 100 - y(point.total) }, point => svg`<text class=${`value ${point.only}`} x=${`${point.x}%`} y=${`${y(point.total)}%`}
        dy="-0.7em" text-anchor="middle">${number(point.total)}</text>`)}
      ${labels(placed, { room: [18, 50] }, point => svg`<text class=${`${point.present ? 'present' : ''} ${point.only}`} x=${`${point.x}%`} y="100%"
        dy="1.9em" text-anchor="middle">${when(point.at)}</text>`)}
    </svg>
    <svg class="epr-chart-bands">${ranges.map(range => svg`<text class=${range === tinted ? 'present' : ''}
      y=${`${(y(range.from) + y(range.to)) / 2}%`} dy="0.35em">${capital(t(`band.${range.name}`))}</text>`)}</svg>
  </div>`;
}

/** Those with a total, in percent of the plot; `joined` to the one before unless one without a total lies between, or it is of another version. */
function place(points) {
  const [first, last] = [points[0], points.at(-1)].map(point => Date.parse(point.at));
  const placed = points.map((point, index) => ({ ...point, joined: index > 0 && points[index - 1].total !== undefined && points[index - 1].version === point.version,
    x: first === last ? 50 : inset + ((100 - 2 * inset) * (Date.parse(point.at) - first)) / (last - first) }));
  return placed.filter(point => point.total !== undefined);
}

/** What changed since the score before the present one, below the middle of their line where that is long enough for it. */
function changes(placed, y) {
  const at = placed.findIndex(point => point.present);
  if (at < 1 || !placed[at].joined) return nothing;
  const [before, now] = [placed[at - 1], placed[at]];
  const change = Math.round(10 * (now.total - before.total)) / 10;
  if (change === 0 || now.x - before.x < 14) return nothing;
  return svg`<text class="change" x=${`${(before.x + now.x) / 2}%`} y=${`${(y(before.total) + y(now.total)) / 2}%`} dy="1.4em" text-anchor="middle">${signed(change)}</text>`;
}

/** Those whose value is written: each, or beyond twelve the first, the last, the lowest and the highest. */
function valued(placed) {
  if (placed.length <= largestWithAllValues) return placed;
  const totals = placed.map(point => point.total);
  return [placed.at(0), placed.at(-1), placed[totals.indexOf(Math.min(...totals))], placed[totals.indexOf(Math.max(...totals))]];
}

/**
 * Writes a label where no other is in its way: the latest first, then the oldest, then the others.
 *
 * @param room    how far apart in percent of the width, in a wide chart and in a narrow one
 * @param height  (point) -> percent; labels at other heights are in nobody's way
 */
function labels(points, { room, height = () => 0 }, draw) {
  const order = [...new Set([points.at(-1), points.at(0), ...points])];
  const [wide, narrow] = room.map(apart => order.reduce((taken, point) => {
    const crowded = taken.some(other => Math.abs(other.x - point.x) < apart && Math.abs(height(other) - height(point)) < 12);
    return crowded ? taken : [...taken, point];
  }, []));
  return wide.map(point => draw({ ...point, only: narrow.includes(point) ? '' : 'wide-only' }));
}

/** The day, or the time where all are of the same day. */
function dated(placed) {
  const [first, last] = [placed.at(0), placed.at(-1)].map(point => new Date(point.at).toDateString());
  return first === last ? time : shortDay;
}

const capital = text => text.replace(/^./u, first => first.toUpperCase());
