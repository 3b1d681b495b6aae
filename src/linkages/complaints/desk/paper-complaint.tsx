/* A complaint that came on paper, or was told: written down by one who hears, and sealed to the two whom its post asks for. */
import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { OfficeId } from '../../../kernel/ids.ts';
import type { Names } from '../../../kernel/names.ts';
import { useAnswer, useDesk } from '../../../platform/access/desk/desk.tsx';
import { OfficePick } from '../../../platform/design/desk/office-pick.tsx';
import { Waiting } from '../../../platform/design/desk/waiting.tsx';
import { Button } from '../../../platform/design/phone/button.tsx';
import { Field } from '../../../platform/design/phone/field.tsx';
import { Notice } from '../../../platform/design/phone/notice.tsx';
import { useWords } from '../../../platform/languages/phone/words-context.tsx';
import { type Accused, accused } from '../complaint.ts';
import { hearersOfPost, sealComplaint, sendComplaint } from '../phone/send-complaint.ts';

type Offices = {
  readonly districts: readonly { readonly office: OfficeId; readonly names: Names }[];
  readonly offices: readonly { readonly office: OfficeId; readonly names: Names; readonly district: OfficeId | null }[];
};

export function PaperComplaint({ onKept }: { readonly onKept: () => void }): VNode {
  const words = useWords();
  const { person } = useDesk();
  const offices = useAnswer<Offices>('offices');
  const [office, setOffice] = useState<OfficeId | null>(null);
  const [about, setAbout] = useState<Accused>('leader');
  const [who, setWho] = useState('');
  const [what, setWhat] = useState('');
  const [said, setSaid] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const keep = async () => {
    if (office === null) return;
    setBusy(true);
    setSaid(null);
    const hearers = await hearersOfPost(office, about);
    const written = { who: who.trim(), what: what.trim(), takenBy: person.shownName };
    if (hearers === null) setSaid(words.say('complaints.paper-nobody'));
    else if (await sendComplaint(await sealComplaint(office, about, hearers, written, 'paper'))) onKept();
    // What she wrote stays on the page until it has come to both.
    else setSaid(words.say('access.desk-not-reached'));
    setBusy(false);
  };
  if (offices === null || offices === 'not-there') return <Waiting />;
  const districts = new Map(offices.districts.map(({ office, names }) => [office, names]));
  return (
    <form
      class="paper"
      onSubmit={(event) => {
        event.preventDefault();
        void keep();
      }}
    >
      <h2 class="h2">{words.say('complaints.paper')}</h2>
      <p>{words.say('complaints.paper-about')}</p>
      <OfficePick
        label={words.say('complaints.paper-office')}
        offices={offices.offices.map(({ office, names, district }) => ({
          office,
          names,
          below: (district !== null && districts.get(district)) || null,
        }))}
        picked={office}
        onPick={setOffice}
      />
      <div class="field">
        <label for="about">{words.say('complaints.paper-of')}</label>
        <select
          id="about"
          value={about}
          onChange={({ currentTarget }) => {
            setAbout(currentTarget.value as Accused);
            setSaid(null);
          }}
        >
          {accused.map((post) => (
            <option key={post} value={post}>
              {words.say(`complaints.about-${post}`)}
            </option>
          ))}
        </select>
      </div>
      <Field
        label={words.say('complaints.who')}
        meaning={words.say('complaints.who-meaning')}
        name="who"
        value={who}
        onInput={setWho}
      />
      <Field
        label={words.say('complaints.paper-what')}
        meaning={words.say('complaints.paper-what-meaning')}
        name="what"
        value={what}
        onInput={setWhat}
        lines={6}
      />
      {said && <Notice>{said}</Notice>}
      <Button
        kind="go"
        type="submit"
        icon="key"
        busy={busy}
        disabled={office === null || who.trim() === '' || what.trim() === ''}
      >
        {words.say('complaints.seal')}
      </Button>
    </form>
  );
}
