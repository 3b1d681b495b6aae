import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import { nameIn } from '../../../kernel/names.ts';
import { grantKind } from '../../../platform/access/grants.ts';
import type { Copy } from '../../../platform/book/copy.ts';
import { departureKind } from '../../../platform/book/departure.ts';
import type { Kept } from '../../../platform/book/kind.ts';
import { useOffice } from '../../../platform/book/phone/office.tsx';
import { inForce, publishedOn } from '../../../platform/book/rule.ts';
import { Button, TouchRow } from '../../../platform/design/phone/button.tsx';
import { Figure, Ltr } from '../../../platform/design/phone/isolated.tsx';
import { ListenMark, SavedMark, SentMark, Tag } from '../../../platform/design/phone/marks.tsx';
import { Notice } from '../../../platform/design/phone/notice.tsx';
import { Page } from '../../../platform/design/phone/page.tsx';
import { useWords } from '../../../platform/languages/phone/words-context.tsx';
import type { Words } from '../../../platform/languages/say.ts';
import { cutOffSheetKind, openingOf } from '../../office/cut-off-sheet.ts';
import { placeKind } from '../../places/place.ts';
import { postsOf, type Tenure, tenureKind, termEnds } from '../../posts/tenure.ts';
import { byLawsKind, byLawsOn, byLawsRule, type InForce, sizeConcern } from '../by-laws.ts';
import { type Organization, organizationKind, stands } from '../organization.ts';
import { sayOrganization } from '../say-organization.ts';
import { belowOf } from './below.ts';
import { OrganizationName } from './organization-name.tsx';
import { OrganizationRow } from './organizations-page.tsx';
import { ownOrganizations } from './own-organizations.ts';

/** The by-laws that hold for an organization on a day, as this phone knows them. */
export function byLawsHere(copy: Copy, { self, tier }: Organization, on: string): InForce {
  const source = publishedOn(byLawsRule, copy.rules(), on)?.source ?? byLawsRule.shipped.source;
  const shipped = { settings: inForce(byLawsRule, copy.rules(), on)[tier], source };
  return byLawsOn(copy.find(byLawsKind, 'organization', self), shipped, on);
}

/** One organization: who bears it, what it has agreed, who belongs to it, what stands below. */
export function OrganizationPage({ params }: { readonly params: Readonly<Record<string, string>> }): VNode {
  const words = useWords();
  const { copy, go, back, today } = useOffice();
  const id = params.id ?? '';
  const below = useMemo(() => belowOf(copy, ownOrganizations(copy)), [copy, copy.changes]);
  const kept = copy.get<Organization>(organizationKind, id);
  if (!kept)
    return (
      <Page title={words.say('organizations.title')} back={back}>
        <Notice>{words.say('organizations.not-here')}</Notice>
      </Page>
    );
  const { body } = kept;
  const mayChange = copy.actor.grants.some(({ role }) => role === 'lso-bearer') && copy.tree().has(id);
  const laws = byLawsHere(copy, body, today);
  const households = below.households.get(id) ?? 0;
  const concern = body.tier === 'co' ? sizeConcern(households, laws.settings) : null;
  const children = (below.children.get(id) ?? []).filter((child) => stands(child.body.status));
  const place = body.place === null ? undefined : copy.get(placeKind, body.place);
  const parent = body.parent === null ? undefined : copy.get<Organization>(organizationKind, body.parent);
  const [sheet] = copy.find(cutOffSheetKind, 'organization', id);
  const opening = openingOf(sheet?.body);
  const gone = copy.find(departureKind, 'from', id).length;
  return (
    <Page
      title={sayOrganization(words, body)}
      subtitle={words.say('organizations.formed', { on: body.formedOn, of: body.of })}
      back={back}
      help={words.say('organizations.page-help')}
    >
      {concern && <Notice tone="calm">{words.sayRefusal(concern)}</Notice>}
      {body.status !== 'active' && (
        <Notice icon="late" tone="calm">
          {words.say(`organizations.status-${body.status}`)}
        </Notice>
      )}
      {body.tier !== 'lso' && (
        <div class="count">
          <Figure
            value={households}
            onOpen={() => go(`/organizations/${id}/households`)}
            what={words.say('organizations.households')}
          />
          <p>{words.say('organizations.households')}</p>
          <ListenMark
            text={`${sayOrganization(words, body)}. ${words.number(households)} ${words.say('organizations.households')}`}
          />
        </div>
      )}
      <Bearers organization={kept} laws={laws} mayChange={mayChange} />
      {children.length > 0 && (
        <section class="part-of-page">
          <div class="head">
            <h2>{words.say(body.tier === 'vo' ? 'organizations.its-cos' : 'organizations.its-vos')}</h2>
            <Ltr>{words.number(children.length)}</Ltr>
          </div>
          <ul class="rows">
            {children.map((child) => (
              <li key={child.id}>
                <OrganizationRow kept={child} below={below} />
              </li>
            ))}
          </ul>
        </section>
      )}
      <ul class="rows">
        <li>
          <TouchRow icon="register" note={byLawsNote(words, laws)} onClick={() => go(`/organizations/${id}/by-laws`)}>
            {words.say('organizations.by-laws')}
          </TouchRow>
        </li>
        {body.tier === 'co' && (
          <li>
            <TouchRow
              icon="savings"
              onClick={() => go(`/organizations/${id}/cut-off`)}
              end={
                <Tag icon={opening === 'live' ? 'done' : 'late'} tone={opening === 'live' ? 'yes' : 'wait'}>
                  {words.say(`office.opening-${opening}`)}
                </Tag>
              }
            >
              {words.say('office.cut-off')}
            </TouchRow>
          </li>
        )}
        {place && (
          <li>
            <TouchRow icon="plan" onClick={() => go(`/places/${place.id}`)}>
              {nameIn(place.body.names, words.language)}
            </TouchRow>
          </li>
        )}
        {parent && (
          <li>
            <TouchRow icon="office" onClick={() => go(`/organizations/${parent.id}`)}>
              {words.say('organizations.belongs-to', { name: sayOrganization(words, parent.body) })}
            </TouchRow>
          </li>
        )}
        {mayChange && (
          <li>
            <TouchRow icon="write" onClick={() => go(`/organizations/${id}/correct`)}>
              {words.say('organizations.correct')}
            </TouchRow>
          </li>
        )}
        {body.status === 'merged' && body.into && (
          <li>
            <TouchRow icon="linkage" onClick={() => go(`/organizations/${body.into}`)}>
              <OrganizationName id={body.into} />
            </TouchRow>
          </li>
        )}
        {mayChange && body.parent !== null && stands(body.status) && (
          <>
            {body.tier === 'co' && (
              <li>
                <TouchRow icon="office" onClick={() => go(`/organizations/${id}/move`)}>
                  {words.say('moves.organization')}
                </TouchRow>
              </li>
            )}
            {body.tier === 'co' && (
              <li>
                <TouchRow icon="household" onClick={() => go(`/organizations/${id}/split`)}>
                  {words.say('moves.split')}
                </TouchRow>
              </li>
            )}
            <li>
              <TouchRow icon="linkage" onClick={() => go(`/organizations/${id}/merge`)}>
                {words.say('moves.merge')}
              </TouchRow>
            </li>
            <li>
              <TouchRow icon="next" onClick={() => go(`/transfers/offer/organization/${id}`)}>
                {words.say('transfers.to-another')}
              </TouchRow>
            </li>
          </>
        )}
        {gone > 0 && (
          <li>
            <TouchRow icon="next" onClick={() => go(`/organizations/${id}/gone`)} end={<Ltr>{words.number(gone)}</Ltr>}>
              {words.say('moves.gone')}
            </TouchRow>
          </li>
        )}
        {mayChange && body.parent !== null && body.status !== 'merged' && (
          <li>
            <TouchRow icon="late" onClick={() => go(`/organizations/${id}/status`)}>
              {words.say('organizations.change-status')}
            </TouchRow>
          </li>
        )}
      </ul>
      {copy.isConfirmed(organizationKind.kind, id) ? <SentMark /> : <SavedMark />}
    </Page>
  );
}

