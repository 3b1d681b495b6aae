/*
 * Printing from a phone, with or without a network: where, then what, then the pages. And the other way round: from the code on a printed page to the
 * page of this phone.
 */
import type { VNode } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { type Screen, useOffice } from '../platform/book/phone/office.tsx';
import { ActionRow, Button, TouchRow } from '../platform/design/phone/button.tsx';
import type { IconName } from '../platform/design/phone/icon.tsx';
import { ListenMark } from '../platform/design/phone/marks.tsx';
import { Notice } from '../platform/design/phone/notice.tsx';
import { Page, Question } from '../platform/design/phone/page.tsx';
import { useWords } from '../platform/languages/phone/words-context.tsx';
import { parseLeaf } from '../platform/print/leaf.ts';
import { PrintedPages } from '../platform/print/phone/printed-pages.tsx';
import type { PrintedDocument } from '../platform/print/printed.ts';
import { documents } from './documents.ts';

type Params = { readonly params: Readonly<Record<string, string>> };

/** How a document is offered: its picture, its name and what is said of it. */
const offers = {
  profile: { icon: 'office', title: 'print.profile', note: 'print.profile-note' },
  card: { icon: 'call', title: 'print.card', note: 'print.card-note' },
  donors: { icon: 'blood', title: 'print.donors', note: 'print.donors-note' },
  blank: { icon: 'register', title: 'print.blank', note: 'print.blank-note' },
} as const satisfies Record<string, { readonly icon: IconName; readonly title: string; readonly note: string }>;
const offerOf = (document: PrintedDocument) => offers[document.name as keyof typeof offers];

/** What may leave the office is told first: at a shop, paper passes through strangers' hands. */
function AskWhere(): VNode {
  const words = useWords();
  const { back, go } = useOffice();
  return (
    <Page title={words.say('print.title')} back={back} help={words.say('print.help')}>
      <Question spoken={words.say('print.ask-where')}>{words.say('print.ask-where')}</Question>
      <TouchRow boxed icon="office" note={words.say('print.inside-note')} onClick={() => go('/print/inside')}>
        {words.say('print.inside')}
      </TouchRow>
      <TouchRow boxed icon="people" note={words.say('print.outside-note')} onClick={() => go('/print/outside')}>
        {words.say('print.outside')}
      </TouchRow>
    </Page>
  );
}

/** The documents that may be printed at a place, by somebody of her posts. */
function useDocuments(where: string | undefined): readonly PrintedDocument[] {
  const { copy } = useOffice();
  const isBearer = copy.actor.grants.some(({ role }) => role === 'lso-bearer');
  return documents.filter(
    (document) => (where === 'inside' || document.where === 'outside') && (isBearer || !document.forBearers),
  );
}

function AskWhat({ params: { where } }: Params): VNode {
  const words = useWords();
  const { back, go } = useOffice();
  const offered = useDocuments(where);
  return (
    <Page
      title={words.say('print.title')}
      subtitle={words.say(where === 'inside' ? 'print.inside' : 'print.outside')}
      back={back}
      help={words.say('print.help')}
    >
      <Question spoken={words.say('print.ask-what')}>{words.say('print.ask-what')}</Question>
      {offered.map((document) => {
        const { icon, title, note } = offerOf(document);
        return (
          <TouchRow
            boxed
            key={document.name}
            icon={icon}
            note={words.say(note)}
            onClick={() => go(`/print/${where}/${document.name}`)}
          >
            {words.say(title)}
          </TouchRow>
        );
      })}
    </Page>
  );
}

/** The pages as they will come out. Printed by this phone; a bearer also gets them as a file while there is a network. */
function PrintPage({ params: { where, name } }: Params): VNode {
  const words = useWords();
  const { copy, back, me, today, head, askFile } = useOffice();
  const [said, setSaid] = useState<{ readonly tone: 'good' | 'care'; readonly text: string } | null>(null);
  const [asking, setAsking] = useState(false);
  const document = useDocuments(where).find((offered) => offered.name === name);
  const printed = useMemo(
    () =>
      document?.compose(
        {
          all: (kind) => copy.all(kind),
          cells: () => copy.cells(),
          rules: () => copy.rules(),
          officeNames: me.officeNames,
          root: me.root,
          today,
          head,
          origin: location.origin,
        },
        words,
      ),
    [document, copy, copy.changes, words, today, head, me.root],
  );
  if (!document || !printed)
    return (
      <Page title={words.say('print.title')} back={back}>
        <Notice>{words.say('print.not-offered')}</Notice>
      </Page>
    );
  const isBearer = copy.actor.grants.some(({ role }) => role === 'lso-bearer');
  const { title, note } = offerOf(document);

  async function getFile(): Promise<void> {
    setAsking(true);
    setSaid(null);
    try {
      const file = await askFile(`/api/print/${name}?language=${words.language}`);
      if (file === 'refused') setSaid({ tone: 'care', text: words.say('print.file-refused') });
      else {
        saveFile(file);
        setSaid({ tone: 'good', text: words.say('print.file-kept') });
      }
    } catch {
      setSaid({ tone: 'care', text: words.say('print.file-offline') });
    }
    setAsking(false);
  }

  return (
    <Page
      title={words.say(title)}
      subtitle={words.say('print.pages', { count: printed.pages.length })}
      back={back}
      help={words.say('print.help')}
      foot={
        <ActionRow>
          {isBearer && (
            <Button icon="saved" busy={asking} onClick={() => void getFile()}>
              {words.say('print.file')}
            </Button>
          )}
          <Button kind="go" icon="register" onClick={() => print()}>
            {words.say('print.go')}
          </Button>
        </ActionRow>
      }
    >
      {said && <Notice tone={said.tone}>{said.text}</Notice>}
      <div class="ask">
        <p class="muted">{words.say(note)}</p>
        <ListenMark text={words.say(note)} />
      </div>
      <PrintedPages printed={printed} />
    </Page>
  );
}

/** The name of the file says no more than the name of the app. */
function saveFile(file: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = 'notebook.pdf';
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** A printed page's code was read, and a PIN has opened the office: on to the page it names. */
function LeafPage(): VNode {
  const words = useWords();
  const { copy, go } = useOffice();
  const leaf = parseLeaf(location.pathname);
  const document = leaf && documents.find(({ leaf: number }) => number === leaf.document);
  // A page of another office names a record that this office does not keep.
  const isOurs =
    leaf !== null &&
    (leaf.record === null || document?.kinds.some((kind) => copy.get(kind, leaf.record ?? '') !== undefined));
  const path = leaf && document && isOurs ? document.opens(leaf) : null;
  useEffect(() => {
    if (path !== null) go(path, 'instead');
  }, [path, go]);
  return (
    <Page title={words.say('design.notebook')} back={() => go('/')}>
      {path === null && <Notice>{words.say('print.not-found')}</Notice>}
    </Page>
  );
}

export const printScreens: readonly Screen[] = [
  { path: '/print', component: AskWhere },
  { path: '/print/:where', component: AskWhat },
  { path: '/print/:where/:name', component: PrintPage },
];

export const leafScreens: readonly Screen[] = [
  { path: '/leaf/:document/:page', component: LeafPage },
  { path: '/leaf/:document/:page/:record', component: LeafPage },
];
