// SPDX-License-Identifier: Apache-2.0
// Each drawing of the product: 20 px grid, 1.6 px line, the colour of the text around it.

import { html, svg, nothing } from 'lit';

const lines = {
  home: svg`<path d="M3 9.2 10 3l7 6.2V17h-4.6v-5H7.6v5H3z"/>`,
  people: svg`<circle cx="7.5" cy="6.8" r="2.9"/><path d="M2 17c.3-3.4 2.4-5.2 5.5-5.2S12.7 13.6 13 17M13 4.2a2.7 2.7 0 0 1 0 5.2M15 12.2c1.9.7 2.9 2.3 3.1 4.8"/>`,
  person: svg`<circle cx="10" cy="6.5" r="3"/><path d="M4 17.3c.3-3.6 2.6-5.5 6-5.5s5.7 1.9 6 5.5"/>`,
  calendar: svg`<rect x="3" y="4.5" width="14" height="12.5" rx="1.8"/><path d="M3 8.5h14M7 2.6v3.4M13 2.6v3.4"/>`,
  questionnaire: svg`<rect x="3.5" y="2.5" width="13" height="15" rx="1.8"/><path d="m6 7 1.1 1.1L9 6.2M11.5 7.3H14M6 12.3l1.1 1.1L9 11.5M11.5 12.6H14"/>`,
  deliver: svg`<path d="M2 10h11.5M9.5 5.8 13.7 10l-4.2 4.2M17.5 4v12"/>`,
  grid: svg`<rect x="2.8" y="2.8" width="5.8" height="5.8" rx="1.3"/><rect x="11.4" y="2.8" width="5.8" height="5.8" rx="1.3"/><rect x="2.8" y="11.4" width="5.8" height="5.8" rx="1.3"/><rect x="11.4" y="11.4" width="5.8" height="5.8" rx="1.3"/>`,
  file: svg`<path d="M5.3 2.5h6.2l3.7 3.7v11.3H5.3a1.3 1.3 0 0 1-1.3-1.3V3.8a1.3 1.3 0 0 1 1.3-1.3zM11.3 2.7v3.7H15M7 10h5.5M7 13.5h5.5"/>`,
  ledger: svg`<path d="M2.5 4.5h15M2.5 8.2h15M2.5 11.9h8M2.5 15.6h8M13 13.7h4.5M15.8 12l1.7 1.7-1.7 1.7"/>`,
  agreement: svg`<path d="m3.5 16.5.7-3.7 9.3-9.3 3 3-9.3 9.3zM11.5 5.5l3 3"/>`,
  eye: svg`<path d="M1.8 10c1.9-3.5 4.7-5.2 8.2-5.2s6.3 1.7 8.2 5.2c-1.9 3.5-4.7 5.2-8.2 5.2S3.7 13.5 1.8 10z"/><circle cx="10" cy="10" r="2.5"/>`,
  backup: svg`<ellipse cx="10" cy="4.8" rx="6.5" ry="2.3"/><path d="M3.5 4.8v10.4c0 1.3 2.9 2.3 6.5 2.3s6.5-1 6.5-2.3V4.8M3.5 10c0 1.3 2.9 2.3 6.5 2.3s6.5-1 6.5-2.3"/>`,
  bell: svg`<path d="M10 2.5a5 5 0 0 0-5 5c0 4-1.5 5.5-1.5 6.5h13c0-1-1.5-2.5-1.5-6.5a5 5 0 0 0-5-5zM8.3 16.5c.4.7 1 1 1.7 1s1.3-.3 1.7-1"/>`,
  camera: svg`<rect x="2" y="5" width="11" height="10" rx="1.8"/><path d="m13 9 5-2.7v7.4L13 11"/>`,
  'camera-off': svg`<path d="M5.5 5H3.8A1.8 1.8 0 0 0 2 6.8v6.4A1.8 1.8 0 0 0 3.8 15h7.4c.9 0 1.6-.6 1.8-1.4M8.5 5h2.7A1.8 1.8 0 0 1 13 6.8V9l5-2.7v7.4l-3-1.6M3 3l14 14"/>`,
  microphone: svg`<rect x="7.5" y="2.5" width="5" height="9" rx="2.5"/><path d="M4.5 9.5a5.5 5.5 0 0 0 11 0M10 15v2.7"/>`,
  'microphone-off': svg`<path d="M12.5 8V5a2.5 2.5 0 0 0-4.6-1.3M7.5 7.5V9a2.5 2.5 0 0 0 3.6 2.3M4.5 9.5a5.5 5.5 0 0 0 8.4 4.7M15.5 9.5c0 1-.2 1.9-.7 2.7M10 15v2.7M3 3l14 14"/>`,
  sound: svg`<path d="M3 7.8v4.4h2.7L9.5 15.5v-11L5.7 7.8zM12.5 7.5a3.5 3.5 0 0 1 0 5M15 5a7 7 0 0 1 0 10"/>`,
  connection: svg`<path stroke-width="2.2" d="M3.5 15.5v-1.2M7.8 15.5v-4M12.2 15.5V8.3M16.5 15.5V4.8"/>`,
  phone: svg`<rect x="5.8" y="2" width="8.4" height="16" rx="1.8"/><path d="M9.2 15.2h1.6"/>`,
  message: svg`<path d="M3 3.5h14v9.5H9l-3.5 3.3V13H3z"/>`,
  play: svg`<path d="M6 4v12l10-6z"/>`,
  globe: svg`<circle cx="10" cy="10" r="7.3"/><path d="M2.7 10h14.6M10 2.7c2.2 2.3 3.2 4.6 3.2 7.3s-1 5-3.2 7.3C7.8 15 6.8 12.7 6.8 10s1-5 3.2-7.3z"/>`,
  down: svg`<path d="m5.5 8 4.5 4.5L14.5 8"/>`,
  left: svg`<path d="M12.5 4.5 7 10l5.5 5.5"/>`,
  right: svg`<path d="M7.5 4.5 13 10l-5.5 5.5"/>`,
  check: svg`<path d="m4.5 10.5 3.7 3.7 7.5-8.2"/>`,
  dash: svg`<path stroke-width="2" d="M5.5 10h9"/>`,
  close: svg`<path d="m5 5 10 10M15 5 5 15"/>`,
  plus: svg`<path d="M10 4v12M4 10h12"/>`,
  download: svg`<path d="M10 3v9.5M6 9l4 4 4-4M3.5 17h13"/>`,
  search: svg`<circle cx="8.7" cy="8.7" r="5.2"/><path d="m12.7 12.7 4.3 4.3"/>`,
  lock: svg`<rect x="4" y="8.5" width="12" height="8.5" rx="1.8"/><path d="M6.8 8.5V6.2a3.2 3.2 0 0 1 6.4 0v2.3"/>`,
  share: svg`<rect x="2.5" y="3.5" width="15" height="10.5" rx="1.8"/><path d="M10 11.5v-5M7.7 8.5 10 6.2l2.3 2.3M7 17h6"/>`,
  captions: svg`<rect x="2.5" y="4" width="15" height="12" rx="1.8"/><path d="M5.5 9.5h3M11 9.5h3.5M5.5 12.5h4.5M12.5 12.5h2"/>`,
  pin: svg`<path d="M7 3h6M8 3v5l-2.5 3.5h9L12 8V3M10 11.5V17"/>`,
  full: svg`<path d="M3 7V3h4M13 3h4v4M17 13v4h-4M7 17H3v-4"/>`,
  more: svg`<g fill="currentColor" stroke="none"><circle cx="4.5" cy="10" r="1.5"/><circle cx="10" cy="10" r="1.5"/><circle cx="15.5" cy="10" r="1.5"/></g>`,
  leave: svg`<path d="M11.5 3H4v14h7.5M8.5 10h9M14 6.5l3.5 3.5-3.5 3.5"/>`,
  table: svg`<rect x="2.5" y="3.5" width="15" height="13" rx="1.8"/><path d="M2.5 7.5h15M7.5 7.5v9"/>`,
  chart: svg`<path d="M3 3v14h14M6 12.5l3.3-4 3 2.5L16.5 6"/>`,
  copy: svg`<rect x="6.5" y="6.5" width="10.5" height="10.5" rx="1.8"/><path d="M13.5 6.5V4.8A1.8 1.8 0 0 0 11.7 3H4.8A1.8 1.8 0 0 0 3 4.8v6.9a1.8 1.8 0 0 0 1.8 1.8h1.7"/>`,
  key: svg`<circle cx="6.5" cy="10" r="3.7"/><path d="M10.2 10H18M15.5 10v3M12.8 10v2"/>`,
};

