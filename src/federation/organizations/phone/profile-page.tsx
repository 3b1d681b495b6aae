import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { toLatinDigits } from '../../../kernel/digits.ts';
import { nameIn } from '../../../kernel/names.ts';
import { isPlainDate } from '../../../kernel/plain-date.ts';
import { useOffice } from '../../../platform/book/phone/office.tsx';
import { useWriting } from '../../../platform/book/phone/writing.ts';
import { ActionRow, Button, TouchRow } from '../../../platform/design/phone/button.tsx';
import { DayField } from '../../../platform/design/phone/day-field.tsx';
import { Field } from '../../../platform/design/phone/field.tsx';
import { Figure } from '../../../platform/design/phone/isolated.tsx';
import { ListenMark } from '../../../platform/design/phone/marks.tsx';
import { Notice } from '../../../platform/design/phone/notice.tsx';
import { Page, Question } from '../../../platform/design/phone/page.tsx';
import { useWords } from '../../../platform/languages/phone/words-context.tsx';
import { type Place, placeKind, placeLine } from '../../places/place.ts';
import { lsoProfile } from '../lso-profile.ts';
import { type Organization, organizationKind } from '../organization.ts';
import { sayOrganization } from '../say-organization.ts';
import { CoverageBar } from './coverage-bar.tsx';

/** RSPN's one-page profile, as of today or of any day. Every number opens into its records. */
export function ProfilePage({ params }: { readonly params: Readonly<Record<string, string>> }): VNode {
  const words = useWords();
  const { copy, go, back, me, today } = useOffice();
  const on = params.on !== undefined && isPlainDate(params.on) ? params.on : today;
  const [choosing, setChoosing] = useState(false);
  const lso = copy.get<Organization>(organizationKind, me.root);
  const profile = lsoProfile(copy.cells(), on);
  const line = lso?.body.place ? placeLine(lso.body.place, on, (id) => copy.get<Place>(placeKind, id)) : [];
  const council = line.find(({ body }) => body.level === 'union-council');
  // Where the book does not say what stands above the union council, the office above it does.
  const district =
    line.find(({ body }) => body.level === 'district')?.body.names ??
    [...copy.all<Organization>(organizationKind)].find(
      ({ id, body }) => body.tier === 'district' && !copy.tree().has(id),
    )?.body.names;
  const open = (what: string) => () => go(`/organizations/profile/${on}/${what}`);
  const ofWomen = ({ count, women }: { readonly count: number; readonly women: number }) =>
    count === 0
      ? ''
      : women === count
        ? words.say('organizations.all-women')
        : words.say('organizations.of-which-women', { women });
  const told = (origin: 'counted' | 'told') => (origin === 'told' ? words.say('organizations.as-told') : '');
  const lines = [
    ['households', 'organizations.profile-households', profile.households.count, told(profile.households.origin)],
    [
      'organized',
      'organizations.profile-organized',
      profile.organizedHouseholds.count,
      told(profile.organizedHouseholds.origin),
    ],
    ['cos', 'organizations.profile-cos', profile.communityOrganizations.count, ofWomen(profile.communityOrganizations)],
    ['vos', 'organizations.profile-vos', profile.villageOrganizations.count, ofWomen(profile.villageOrganizations)],
    ['general-body', 'organizations.profile-general-body', profile.generalBody.count, ofWomen(profile.generalBody)],
    [
      'executive',
      'organizations.profile-executive',
      profile.executiveCommittee.count,
      ofWomen(profile.executiveCommittee),
    ],
  ] as const;
  const coverage =
    profile.coveragePercent === null
      ? words.say('organizations.coverage-unknown')
      : words.say('organizations.coverage-says', {
          organized: profile.organizedHouseholds.count,
          households: profile.households.count,
        });
  const spoken = [coverage, ...lines.map(([, id, count]) => `${words.say(id)}: ${words.number(count)}`)].join('. ');
  return (
    <Page
      title={lso ? sayOrganization(words, lso.body) : words.say('organizations.profile')}
      subtitle={
        council && words.say('organizations.union-council', { name: nameIn(council.body.names, words.language) })
      }
      back={back}
      help={words.say('organizations.profile-help')}
      foot={
        <ActionRow>
          <Button icon="late" pressed={choosing} onClick={() => setChoosing(!choosing)}>
            {words.say('organizations.as-of', { on })}
          </Button>
        </ActionRow>
      }
    >
      {choosing && (
        <DayField
          label={words.say('organizations.as-of-which-day')}
          today={today}
          day={on}
          onDay={(day) => {
            if (day === null || day > today || day === on) return;
            go(`/organizations/profile/${day}`, 'instead');
          }}
        />
      )}
      <div class="count">
        <Figure value={profile.coveragePercent === null ? '–' : words.percent(profile.coveragePercent)} />
        <p>{coverage}</p>
        <ListenMark text={spoken} />
      </div>
      {profile.coveragePercent !== null && (
        <div>
          <CoverageBar percent={profile.coveragePercent} label={coverage} />
          <p class="quiet">{words.say('organizations.mark-at-forty')}</p>
        </div>
      )}
      <ul class="rows">
        {district && (
          <li>
            <div class="row">
              <span class="n">{words.say('organizations.district')}</span>
              <b>{nameIn(district, words.language)}</b>
            </div>
          </li>
        )}
        {lso && (
          <li>
            <div class="row">
              <span class="n">{words.say('organizations.formation')}</span>
              <b>{words.date(lso.body.formedOn)}</b>
            </div>
          </li>
        )}
        {lines.map(([what, id, count, note]) => (
          <li key={what}>
            <div class="row">
              <span class="n">
                {words.say(id)}
                {note && <small>{note}</small>}
              </span>
              <Figure value={count} what={words.say(id)} onOpen={open(what)} />
            </div>
          </li>
        ))}
      </ul>
      {copy.actor.grants.some(({ role }) => role === 'lso-bearer') && (
        <TouchRow boxed icon="household" onClick={() => go('/organizations/told')}>
          {words.say('organizations.tell-households')}
        </TouchRow>
      )}
      <p class="muted">
        {words.say('organizations.profile-as-of')} <bdi>{words.date(on)}</bdi>
      </p>
    </Page>
  );
}

