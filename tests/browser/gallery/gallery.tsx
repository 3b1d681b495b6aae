/*
 * Every component of the design system on pages as a leader meets them, for our eyes and for the browser tests. Not shipped. The names
 * are samples. Sentences that belong to registers stand here as they were drawn, since the registers own the real ones.
 * `?page=home&language=sd&light=sun`
 */
/// <reference types="vite/client" />
import '../../../src/platform/design/phone/fonts/fonts.css';
import '../../../src/platform/design/phone/design.css';
import type { ComponentChildren, VNode } from 'preact';
import { render } from 'preact';
import { useState } from 'preact/hooks';
import { ActionRow, Button, CallButton, TouchRow } from '../../../src/platform/design/phone/button.tsx';
import { Mark } from '../../../src/platform/design/phone/cloth-motif.tsx';
import { Clock, Drops, Lane } from '../../../src/platform/design/phone/emergency-lane.tsx';
import type { GroupLetters, GroupSign } from '../../../src/platform/design/phone/field.tsx';
import { BloodGroupPick, Field, PickGrid } from '../../../src/platform/design/phone/field.tsx';
import { Icon, iconNames } from '../../../src/platform/design/phone/icon.tsx';
import { BloodGroup, Figure, Ltr, PhoneNumber } from '../../../src/platform/design/phone/isolated.tsx';
import { Keypad, PinDots, Steps } from '../../../src/platform/design/phone/keypad.tsx';
import { ListenMark, SavedMark, SentMark, Tag } from '../../../src/platform/design/phone/marks.tsx';
import { Empty, Notice, Strip, UndoBar } from '../../../src/platform/design/phone/notice.tsx';
import {
  AjrakBorder,
  EmergencyButton,
  Page,
  PageActionsProvider,
  Question,
} from '../../../src/platform/design/phone/page.tsx';
import { RankedLine, RankedList } from '../../../src/platform/design/phone/ranked-list.tsx';
import { RuledTable } from '../../../src/platform/design/phone/ruled-table.tsx';
import { LanguageSwitch, SunlightSwitch } from '../../../src/platform/design/phone/sheet.tsx';
import { BookTile, Tile, Tiles } from '../../../src/platform/design/phone/tile.tsx';
import { parseLanguage } from '../../../src/platform/languages/language.ts';
import { loadWords, Say, useWords, WordsProvider } from '../../../src/platform/languages/phone/words-context.tsx';

const wanted = new URLSearchParams(location.search);
const language = parseLanguage(wanted.get('language')) ?? 'sd';
if (wanted.get('light') === 'sun') document.documentElement.dataset.light = 'sun';
const words = await loadWords(language);
const say = (sd: string, ur: string, en: string): string => ({ sd, ur, en })[language];
const nothing = () => undefined;

const shabana = say('شبانه', 'شبانہ', 'Shabana');
const nasreen = say('نسرين', 'نسرین', 'Nasreen');

function SignIn(): VNode {
  const [typed, setTyped] = useState(3);
  return (
    <div class="page" lang={words.language} dir={words.direction}>
      <AjrakBorder />
      <main class="main">
        <div class="door">
          <Mark />
          <h1 class="n">
            <b>{say('اوطاق', 'اوطاق', 'Otaq')}</b>
          </h1>
          <ListenMark text={say('ڪير لکي ٿي؟', 'کون لکھ رہی ہے؟', 'Who is writing?')} />
        </div>
        <Tiles of="people">
          <Tile motif={0} name={shabana} picked onClick={nothing} />
          <Tile motif={1} name={nasreen} onClick={nothing} />
          <Tile motif={2} name={say('حليمه', 'حلیمہ', 'Halima')} onClick={nothing} />
          <Tile motif={3} name={say('روبينه', 'روبینہ', 'Rubina')} onClick={nothing} />
        </Tiles>
        <p>{say(`${shabana}، پنهنجو PIN لکو`, `${shabana}، اپنا PIN لکھیں`, `${shabana}, write your PIN`)}</p>
        <PinDots typed={typed} />
        <Keypad onDigit={() => setTyped(Math.min(6, typed + 1))} onErase={() => setTyped(Math.max(0, typed - 1))} />
      </main>
    </div>
  );
}