function byLawsNote(words: Words, { settings, from }: InForce): string {
  const since = from === null ? words.say('organizations.by-laws-shipped') : words.say('posts.since', { on: from });
  return settings.meets === null ? since : `${words.say(`organizations.meets-${settings.meets}`)} · ${since}`;
}

type BearersProps = {
  readonly organization: Kept<Organization>;
  readonly laws: InForce;
  readonly mayChange: boolean;
};

/** Who holds which post since when. Roles that were given without a post stand below, so that nobody is left out. */
function Bearers({ organization, laws, mayChange }: BearersProps): VNode | null {
  const words = useWords();
  const { copy, go, today } = useOffice();
  const { id, body } = organization;
  const posts = postsOf[body.tier];
  const tenures = copy
    .find<Tenure>(tenureKind, 'organization', id)
    .filter((tenure) => tenure.body.until === null)
    .sort((a, b) => posts.indexOf(a.body.post) - posts.indexOf(b.body.post));
  const known = new Set(tenures.map((tenure) => tenure.body.person));
  const unnamed = [...copy.all(grantKind)].filter(
    (grant) => grant.body.until === null && grant.body.organization === id && !known.has(grant.body.person),
  );
  if (posts.length === 0) return null;
  return (
    <section class="part-of-page">
      <div class="head">
        <h2>{words.say('posts.bearers')}</h2>
        <Ltr>{words.number(tenures.length + unnamed.length)}</Ltr>
      </div>
      {tenures.length + unnamed.length === 0 && <p class="muted">{words.say('posts.nobody-yet')}</p>}
      <ul class="rows">
        {tenures.map((tenure) => {
          const ends = termEnds(tenure.body.from, laws.settings.termMonths);
          const line = (
            <>
              <b>{nameIn(tenure.body.names, words.language)}</b>
              <small>
                {words.say(`posts.${tenure.body.post}`)} · {words.say('posts.since', { on: tenure.body.from })}
              </small>
            </>
          );
          const over = ends !== null && ends <= today && (
            <Tag icon="late" tone="wait">
              {words.say('posts.term-over')}
            </Tag>
          );
          return (
            <li key={tenure.id}>
              {mayChange ? (
                <TouchRow icon="people" end={over} onClick={() => go(`/organizations/${id}/hand-over/${tenure.id}`)}>
                  {line}
                </TouchRow>
              ) : (
                <div class="row">
                  <span class="n">{line}</span>
                  {over}
                </div>
              )}
            </li>
          );
        })}
        {unnamed.map(({ id: grant, body: { names } }) => (
          <li key={grant}>
            <div class="row">
              <span class="n">
                <b>{nameIn(names, words.language)}</b>
                <small>{words.say('posts.no-post-written')}</small>
              </span>
            </div>
          </li>
        ))}
      </ul>
      {mayChange && stands(body.status) && (
        <Button icon="people" onClick={() => go(`/organizations/${id}/appoint`)}>
          {words.say('posts.appoint')}
        </Button>
      )}
    </section>
  );
}