/** How many households there are, as told, until all are entered. */
export function TellHouseholds(): VNode {
  const words = useWords();
  const { back, me, today } = useOffice();
  const { said, busy, put } = useWriting();
  const [total, setTotal] = useState('');
  const [organized, setOrganized] = useState('');
  const [source, setSource] = useState('');
  const [day, setDay] = useState<string | null>(today);
  const count = (text: string) => Number(toLatinDigits(text).replace(/\D/g, '') || '0');
  async function save(all: boolean): Promise<void> {
    const told = all
      ? null
      : {
          total: count(total),
          organized: organized.trim() === '' ? null : count(organized),
          source: source.trim(),
        };
    const done = words.say(all ? 'organizations.all-entered-now' : 'organizations.told-written');
    if ((await put('organizations.tell-households', { organization: me.root, on: day, told }, done)) !== null) back();
  }
  const question = words.say('organizations.ask-told');
  return (
    <Page
      title={words.say('organizations.tell-households')}
      back={back}
      help={words.say('organizations.tell-help')}
      foot={
        <ActionRow>
          <Button
            kind="go"
            icon="done"
            busy={busy}
            disabled={count(total) === 0 || source.trim() === '' || day === null}
            onClick={() => void save(false)}
          >
            {words.say('organizations.save')}
          </Button>
        </ActionRow>
      }
    >
      <Question spoken={question}>{question}</Question>
      <Field label={words.say('organizations.profile-households')} numeric value={total} onInput={setTotal} />
      <Field label={words.say('organizations.profile-organized')} numeric value={organized} onInput={setOrganized} />
      <Field
        label={words.say('organizations.who-told')}
        example={words.say('organizations.who-told-example')}
        value={source}
        onInput={setSource}
      />
      <DayField label={words.say('organizations.since-when')} today={today} day={day} onDay={setDay} />
      {said && <Notice>{said}</Notice>}
      <TouchRow boxed icon="done" note={words.say('organizations.all-entered-means')} onClick={() => void save(true)}>
        {words.say('organizations.all-entered')}
      </TouchRow>
    </Page>
  );
}
