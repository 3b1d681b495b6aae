import type { VNode } from 'preact';
import { type CallList, callListKind } from '../care/blood-donors/call-list.ts';
import { dayInPakistan } from '../kernel/plain-date.ts';
import { type Look, lookKind } from '../platform/access/looks.ts';
import { type Screen, useOffice } from '../platform/book/phone/office.tsx';
import type { IconName } from '../platform/design/phone/icon.tsx';
import { Icon } from '../platform/design/phone/icon.tsx';
import { Tag } from '../platform/design/phone/marks.tsx';
import { Empty } from '../platform/design/phone/notice.tsx';
import { Page } from '../platform/design/phone/page.tsx';
import { useWords } from '../platform/languages/phone/words-context.tsx';

const pictures: Readonly<Record<Look['what'], IconName>> = {
  figure: 'report',
  profile: 'office',
  list: 'register',
  export: 'sent',
  print: 'newsletter',
  'card-number': 'key',
  copy: 'people',
};

type Line = { readonly key: string; readonly day: string; readonly look: Look | null; readonly to: string };
/** A season is enough to see who looks; older ones stand in the book. */
const mostLines = 200;

/** Who from above has looked into this office, and to whom a number was handed. Known here with no network. */
function WhoLooked(): VNode {
  const words = useWords();
  const { copy, back, today } = useOffice();
  const looks = [...copy.all<Look>(lookKind)].map(
    ({ id, body }): Line => ({ key: id, day: body.day, look: body, to: body.readerShown }),
  );
  const handed = [...copy.all<CallList>(callListKind)].flatMap(({ id, body }) =>
    body.handed.map(({ to, at }, i): Line => ({ key: `${id} ${i}`, day: dayInPakistan(at), look: null, to })),
  );
  const lines = [...looks, ...handed].sort((a, b) => (a.day < b.day ? 1 : a.day > b.day ? -1 : 0)).slice(0, mostLines);
  return (
    <Page title={words.say('book.who-looked')} back={back} help={words.say('book.who-looked-help')}>
      <p class="muted">{words.say('book.who-looked-about')}</p>
      {lines.length === 0 && <Empty icon="hide" title={words.say('book.nobody-looked')} />}
      <ul class="rows">
        {lines.map(({ key, day, look, to }) => (
          <li key={key}>
            <div class="row">
              <Icon name={look ? pictures[look.what] : 'call'} />
              <span class="n">
                <bdi>{to}</bdi>
                <small>{look ? words.say(`book.role-${look.role}`) : words.say('book.given-number')}</small>
                {look && (
                  <small>
                    {words.say(`book.looked-${look.what}`)} · {words.say('book.times', { count: look.count })}
                  </small>
                )}
              </span>
              <Tag>{words.relativeDay(day, today)}</Tag>
            </div>
          </li>
        ))}
      </ul>
    </Page>
  );
}

export const whoLookedScreens: readonly Screen[] = [{ path: '/who-looked', component: WhoLooked }];
