import type { Names } from '../../kernel/names.ts';
import { fold } from '../../kernel/words.ts';

/*
 * The 15 districts in which SRSO works, and their talukas. Codes: codeforpakistan/admin_codes, commit 8d2f903 of 2024-01-30,
 * CC0, "based on updates from OCHA/WFP". A taluka's code is its district's and two digits, in the order listed.
 */
export const placeCodeList = 'OCHA COD-AB Pakistan, 2024-01-30';

export type DistrictEntry = {
  readonly code: string;
  readonly names: Names;
  readonly aliases: readonly string[];
  readonly talukas: readonly string[];
};

function district(code: string, en: string, sd: string, talukas: string, ...aliases: string[]): DistrictEntry {
  return { code, names: { en, sd, ur: null }, aliases, talukas: talukas.split(', ') };
}

export const sindhDistricts: readonly DistrictEntry[] = [
  district('PK701', 'Badin', 'بدين', 'Badin, Matli, Shaheed Fazil Rahu, Talhar, Tando Bago'),
  district('PK705', 'Ghotki', 'گھوٽڪي', 'Daharki, Ghotki, Khangarh, Mirpur Mathelo, Ubauro'),
  district('PK707', 'Jacobabad', 'جيڪب آباد', 'Garhi Khairo, Jacobabad, Thul'),
  district(
    'PK709',
    'Qambar-Shahdadkot',
    'قمبر-شهدادڪوٽ',
    'Meero Khan, Nasir Abad, Qambar Ali Khan, Qubo Saeed Khan, Shahdad Kot, Sijawal Junejo, Warah',
    'Kambar Shahdad Kot',
    'Qamber-Shahdadkot',
    'Kambar',
    'Qambar',
  ),
  district('PK710', 'Kashmore-Kandhkot', 'ڪشمور-ڪنڌڪوٽ', 'Kandh Kot, Kashmore, Tangwani', 'Kashmore'),
  district(
    'PK711',
    'Khairpur',
    'خيرپور',
    'Faiz Ganj, Gambat, Khairpur, Kingri, Kot Diji, Nara, Sobho Dero, Thari Meer Wah',
  ),
  district('PK713', 'Larkana', 'لاڙڪاڻو', 'Baqrani, Dokri, Larkana, Rato Dero'),
  district(
    'PK716',
    'Mirpurkhas',
    'ميرپور خاص',
    'Digri, Hussain Bux Muree, Jhudo, Kot Ghulam Muhammad, Mirpur Khas, Shuja Abad, Sindhri',
    'Mirpur Khas',
  ),
  district(
    'PK717',
    'Naushehroferoz',
    'نوشهرو فيروز',
    'Bhiria, Kandiaro, Mehrab Pur, Moro, Naushahro Feroze',
    'Naushahro Feroze',
  ),
  district('PK718', 'Sanghar', 'سانگهڙ', 'Jam Nawaz Ali, Khipro, Sanghar, Shahdadpur, Sinjhoro, Tando Adam'),
  district(
    'PK719',
    'Shaheed Benazirabad',
    'شهيد بينظير آباد',
    'Daulat Pur, Daur, Nawabshah, Sakrand',
    'Sh. Banazirabad',
    'Shaheed Benazir Abad',
  ),
  district('PK720', 'Shikarpur', 'شڪارپور', 'Garhi Yasin, Khanpur, Lakhi, Shikarpur'),
  district('PK723', 'Sukkur', 'سکر', 'New Sukkur, Pano Aqil, Rohri, Salehpat, Sukkur'),
  district('PK727', 'Thatta', 'ٺٽو', 'Ghorabari, Keti Bunder, Mirpur Sakro, Thatta'),
  district('PK728', 'Umerkot', 'عمرڪوٽ', 'Kunri, Pithoro, Samaro, Umer Kot', 'Umer Kot'),
];

/** The district that ships under a name, in any of its spellings; null for one that does not. */
export function districtNamed(names: Names): DistrictEntry | null {
  const wanted = new Set([names.en, names.sd, names.ur].flatMap((name) => (name === null ? [] : [fold(name)])));
  return (
    sindhDistricts.find(({ names, aliases }) =>
      [names.en, names.sd, names.ur, ...aliases].some((spelling) => spelling !== null && wanted.has(fold(spelling))),
    ) ?? null
  );
}