function Home(): VNode {
  return (
    <Page
      title={say('ايل ايس او ابتدا', 'ایل ایس او ابتدا', 'LSO Ibtida')}
      subtitle={
        <>
          {say('ڌوري', 'ڈوری', 'Dhori')} · {words.weekday('2026-11-22')}
        </>
      }
      help={say('هتان هر رجسٽر کلي ٿو.', 'یہاں سے ہر رجسٹر کھلتا ہے۔', 'Every register opens from here.')}
      strips={<Strip count={3} since={words.relativeDay('2026-11-21', '2026-11-22')} onSend={nothing} />}
    >
      <EmergencyButton
        title={say('ايمرجنسي', 'ایمرجنسی', 'Emergency')}
        note={say('ويم · حادثو · رت', 'زچگی · حادثہ · خون', 'birth · accident · blood')}
        onClick={nothing}
      />
      <Tiles of="books">
        <BookTile icon="blood" figure="107" onClick={nothing}>
          {say('رت ڏيندڙ', 'خون دینے والے', 'blood donors')}
        </BookTile>
        <BookTile icon="meeting" figure="14" onClick={nothing}>
          {say('گڏجاڻيون', 'اجلاس', 'meetings')}
        </BookTile>
        <BookTile icon="savings" figure="19" onClick={nothing}>
          {say('بچت', 'بچت', 'savings')}
        </BookTile>
        <BookTile icon="ambulance" figure="8" onClick={nothing}>
          {say('ايمبولينس', 'ایمبولینس', 'transport')}
        </BookTile>
        <BookTile icon="vaccination" figure="285 + 53" onClick={nothing}>
          {say('ٽڪا', 'ٹیکے', 'vaccines')}
        </BookTile>
        <BookTile icon="register" figure="26" onClick={nothing} all>
          {say('سڀ رجسٽر', 'سب رجسٹر', 'all registers')}
        </BookTile>
      </Tiles>
      <div class="head">
        <h2>{say('اڄ جا ڪم', 'آج کے کام', 'Today')}</h2>
        <Ltr>3</Ltr>
      </div>
      <ul class="rows">
        <li>
          <TouchRow
            icon="household"
            onClick={nothing}
            end={
              <Tag icon="late" tone="wait">
                {words.duration(2880)}
              </Tag>
            }
          >
            <b>{say('زيبا', 'زیبا', 'Zeba')}</b>
            {say('، گهر ۾', '، گھر پر', ', at home')}
          </TouchRow>
        </li>
        <li>
          <TouchRow icon="meeting" onClick={nothing} end={<Tag>{say('اڄ شام', 'آج شام', 'this evening')}</Tag>}>
            {say('وي او 4، گڏجاڻي', 'وی او 4، اجلاس', 'VO 4, meeting')}
          </TouchRow>
        </li>
      </ul>
    </Page>
  );
}

const start = Date.now() - 7.5 * 60_000;

function Emergency(): VNode {
  return (
    <Page
      tone="emergency"
      title={say('ايمرجنسي', 'ایمرجنسی', 'Emergency')}
      back={nothing}
      banner={
        <>
          <Clock since={start} />
          <p>{say('ويم · وي او 4', 'زچگی · وی او 4', 'birth · VO 4')}</p>
        </>
      }
      foot={
        <ActionRow>
          <Button icon="done" onClick={nothing}>
            {say('پورو ٿيو، نتيجو لکو', 'پورا ہوا، نتیجہ لکھیں', 'It is over: write the outcome')}
          </Button>
        </ActionRow>
      }
    >
      <Lane
        icon="ambulance"
        title={say('سواري', 'سواری', 'Transport')}
        call={<CallButton name="1122" onCall={nothing} />}
      >
        <p>{say('علي گوهر ٽرسٽ', 'علی گوہر ٹرسٹ', 'Ali Gohar Trust')}</p>
        <Tag icon="done" tone="yes">
          {say('اچي پيو، ', 'آ رہی ہے، ', 'on its way, ')}
          {words.duration(15)}
        </Tag>
      </Lane>
      <Lane
        icon="hospital"
        title={say('اسپتال', 'ہسپتال', 'Hospital')}
        call={<CallButton name={shabana} next onCall={nothing} />}
      >
        <p>{say('خانگي اسپتال، شهر', 'نجی ہسپتال، شہر', 'private hospital, town')}</p>
        <small class="wait">
          {say(
            'سرڪاري اسپتال: رات جو عملو نه هو',
            'سرکاری ہسپتال: رات کو عملہ نہ تھا',
            'government hospital: no staff that night',
          )}
        </small>
      </Lane>
      <Lane
        icon="blood"
        title={
          <>
            {say('رت', 'خون', 'Blood')} <BloodGroup group="B-" />
          </>
        }
        call={<CallButton name={nasreen} next relay onCall={nothing} />}
      >
        <p>
          <Drops needed={3} arrived={1} coming={1} />
        </p>
        <small>
          <Say id="design.drops" params={{ arrived: 1, coming: 1, missing: 1 }} />
        </small>
      </Lane>
    </Page>
  );
}