const shapes = {
  ok: svg`<circle class="body" cx="10" cy="10" r="7.5"/><path class="cut" d="m6.6 10.2 2.3 2.4 4.5-4.9"/>`,
  wait: svg`<circle cx="10" cy="10" r="6.8"/><path d="M10 6.3V10l2.5 1.7"/>`,
  parked: svg`<circle cx="10" cy="10" r="6.8"/><path d="M8.2 7.5v5M11.8 7.5v5"/>`,
  partly: svg`<circle cx="10" cy="10" r="6.8"/><path class="body" stroke="none" d="M10 3.2a6.8 6.8 0 0 1 0 13.6z"/>`,
  attention: svg`<path class="body" d="M10 3.2 17.5 16.5h-15z"/><path class="cut" d="M10 8v3.8M10 14.1v.1"/>`,
  refused: svg`<path class="body" d="M7 2.8h6L17.2 7v6L13 17.2H7L2.8 13V7z"/><path class="cut" d="m7.5 7.5 5 5M12.5 7.5l-5 5"/>`,
  review: svg`<path d="M4.5 2.7v15"/><path class="body" d="M4.5 3.5H16l-2.5 4 2.5 4H4.5z"/>`,
  off: svg`<circle cx="10" cy="10" r="6.5"/>`,
  ended: svg`<path stroke-width="2.2" d="M5 10h10"/>`,
  info: svg`<circle class="body" cx="10" cy="10" r="7.5"/><path class="cut" d="M10 9.3v4.2M10 6.5v.1"/>`,
};

/** A drawing that stands beside its word, and is therefore silent. Names: the keys of the two tables above. */
export function icon(name) {
  const drawing = lines[name] ?? shapes[name];
  return drawing
    ? html`<svg class=${`icon icon-${name}`} viewBox="0 0 20 20" aria-hidden="true" focusable="false">${drawing}</svg>`
    : nothing;
}

/** The product's mark: two canal walls, two gate leaves, one thing that passed. */
export function mark() {
  return html`<svg class="mark" viewBox="0 0 26 26" aria-hidden="true" focusable="false">
    <path d="M2 3.5h22M2 22.5h22M7.5 4l7.2 7.7M7.5 22l7.2-7.7"/><circle cx="19.5" cy="13" r="1.9"/>
  </svg>`;
}

/** The gate of a passage: the mark without its walls. */
export function gate() {
  return html`<svg class="gate" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
    <path d="m4.5 2.5 7 6.5M4.5 17.5l7-6.5"/><circle cx="16" cy="10" r="1.7"/>
  </svg>`;
}
