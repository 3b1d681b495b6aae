import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { nameIn } from '../../../kernel/names.ts';
import { useOffice } from '../../../platform/book/phone/office.tsx';
import { useWriting } from '../../../platform/book/phone/writing.ts';
import { AskPage } from '../../../platform/design/phone/ask-page.tsx';
import { TouchRow } from '../../../platform/design/phone/button.tsx';
import { DayField } from '../../../platform/design/phone/day-field.tsx';
import { useWords } from '../../../platform/languages/phone/words-context.tsx';
import { type Organization, organizationKind } from '../../organizations/organization.ts';
import { sayOrganization } from '../../organizations/say-organization.ts';
import { type Person, personKind } from '../../people/person.ts';
import { type Post, postsOf, single, tenureKind } from '../tenure.ts';
import { PersonPick } from './person-pick.tsx';

const steps = ['post', 'person', 'day'] as const;

/** Who was chosen for which post, and from when. */
export function AppointPage({ params }: { readonly params: Readonly<Record<string, string>> }): VNode {
  const words = useWords();
  const { copy, back, me, today } = useOffice();
  const { said, busy, put } = useWriting();
  const [at, setAt] = useState(0);
  const [post, setPost] = useState<Post | null>(null);
  const [person, setPerson] = useState<string | null>(null);
  const [day, setDay] = useState<string | null>(today);
  const id = params.id ?? '';
  const kept = copy.get<Organization>(organizationKind, id);
  const held = new Set(
    copy.find(tenureKind, 'organization', id).flatMap(({ body }) => (body.until === null ? [body.post] : [])),
  );
  // A post of one that somebody holds is handed over from her line, not given twice.
  const open = (kept ? postsOf[kept.body.tier] : []).filter((one) => !(single.includes(one) && held.has(one)));
  const step = steps[at] ?? 'post';
  const chosen = person === null ? undefined : copy.get<Person>(personKind, person);
  const name = chosen ? nameIn(chosen.body.names, words.language) : '';
  const ready = { post: post !== null, person: person !== null, day: day !== null }[step];
  async function save(): Promise<void> {
    const done = words.say('posts.appointed', { name });
    if ((await put('posts.appoint', { organization: id, post, person, from: day, owner: me.root }, done)) !== null)
      back();
  }
  const question = words.say(`posts.ask-${step}`);
  return (
    <AskPage
      title={words.say('posts.appoint')}
      subtitle={kept && sayOrganization(words, kept.body)}
      help={words.say('posts.appoint-help')}
      at={at}
      of={steps.length}
      onBack={at === 0 ? back : () => setAt(at - 1)}
      onNext={() => (at === steps.length - 1 ? void save() : setAt(at + 1))}
      question={question}
      ready={ready}
      busy={busy}
      said={said}
      save={words.say('posts.appoint')}
    >
      {step === 'post' && (
        <ul class="rows">
          {open.map((value) => (
            <li key={value}>
              <TouchRow icon="people" pressed={post === value} onClick={() => setPost(value)}>
                {words.say(`posts.${value}`)}
              </TouchRow>
            </li>
          ))}
        </ul>
      )}
      {step === 'person' && <PersonPick within={id} picked={person} onPick={setPerson} />}
      {step === 'day' && (
        <>
          <DayField label={question} today={today} day={day} onDay={setDay} />
          <p class="sofar">
            <b>{name}</b>
            <span>{post && words.say(`posts.${post}`)}</span>
          </p>
        </>
      )}
    </AskPage>
  );
}
