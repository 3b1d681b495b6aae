import type { VNode } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { nameIn } from '../../../kernel/names.ts';
import { findIn, searchKey } from '../../../kernel/words.ts';
import { countOf } from '../../../platform/book/figures.ts';
import type { Kept } from '../../../platform/book/kind.ts';
import { useOffice } from '../../../platform/book/phone/office.tsx';
import { ActionRow, Button, TouchRow } from '../../../platform/design/phone/button.tsx';
import { Field } from '../../../platform/design/phone/field.tsx';
import { Icon } from '../../../platform/design/phone/icon.tsx';
import { BloodGroup, Figure, PhoneNumber } from '../../../platform/design/phone/isolated.tsx';
import { ListenMark, SavedMark, SentMark } from '../../../platform/design/phone/marks.tsx';
import { Empty } from '../../../platform/design/phone/notice.tsx';
import { Page } from '../../../platform/design/phone/page.tsx';
import { RuledTable } from '../../../platform/design/phone/ruled-table.tsx';
import { Say, useWords } from '../../../platform/languages/phone/words-context.tsx';
import { linesOnPage } from '../../../platform/print/book-pages.ts';
import { type Donor, donorContactKind, donorKind } from '../donor.ts';
import { inBookOrder } from '../donors-book.ts';
import { sayVo } from './donor-words.tsx';

type RegisterProps = { readonly params: Readonly<Record<string, string>> };

/**
 * The register that lies in the office: numbered lines, a page at a time, the newest page first; or the page that a printed page's code names, by
 * its first line where that is still in the book.
 */
export function DonorRegister({ params }: RegisterProps): VNode {
  const words = useWords();
  const { copy, go, back, today } = useOffice();
  const [search, setSearch] = useState('');
  const donors = useMemo(
    () => inBookOrder(copy.all<Donor>(donorKind)).map((donor, i) => ({ donor, number: i + 1, key: keyOf(donor.body) })),
    [copy, copy.changes],
  );
  const pages = Math.max(1, Math.ceil(donors.length / linesOnPage));
  const [page, setPage] = useState(() => {
    const line = donors.findIndex(({ donor }) => donor.id === params.line);
    if (line >= 0) return Math.floor(line / linesOnPage) + 1;
    return /^[1-9]\d{0,4}$/.test(params.page ?? '') ? Number(params.page) : pages;
  });
  const at = Math.min(page, pages);
  const typed = searchKey(search);
  const found =
    search.trim() === ''
      ? donors.slice((at - 1) * linesOnPage, at * linesOnPage)
      : donors.filter(({ key }) => findIn(key, typed) > 0).slice(0, 30);
  const given = countOf(copy.cells(), { figure: 'people-given-blood', to: today });
  const saved = donors.some(({ donor }) => !copy.isConfirmed(donorKind.kind, donor.id));
  return (
    <Page
      title={words.say('blood-donors.title')}
      subtitle={words.say('blood-donors.page-of', { page: at, of: pages })}
      back={back}
      help={words.say('blood-donors.help')}
      foot={
        <ActionRow>
          <Button kind="go" icon="blood" onClick={() => go('/blood-donors/enlist')}>
            {words.say('blood-donors.enlist')}
          </Button>
        </ActionRow>
      }
    >
      <div class="count">
        <Figure value={donors.length} />
        <p>
          <Say id="blood-donors.counted" params={{ given }} />
        </p>
        <ListenMark text={`${words.number(donors.length)} ${words.say('blood-donors.counted', { given })}`} />
      </div>
      {donors.length > linesOnPage && (
        <Field type="search" label={words.say('blood-donors.search')} value={search} onInput={setSearch} />
      )}
      {donors.length === 0 ? (
        <Empty icon="blood" title={words.say('blood-donors.none')}>
          <p>{words.say('blood-donors.none-help')}</p>
        </Empty>
      ) : found.length === 0 ? (
        <Empty icon="help" title={words.say('blood-donors.not-found')} />
      ) : (
        <RuledTable
          caption={words.say('blood-donors.title')}
          columns={[
            { head: words.say('blood-donors.head-name') },
            { head: words.say('blood-donors.head-group'), width: 'narrow' },
            { head: words.say('blood-donors.head-contact'), width: 'phone' },
          ]}
          rows={found.map(({ donor, number }) => ({
            key: donor.id,
            number,
            onOpen: () => go(`/blood-donors/donor/${donor.id}`),
            cells: [
              <>
                {nameIn(donor.body.names, words.language)}
                <small>{sayVo(words, copy, donor.body.vo)}</small>
              </>,
              donor.body.group ? (
                <BloodGroup group={donor.body.group} />
              ) : (
                <span class="muted">{words.say('design.not-known')}</span>
              ),
              <Contact key="contact" donor={donor} />,
            ],
          }))}
        />
      )}
      {search.trim() === '' && pages > 1 && (
        <div class="leafing">
          <Button icon="back" disabled={at === 1} onClick={() => setPage(at - 1)}>
            {words.say('blood-donors.earlier')}
          </Button>
          <Button icon="next" iconAfter disabled={at === pages} onClick={() => setPage(at + 1)}>
            {words.say('blood-donors.later')}
          </Button>
        </div>
      )}
      <TouchRow boxed icon="event" onClick={() => go('/blood-donors/group-day')}>
        {words.say('blood-donors.group-day')}
      </TouchRow>
      {saved ? <SavedMark /> : donors.length > 0 && <SentMark />}
    </Page>
  );
}

function keyOf({ names, parent }: Donor) {
  return searchKey(names.sd, names.ur, names.en, parent?.sd ?? null, parent?.ur ?? null, parent?.en ?? null);
}

/** Her number, or through whom she is reached: a relayed number is not on this phone. */
export function Contact({ donor }: { readonly donor: Kept<Donor> }): VNode {
  const words = useWords();
  const { copy } = useOffice();
  const contact = copy.find(donorContactKind, 'donor', donor.id)[0];
  if (contact) return <PhoneNumber number={contact.body.number} />;
  if (donor.body.relay)
    return (
      <span class="via">
        <Icon name="relay" />
        {nameIn(donor.body.relay.names, words.language)}
      </span>
    );
  return <span class="muted">{words.say('design.not-known')}</span>;
}
