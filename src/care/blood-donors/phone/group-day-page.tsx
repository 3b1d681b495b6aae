import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { bloodGroups, type BloodGroup as Group } from '../../../kernel/blood-group.ts';
import { toLatinDigits } from '../../../kernel/digits.ts';
import { nameIn, namesFrom } from '../../../kernel/names.ts';
import { useOffice } from '../../../platform/book/phone/office.tsx';
import { ActionRow, Button } from '../../../platform/design/phone/button.tsx';
import { Field } from '../../../platform/design/phone/field.tsx';
import { Ltr } from '../../../platform/design/phone/isolated.tsx';
import { Notice } from '../../../platform/design/phone/notice.tsx';
import { Page, Question } from '../../../platform/design/phone/page.tsx';
import { formatBloodGroup } from '../../../platform/languages/format.ts';
import { useWords } from '../../../platform/languages/phone/words-context.tsx';
import { groupDayKind } from '../group-day.ts';

const none = Object.fromEntries(bloodGroups.map((group) => [group, ''])) as Record<Group, string>;
const count = (text: string) => Number(toLatinDigits(text).replace(/\D/g, '') || '0');

/** A day on which a licensed laboratory found people's groups: how many of each, and how many still do not know. */
export function GroupDayPage(): VNode {
  const words = useWords();
  const { copy, back, me, today, write, offerUndo } = useOffice();
  const [laboratory, setLaboratory] = useState('');
  const [licence, setLicence] = useState('');
  const [motivators, setMotivators] = useState('');
  const [found, setFound] = useState(none);
  const [unknown, setUnknown] = useState('');
  const [said, setSaid] = useState<string | null>(null);
  const days = [...copy.all(groupDayKind)].sort((a, b) => (a.body.on < b.body.on ? 1 : -1));
  const total = bloodGroups.reduce((sum, group) => sum + count(found[group]), 0);
  async function save(): Promise<void> {
    try {
      const done = await write('blood-donors.hold-group-day', {
        on: today,
        village: null,
        owner: me.root,
        laboratory: namesFrom(laboratory),
        licence: licence.trim(),
        motivators: motivators
          .split(/[،,]/)
          .filter((name) => name.trim() !== '')
          .map(namesFrom),
        found: Object.fromEntries(bloodGroups.map((group) => [group, count(found[group])])),
        stillUnknown: count(unknown),
      });
      if (!done.written) return setSaid(words.sayRefusal(done.refusal));
      back();
      offerUndo(done, words.say('blood-donors.day-written', { count: total }));
    } catch {
      setSaid(words.say('blood-donors.not-saved'));
    }
  }
  return (
    <Page
      title={words.say('blood-donors.group-day')}
      back={back}
      help={words.say('blood-donors.group-day-help')}
      foot={
        <ActionRow>
          <Button
            kind="go"
            icon="done"
            disabled={laboratory.trim() === '' || licence.trim() === '' || total === 0}
            onClick={() => void save()}
          >
            {words.say('blood-donors.save')}
          </Button>
        </ActionRow>
      }
    >
      <Question spoken={`${words.say('blood-donors.ask-found')} ${words.say('blood-donors.group-day-help')}`}>
        {words.say('blood-donors.ask-found')}
      </Question>
      {said && <Notice>{said}</Notice>}
      <Field label={words.say('blood-donors.laboratory')} value={laboratory} onInput={setLaboratory} />
      <Field
        label={words.say('blood-donors.licence')}
        meaning={words.say('blood-donors.licence-meaning')}
        value={licence}
        onInput={setLicence}
      />
      <Field
        label={words.say('blood-donors.motivators')}
        meaning={words.say('blood-donors.motivators-meaning')}
        value={motivators}
        onInput={setMotivators}
      />
      <div class="pairs">
        {bloodGroups.map((group) => (
          <Field
            key={group}
            label={`\u2066${formatBloodGroup(group)}\u2069`}
            numeric
            value={found[group]}
            onInput={(text) => setFound({ ...found, [group]: text })}
          />
        ))}
      </div>
      <Field label={words.say('blood-donors.still-unknown')} numeric value={unknown} onInput={setUnknown} />
      <p>{words.say('blood-donors.found-in-all', { count: total })}</p>
      {days.length > 0 && (
        <ul class="rows">
          {days.map(({ id, body }) => (
            <li key={id}>
              <div class="row">
                <span class="n">
                  <b>{words.date(body.on)}</b>
                  <small>{nameIn(body.laboratory, words.language)}</small>
                </span>
                <Ltr>{words.number(Object.values(body.found).reduce((sum, of) => sum + of, 0))}</Ltr>
              </div>
            </li>
          ))}
        </ul>
      )}
    </Page>
  );
}
