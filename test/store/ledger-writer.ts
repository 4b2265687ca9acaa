import { Ledger } from '../../source/store/ledger.ts';
import { CREATED } from '../session/make.ts';

/** Child process of the ledger's crash test: writes two events at a time and tells how many are safe, until it is killed. */
const { ledger } = Ledger.open(process.argv[2] ?? '', 1);
ledger.append([{ session: 's1', at: 1, ...CREATED }]);

let count = 0;
const write = () => {
  ledger.append([1, 2].map(n => ({ session: 's1', at: count, type: 'renamed', title: `title ${count + n}` }) as const));
  count += 2;
  process.send?.(count);
  setImmediate(write);
};
write();
