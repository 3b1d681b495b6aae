import { expect, test } from 'vitest';
import { makeSealingKey } from '../../sync/server/open-lines.ts';
import { certifySeat, readCertificate } from './seat-certificate.ts';

const phone = {
  seat: 7,
  token: 'a token of this phone',
  office: 10,
  person: '1-4',
  names: { sd: null, ur: null, en: 'Zeba' },
  organization: '1-2',
  madeBy: null,
  byStaff: false,
  earlier: [],
};

test('a server reads back what it wrote down about a phone, and its token is not in it', async () => {
  const key = await makeSealingKey();
  const certificate = certifySeat(key, phone, 'first');
  expect(readCertificate(key, certificate)).toMatchObject({ seat: 7, office: 10, person: '1-4', epoch: 'first' });
  expect(Buffer.from(certificate.split('.')[0] ?? '', 'base64url').toString()).not.toContain(phone.token);
});

test('nobody writes herself another office, and a server believes no other server', async () => {
  const key = await makeSealingKey();
  const [text = '', mark = ''] = certifySeat(key, phone, 'first').split('.');
  const changed = Buffer.from(text, 'base64url').toString().replace('"office":10', '"office":11');
  expect(readCertificate(key, `${Buffer.from(changed).toString('base64url')}.${mark}`)).toBeNull();
  expect(readCertificate(key, text)).toBeNull();
  expect(readCertificate(key, 'no certificate')).toBeNull();
  expect(readCertificate(await makeSealingKey(), `${text}.${mark}`)).toBeNull();
});
