/*
 * Names of the demo office. Every person is a sample: given names as they occur in Sindh, put together by a seeded generator.
 */
import type { Names } from '../../kernel/names.ts';

const women =
  'شبانه Shabana, نسرين Nasreen, حليمه Halima, روبينه Rubina, زيبا Zeba, سڪينه Sakina, آمنه Amina, زينب Zainab, فاطمه Fatima, خديجه Khadija, مريم Maryam, عائشه Aisha, صغران Sughra, ڪلثوم Kulsoom, بختاور Bakhtawar, مارئي Marvi, سسئي Sassui, نوري Noori, مومل Momal, پروين Parveen, شاهده Shahida, رضيه Razia, جميله Jamila, نازيه Nazia, سميرا Samira, ثريا Surraya, نجمه Najma, حسنه Husna, ممتاز Mumtaz, گل Gul, رابعه Rabia, صفيه Safia, ماهين Maheen, بينظير Benazir, شهناز Shahnaz, فرزانه Farzana, غلام فاطمه Ghulam Fatima, حميده Hamida, زرينه Zarina, بشيران Bashiran';
const men =
  'عمران Imran, آصف Asif, بشير Bashir, سجاد Sajjad, حفيظ Hafeez, محبوب Mehboob, غلام حسين Ghulam Hussain, علي گوهر Ali Gohar, محمد علي Muhammad Ali, عبدالله Abdullah, نور محمد Noor Muhammad, الله ڏنو Allah Dino, قربان Qurban, منظور Manzoor, گلزار Gulzar, اعجاز Ejaz, نثار Nisar, مختيار Mukhtiar, رمضان Ramzan, شبير Shabbir, غلام نبي Ghulam Nabi, عبدالغفور Abdul Ghafoor, حاجي خان Haji Khan, دادن Dadan, پيرل Piral, سومار Soomar, جمعو Jumo, خميسو Khamiso, لعل بخش Lal Bux, محرم Muharram, ساجن Sajan, وريام Waryam, اڪبر Akbar, انور Anwar, امداد Imdad, وزير Wazir, يوسف Yousif, صابر Sabir, سليم Saleem, حيدر Haider';
const castes =
  'چانڊيو Chandio, مگسي Magsi, جوڻيجو Junejo, سومرو Soomro, ابڙو Abro, بروهي Brohi, کوسو Khoso, جتوئي Jatoi, ڪلهوڙو Kalhoro, سيال Siyal, گوپانگ Gopang, شيخ Shaikh, ميمڻ Memon, لاشاري Lashari, ٽنيو Tunio';
const villages =
  'ڌوري Dhori, ڳوٺ سومر خان Goth Soomar Khan, ڳوٺ ڄام خان Goth Jam Khan, ڪنڊڙي Kandri, ڳوٺ رضا محمد Goth Raza Muhammad, ٻٻر Babar, ڳوٺ علي مراد Goth Ali Murad, پير جو ڳوٺ Pir jo Goth, ڳوٺ بھادر Goth Bahadur, ٽالهي Talhi, ڳوٺ غلام شاهه Goth Ghulam Shah, کڏ Khud, ڳوٺ ميهر Goth Mehar, اڳڙا Agra, ڳوٺ دين محمد Goth Din Muhammad';

function read(list: string): readonly Names[] {
  return list.split(', ').map((pair) => {
    const at = pair.search(/ [A-Za-z]/);
    return { sd: pair.slice(0, at), ur: null, en: pair.slice(at + 1) };
  });
}

export const sampleNames = { women: read(women), men: read(men), castes: read(castes), villages: read(villages) };

export function joined(first: Names, second: Names): Names {
  return { sd: `${first.sd} ${second.sd}`, ur: null, en: `${first.en} ${second.en}` };
}

/** Mulberry32 by Tommy Ettinger, public domain: the same seed gives the same office. */
export function seededChance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
