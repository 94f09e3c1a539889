import { expect } from 'chai';
import { documentsText } from '../../../widget/payment/documents.ts';

describe('the numbers of documents', () => {
  it('are grouped as they are printed, in ranges where they follow each other', () => {
    expect(documentsText(['9998200415622'])).to.equal('999 8200 415 622');
    const four = [625, 622, 624, 623].map((end) => `9998200415${end}`);
    expect(documentsText(four)).to.equal('999 8200 415 622–625');
    expect(documentsText(['9998200415622', '9998200415624'])).to.equal('999 8200 415 622, 999 8200 415 624');
  });

  it('make no range over a thousand, nor of what is no number', () => {
    expect(documentsText(['9998200415999', '9998200416000'])).to.equal('999 8200 415 999, 999 8200 416 000');
    expect(documentsText(['EMD-A', 'EMD-B'])).to.equal('EMD-A, EMD-B');
  });
});
