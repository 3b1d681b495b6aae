import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { type Donor, donorKind } from '../care/blood-donors/donor.ts';
import { emergencyKind } from '../care/emergencies/emergency.ts';
import { asksForTestCall, providerCallRule, providerKind } from '../care/emergencies/provider.ts';
import { organizationKind } from '../federation/organizations/organization.ts';
import { OrganizationName } from '../federation/organizations/phone/organization-name.tsx';
import { nameIn } from '../kernel/names.ts';
import { dayInPakistan } from '../kernel/plain-date.ts';
import { countOf } from '../platform/book/figures.ts';
import { type FlagPage, flagKind, type RefusalPage, refusalKind } from '../platform/book/notices.ts';
import { useOffice } from '../platform/book/phone/office.tsx';
import { littleRoom, roomOnThisPhone } from '../platform/book/phone/room.ts';
import { inForce } from '../platform/book/rule.ts';
import { Button, TouchRow } from '../platform/design/phone/button.tsx';
import { Ltr } from '../platform/design/phone/isolated.tsx';
import { ListenMark, Tag } from '../platform/design/phone/marks.tsx';
import { Notice, Strip } from '../platform/design/phone/notice.tsx';
import { EmergencyButton, Page } from '../platform/design/phone/page.tsx';
import { BookTile, Tiles } from '../platform/design/phone/tile.tsx';
import { useWords } from '../platform/languages/phone/words-context.tsx';
import type { PhoneBook } from '../platform/sync/client.ts';
import type { SyncState } from '../platform/sync/phone/sync-driver.ts';

type HomeProps = {
  readonly book: PhoneBook;
  readonly state: SyncState;
  readonly onSend: () => void;
  readonly lock: () => void;
  /** Given in the practice office, where nothing waits to be sent. */
  readonly startAgain?: () => void;
};