function CallList(): VNode {
  const same = say('ساڳيو گروپ، ساڳيو ڳوٺ', 'ایک ہی گروپ، ایک ہی گاؤں', 'same group, same village');
  const of = say('غلام جي ڌيءَ', 'غلام کی بیٹی', 'daughter of Ghulam');
  return (
    <Page
      title={
        <>
          {say('رت لاءِ فون', 'خون کے لیے فون', 'Call donors for')} <BloodGroup group="B-" />
        </>
      }
      back={nothing}
      strips={
        <>
          <div class="need">
            <Drops needed={3} arrived={1} coming={1} />
            <Clock since={start} />
          </div>
          <Notice>
            {say(
              'اسپتال جي ڪراس ميچ فيصلو ڪندي.',
              'ہسپتال کا کراس میچ فیصلہ کرے گا۔',
              'The hospital’s cross-match decides.',
            )}
          </Notice>
        </>
      }
    >
      <RankedList>
        <RankedLine
          place={1}
          name={nasreen}
          of={of}
          group="B-"
          why={same}
          end={
            <Tag icon="done" tone="yes">
              {say('پهتو', 'پہنچے', 'arrived')}
            </Tag>
          }
        />
        <RankedLine
          place={2}
          now
          name={<Say id="design.through" params={{ name: shabana }} />}
          group="B-"
          why={say(
            'هن جو نمبر وي او ليڊر وٽ رهي ٿو',
            'ان کا نمبر وی او لیڈر کے پاس رہتا ہے',
            'her number stays with her VO leader',
          )}
          end={<CallButton name={shabana} next relay onCall={nothing} />}
        >
          <PickGrid
            look="answer"
            label={say('جواب', 'جواب', 'Answer')}
            picked={null}
            onPick={nothing}
            choices={[
              { value: 'coming', icon: 'done', label: say('اچي ٿو', 'آ رہے ہیں', 'coming') },
              { value: 'later', icon: 'late', label: say('پوءِ', 'بعد میں', 'later') },
              { value: 'maybe', icon: 'help', label: say('شايد', 'شاید', 'maybe') },
              { value: 'no', icon: 'cross', label: say('نه', 'نہیں', 'no') },
              { value: 'no-answer', icon: 'no-answer', label: say('نه کنيو', 'نہیں اٹھایا', 'no answer') },
            ]}
          />
        </RankedLine>
        <RankedLine
          place={3}
          resting
          name={say('بشير', 'بشیر', 'Bashir')}
          of={of}
          group="O-"
          why={words.day('2026-12-14')}
        />
      </RankedList>
      <SavedMark />
    </Page>
  );
}

function Register(): VNode {
  const rows: readonly (readonly [string, string, string | null, ComponentChildren])[] = [
    [say('حفيظ', 'حفیظ', 'Hafeez'), '3', 'O+', <PhoneNumber key="p" number="03000000101" />],
    [
      say('آمنه', 'آمنہ', 'Amina'),
      '1',
      'A+',
      <span key="v" class="via">
        <Icon name="relay" />
        {shabana}
      </span>,
    ],
    [say('محبوب', 'محبوب', 'Mehboob'), '5', 'AB+', <PhoneNumber key="p" number="03000000103" />],
    [say('نور', 'نور', 'Noor'), '4', null, <PhoneNumber key="p" number="03000000104" />],
  ];
  return (
    <Page
      title={say('رت ڏيندڙ', 'خون دینے والے', 'Blood donors')}
      subtitle={say('رجسٽر، صفحو 9', 'رجسٹر، صفحہ 9', 'register, page 9')}
      back={nothing}
      foot={
        <ActionRow>
          <Button kind="go" icon="blood" onClick={nothing}>
            {say('رت ڏيندڙ لکو', 'خون دینے والا لکھیں', 'Enlist a donor')}
          </Button>
        </ActionRow>
      }
    >
      <div class="count">
        <Figure value={107} what={say('رت ڏيندڙ', 'خون دینے والے', 'donors')} onOpen={nothing} />
        <p>
          {say(
            'رت ڏيندڙ لکيل آهن. هنن ',
            'خون دینے والے درج ہیں۔ انہوں نے ',
            'donors enlisted. They have given blood to ',
          )}
          <b>
            <Ltr>102</Ltr>
          </b>
          {say(' ماڻهن کي رت ڏنو.', ' لوگوں کو خون دیا۔', ' people.')}
        </p>
      </div>
      <RuledTable
        caption={say('رت ڏيندڙن جو رجسٽر', 'خون دینے والوں کا رجسٹر', 'register of blood donors')}
        columns={[
          { head: say('نالو، ڳوٺ', 'نام، گاؤں', 'Name, place') },
          { head: say('گروپ', 'گروپ', 'Group'), width: 'narrow' },
          { head: say('رابطو', 'رابطہ', 'Contact'), width: 'phone' },
        ]}
        rows={rows.map(([name, vo, group, contact], at) => ({
          key: name,
          number: 101 + at,
          onOpen: nothing,
          cells: [
            <>
              {name}
              <small>{say(`وي او ${vo}`, `وی او ${vo}`, `VO ${vo}`)}</small>
            </>,
            group ? <BloodGroup group={group} /> : <span class="muted">{words.say('design.not-known')}</span>,
            contact,
          ],
        }))}
      />
      <SentMark on="2026-11-22" />
    </Page>
  );
}

