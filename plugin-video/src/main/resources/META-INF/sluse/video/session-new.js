// SPDX-License-Identifier: Apache-2.0
// A new session: who, when, how shown; afterwards the link that the patient needs.

import { Form, StaffPage, api, button, html, linkButton, messages, moment, submit } from 'kit';
import { InvitationText } from './invite.js';
import { timeFields, timeOf } from './times.js';

const t = messages('video');

class VideoSessionNew extends StaffPage {
  static plugin = 'video';
  form = new Form(this, { t });
  text = new InvitationText(this);
  start = new Date();

  heading() {
    return this.made ? t('new.made', { name: this.made.patientLabel }) : t('session.new');
  }

  lead() {
    return this.made ? t('new.made.lead', { time: moment(this.made.startsAt) }) : t('new.lead');
  }

  crumbs() {
    return [{ label: t('today'), href: this.link('today') }, { label: t('session.new') }];
  }

  main() {
    if (this.made) {
      const address = new URL(this.made.invitation, location.origin).href;
      return html`<div class="sheet padded"><div class="field"><label for="invitation">${t('new.link')}</label>
          <p class="hint" id="invitation-hint">${t('new.link.hint')}</p>
          <input id="invitation" readonly .value=${address} aria-describedby="invitation-hint" @focus=${event => event.target.select()}></div>
        <div class="buttons">${button(t('new.copy'), { icon: 'copy', kind: 'filled', press: async () => { await navigator.clipboard.writeText(address); this.toast(t('new.copied')); } })}
          ${linkButton(t('new.open'), this.link(`sessions/${this.made.id}`))}</div>
        ${this.text.draw({ address, startsAt: this.made.startsAt })}</div>`;
    }
    return this.form.draw(html`
      ${this.form.field({ name: 'patientLabel', label: t('new.patient'), hint: t('new.patient.hint'), required: true, maxlength: 80 })}
      ${this.form.field({ name: 'displayName', label: t('new.shown'), hint: t('name.hint'), required: true, maxlength: 64 })}
      ${timeFields(this.form, { startsAt: this.start })}
      ${submit(t('new.invite'))}`, async values => {
      this.made = await api.post('video/sessions', { ...values, ...timeOf(values) });
      this.form.clear();
      await this.moved();
    });
  }
}
customElements.define('video-session-new', VideoSessionNew);
