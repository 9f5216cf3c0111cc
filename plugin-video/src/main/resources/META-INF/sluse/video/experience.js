// SPDX-License-Identifier: Apache-2.0
// How the call was: asked of a guest when it is over, and read by the host.

import { api, button, html, messages, nothing, status } from 'kit';

const t = messages('video');
const ratings = ['GOOD', 'FAIR', 'BAD'];
const troubles = ['loss', 'freezes', 'delay'];

/** The question of a guest's page, drawn again by `requestUpdate`. */
export class RatingQuestion {
  #page;
  #rating;

  constructor(page) {
    this.#page = page;
  }

  /** @param headers  by which the guest is known */
  draw(headers) {
    return html`<div class="stack" role="group" aria-labelledby="rating-question"><p id="rating-question">${t('rating.question')}</p>
      <div class="buttons">${ratings.map(each => button(t(`rating.${each}`), { pressed: String(each === this.#rating), press: () => this.#rate(each, headers) }))}</div>
      ${this.#rating ? html`<p class="second">${status('ok', t('rating.thanks'))}</p>` : nothing}</div>`;
  }

  async #rate(rating, headers) {
    await api.put('video/invitations/me/rating', { rating }, { headers });
    this.#rating = rating;
    this.#page.say(t('rating.thanks'));
    this.#page.requestUpdate();
  }
}

/** What is known of each who was in the session; nothing when nothing is. */
export function experiences({ quality, people, hostName }) {
  const rows = [{ label: hostName, quality }, ...people].filter(each => each.quality || each.rating);
  return rows.length === 0 ? nothing : html`<section><h2>${t('quality.title')}</h2><div class="sheet rows">${rows.map(row)}</div></section>`;
}

function row({ label, quality, rating }) {
  return html`<div class="row"><div class="grow"><strong>${label}</strong>
      ${quality ? html`<span class="row second">${measured(quality)}</span>` : nothing}
      ${rating ? html`<span class="row second">${t('rating.said', { rating: t(`rating.${rating}`) })}</span>` : nothing}</div></div>`;
}

function measured(quality) {
  const words = troubles.filter(each => quality[each] !== 'NONE').map(each => t(`quality.${each}.${quality[each]}`));
  return html`${words.length === 0 ? status('ok', t('quality.good')) : status('attention', words.join(', '))} <span>${t(`quality.way.${quality.way}`)}</span>`;
}