function Enlist(): VNode {
  const [letters, setLetters] = useState<GroupLetters | null>('B');
  const [sign, setSign] = useState<GroupSign | null>('-');
  const ask = say('رت جو گروپ ڪهڙو آهي؟', 'خون کا گروپ کون سا ہے؟', 'Which blood group?');
  return (
    <Page
      title={say('نئون رت ڏيندڙ', 'نیا خون دینے والا', 'A new donor')}
      back={nothing}
      foot={
        <ActionRow>
          <Button kind="go" icon="next" iconAfter onClick={nothing}>
            {words.say('design.next')}
          </Button>
        </ActionRow>
      }
    >
      <Steps at={2} of={5} />
      <Question spoken={ask}>{ask}</Question>
      <BloodGroupPick letters={letters} sign={sign} onLetters={setLetters} onSign={setSign} />
      <TouchRow boxed icon="help" onClick={nothing}>
        {words.say('design.not-known')}
      </TouchRow>
      <p class="sofar">
        <b>{say('سجاد', 'سجاد', 'Sajjad')}</b>
        {letters && sign && <BloodGroup group={letters + sign} />}
      </p>
    </Page>
  );
}

function Parts(): VNode {
  const [name, setName] = useState('');
  const [phone, setPhone] = useState('0300');
  const [picked, setPicked] = useState('card');
  return (
    <Page title={say('پرزا', 'پرزے', 'Parts')} back={nothing} help="…">
      <Field
        label={say('نالو', 'نام', 'Name')}
        meaning={say('جيئن گهر ۾ سڏين', 'جیسے گھر میں بلاتے ہیں', 'as she is called at home')}
        example={say('آمنه', 'آمنہ', 'Amina')}
        value={name}
        onInput={setName}
      />
      <Field
        label={say('فون نمبر', 'فون نمبر', 'Phone number')}
        example="0300 000 0101"
        error={say('فون نمبر ۾ يارنهن انگ هجن.', 'فون نمبر میں گیارہ ہندسے ہوں۔', 'A phone number has eleven digits.')}
        value={phone}
        onInput={setPhone}
        numeric
        type="tel"
      />
      <PickGrid
        label={say('ڪيئن خبر؟', 'کیسے معلوم؟', 'How is it known?')}
        picked={picked}
        onPick={setPicked}
        choices={[
          { value: 'card', icon: 'register', label: say('ڪارڊ', 'کارڈ', 'card'), note: say('ڏٺل', 'دیکھا', 'seen') },
          { value: 'slip', icon: 'report', label: say('ليبارٽري جي پرچي', 'لیبارٹری کی پرچی', 'lab slip') },
          { value: 'unknown', icon: 'help', label: words.say('design.not-known') },
        ]}
      />
      <UndoBar onUndo={nothing}>{say('لکيو ويو', 'لکھ دیا', 'written')}</UndoBar>
      <Notice tone="good" icon="done">
        {say('سڀ موڪليو ويو', 'سب بھیج دیا', 'all is sent')}
      </Notice>
      <Notice tone="calm" icon="register">
        {say('مشق جو دفتر', 'مشق کا دفتر', 'practice office')}
      </Notice>
      <SunlightSwitch />
      <LanguageSwitch onChoose={nothing} />
      <div class="tiles">
        {[4, 5, 6, 7].map((motif) => (
          <Tile key={motif} motif={motif} name={String(motif)} onClick={nothing} />
        ))}
      </div>
      <p>
        {iconNames.map((icon) => (
          <span key={icon} class="sq">
            <Icon name={icon} />
          </span>
        ))}
      </p>
      <Empty icon="blood" title={say('اڃا ڪو به نه', 'ابھی کوئی نہیں', 'Nobody yet')} />
      <SavedMark />
      <SentMark />
    </Page>
  );
}

const pages: Readonly<Record<string, () => VNode>> = {
  'sign-in': SignIn,
  home: Home,
  emergency: Emergency,
  'call-list': CallList,
  register: Register,
  enlist: Enlist,
  parts: Parts,
};

function Shown(): VNode {
  useWords();
  const Chosen = pages[wanted.get('page') ?? 'home'] ?? Home;
  return <Chosen />;
}

const place = document.getElementById('gallery');
if (place)
  render(
    <WordsProvider value={words}>
      <PageActionsProvider value={{ hide: nothing, chooseLanguage: nothing }}>
        <Shown />
      </PageActionsProvider>
    </WordsProvider>,
    place,
  );