/** What is not yet sent, one red button, the registers with their figures, and what is to be done today. */
export function Home({ book, state, onSend, lock, startAgain }: HomeProps): VNode {
  const words = useWords();
  const { copy, go, now, today, me, doorNotes } = useOffice();
  const cells = copy.cells();
  const figure = (name: string, by?: Readonly<Record<string, string>>) =>
    words.number(countOf(cells, { figure: name, to: today, ...(by && { by }) }));
  const unsent = startAgain ? [] : copy.lines.filter(({ is, line }) => is.state === 'unsent' && line.command !== null);
  const since = unsent[0] ? words.relativeDay(dayInPakistan(unsent[0].line.at), today) : '';
  const open = [...copy.all(emergencyKind)].filter(({ body }) => body.outcome === null);
  const notices = [
    ...[...copy.all<RefusalPage>(refusalKind)].filter(({ body }) => body.settled === null),
    ...[...copy.all<FlagPage>(flagKind)].filter(({ body }) => body.settled === null),
  ];
  const refusedHere = copy.lines.filter(
    ({ is, line }) => is.state === 'refused' && !notices.some(({ id }) => id === `${line.seat}-${line.line}`),
  );
  const toSettle = notices.length + refusedHere.length;
  const rule = inForce(providerCallRule, copy.rules(), today);
  const stale = [...copy.all(providerKind)].filter(({ body }) => asksForTestCall(body, today, rule));
  const donorsUnknown = [...copy.all<Donor>(donorKind)].filter(
    ({ body }) => body.status === 'active' && body.group === null,
  ).length;
  const tasks =
    doorNotes.length + open.length + (toSettle > 0 ? 1 : 0) + (stale.length > 0 ? 1 : 0) + (donorsUnknown > 0 ? 1 : 0);
  const root = copy.get(organizationKind, me.root);
  const [littleIsLeft, setLittleIsLeft] = useState(false);
  useEffect(() => {
    performance.mark('home');
    void roomOnThisPhone().then((room) => setLittleIsLeft(room !== null && room.left < littleRoom));
  }, []);
  return (
    <Page
      title={nameIn(me.officeNames, words.language)}
      subtitle={
        <>
          {nameIn(me.names, words.language)} · {words.weekday(today)}
        </>
      }
      help={words.say(startAgain ? 'phone.practice-help' : 'phone.home-help')}
      strips={
        <>
          <Strip count={unsent.length} since={since} onSend={onSend} sending={state === 'syncing'} />
          {!book.isFilled && (
            <Notice tone="calm" icon="saved">
              {words.say(state === 'not-reached' ? 'phone.first-copy-waits' : 'phone.first-copy')}
            </Notice>
          )}
          {book.isRewritten && <Notice>{words.say('phone.rewritten')}</Notice>}
          {littleIsLeft && (
            <Notice icon="saved">
              <p>{words.say('phone.room-little')}</p>
              <Button icon="next" onClick={() => go('/this-phone')}>
                {words.say('phone.room-open')}
              </Button>
            </Notice>
          )}
          {book.sealedUnsent > 0 && <Notice>{words.say('phone.torn-lines', { count: book.sealedUnsent })}</Notice>}
          {!book.clockIsBelievable && <Notice>{words.say('phone.clock')}</Notice>}
        </>
      }
    >
      <EmergencyButton
        title={words.say('phone.emergency')}
        note={words.say('phone.emergency-note')}
        onClick={() => go('/emergencies/open')}
      />
      <Tiles of="books">
        <BookTile icon="blood" figure={figure('donors')} onClick={() => go('/blood-donors')}>
          {words.say('phone.tile-donors')}
        </BookTile>
        <BookTile icon="done" figure={figure('people-given-blood')} onClick={() => go('/emergencies')}>
          {words.say('phone.tile-given')}
        </BookTile>
        <BookTile icon="ambulance" figure={figure('families-carried')} onClick={() => go('/emergencies/numbers')}>
          {words.say('phone.tile-carried')}
        </BookTile>
        <BookTile icon="household" figure={figure('households', { organized: 'yes' })} onClick={() => go('/people')}>
          {words.say('phone.tile-households')}
        </BookTile>
        <BookTile icon="people" figure={figure('organizations', { tier: 'co' })} onClick={() => go('/office')}>
          {words.say('phone.tile-organizations')}
        </BookTile>
        <BookTile icon="office" figure={figure('phones')} onClick={() => go('/office')} all>
          {words.say('phone.tile-office')}
        </BookTile>
      </Tiles>
      <div class="head">
        <h2>{words.say('phone.today')}</h2>
        <ListenMark text={words.say('phone.home-spoken', { tasks, unsent: unsent.length })} />
        <Ltr>{words.number(tasks)}</Ltr>
      </div>
      {tasks === 0 && <p class="muted">{words.say('phone.nothing-today')}</p>}
      <ul class="rows">
        {doorNotes.map(({ note, text, at }) => (
          <li key={note}>
            <TouchRow
              icon="emergency"
              note={text}
              onClick={() => go(`/emergencies/open/${note}`)}
              end={
                <Tag icon="late" tone="wait">
                  {words.ago(Math.max(0, Math.floor((now() - at) / 60_000)))}
                </Tag>
              }
            >
              {words.say('phone.task-note')}
            </TouchRow>
          </li>
        ))}
        {open.map(({ id, body }) => (
          <li key={id}>
            <TouchRow
              icon="emergency"
              onClick={() => go(`/emergencies/${id}`)}
              end={
                <Tag icon="late" tone="wait">
                  {words.ago(Math.max(0, Math.floor((now() - body.openedAt) / 60_000)))}
                </Tag>
              }
            >
              {words.say('phone.task-open')}
              {body.vo && (
                <>
                  {' · '}
                  <OrganizationName id={body.vo} />
                </>
              )}
            </TouchRow>
          </li>
        ))}
        {toSettle > 0 && (
          <li>
            <TouchRow icon="warn" onClick={() => go('/not-sent')} end={<Ltr>{words.number(toSettle)}</Ltr>}>
              {words.say('phone.task-settle')}
            </TouchRow>
          </li>
        )}
        {stale.length > 0 && (
          <li>
            <TouchRow
              icon="call"
              onClick={() => go('/emergencies/numbers')}
              end={<Ltr>{words.number(stale.length)}</Ltr>}
            >
              {words.say('phone.task-test')}
            </TouchRow>
          </li>
        )}
        {donorsUnknown > 0 && (
          <li>
            <TouchRow icon="blood" onClick={() => go('/blood-donors')} end={<Ltr>{words.number(donorsUnknown)}</Ltr>}>
              {words.say('phone.task-unknown')}
            </TouchRow>
          </li>
        )}
      </ul>
      {startAgain && (
        <Button icon="erase" onClick={startAgain}>
          {words.say('phone.practice-again')}
        </Button>
      )}
      <Button icon="key" onClick={lock}>
        {startAgain
          ? words.say('phone.practice-leave')
          : words.say('phone.close', { name: nameIn(me.names, words.language) })}
      </Button>
      {root === undefined && book.isFilled && <Notice>{words.say('phone.no-role')}</Notice>}
    </Page>
  );
}
