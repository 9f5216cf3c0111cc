// SPDX-License-Identifier: Apache-2.0
// The page of somebody who came by a link, or who is not signed in yet.

import { html, nothing } from 'lit';
import { mark } from './icons.js';
import { t, tenant } from './i18n.js';
import { Page } from './page.js';

/** Where the holder of a module's link reads who has seen what is about them. @param link public name of the link, as its exchange gave it */
export const seenLink = (plugin, link) => html`<p><a class="alone" href=${`/${tenant}/seen/${plugin}#${link}`}>${t('seen.title')}</a></p>`;

/** A page in one column: a patient's, and the few that a person sees before signing in. */
export class PatientPage extends Page {
  /** The clinic's name, shown in the header; set it in `load` when the address alone does not tell. */
  clinicName = document.documentElement.dataset.clinic ?? '';

  /** Replaces mark and clinic ("Back"), or stands beside them; by default the choice of language is at the end. */
  headerStart() {
    return html`<div class="clinic">${mark()}<strong>${this.clinicName}</strong></div>`;
  }

  headerEnd() {
    return this.languageMenu();
  }

  shell() {
    const foot = this.here ? this.foot() : nothing;
    return html`<a class="skip" href="#main">${t('page.skip')}</a>
      <div class=${`patient ${foot === nothing ? '' : 'with-foot'}`}>
        <header>${this.headerStart()}${this.headerEnd()}</header>
        <main id="main" tabindex="-1">${this.content()}</main>
        ${foot === nothing ? nothing : html`<div class="foot" role="region" aria-label=${t('page.foot')}>${foot}</div>`}
      </div>`;
  }
}
