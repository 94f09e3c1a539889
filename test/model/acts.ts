import { itemTarget, live } from '../../server/domain/transaction/derived.ts';
import type { Scene } from './scene.ts';

const SECOND = 1000;

/** Pays, in whatever way and as often as people do. */
export async function travellerPays(scene: Scene): Promise<void> {
  const { world, last, traveller } = scene;
  const payment = live(last);
  if (!payment || world.chance(0.15)) {
    const quote = world.chance(0.95) ? last.quote : last.quote - 1;
    await scene.try('pay', () => traveller.pay(quote));
    return;
  }
  const open = [...scene.fields.keys()];
  if (!open.length) return;
  const about = world.chance(0.85) ? open.at(-1)! : world.pick(open);
  const what = world.pick(['ok', 'ok', 'ok', 'ok', 'ok', 'slow', 'decline', 'pending'] as const);
  if (about === payment.id && payment.state === 'open' && !scene.fields.get(about))
    await scene.try('show', async () => scene.fields.set(about, (await traveller.show()).payment?.field));
  if (!(await scene.gateway.act(about, what, scene.fields.get(about)))) return;
  scene.say('act', about, what);
  if (!world.chance(0.75)) return;
  const arrive = async () => void (await traveller.returned(about));
  world.later(world.below(20) * SECOND, () => scene.mail.push({ from: 'browser', about, arrive }));
}

/** Back to the seats and on to the payment: some of the seats, others, for some of the travellers. */
export async function chooseAgain(scene: Scene): Promise<void> {
  const picks = await scene.gds.wish();
  await scene.try('start', async () => scene.traveller.start(await scene.traveller.choosePicks(picks)));
}

/** What partner, bank and traveller do with a purchase that stands. */
export async function afterSales(scene: Scene): Promise<void> {
  const { world, last, gateway } = scene;
  const draw = world.random();
  const payment = last.payments.at(-1)!.id;
  if (draw < 0.3) await scene.send({ type: 'refund', at: world.now, scope: 'item', item: world.pick(last.items).id });
  else if (draw < 0.45) await scene.send({ type: 'refund', at: world.now, scope: 'whole' });
  else if (draw < 0.65)
    await scene.send({ type: 'refund', at: world.now, scope: 'amount', amountMinor: 1 + world.below(1200) });
  else if (draw < 0.9) await gateway.byHand(payment, 'refund');
  else if (draw < 0.93) {
    if (await gateway.dispute(payment)) return scene.say('disputed', payment);
    const dispute = { ref: `dp_${payment}`, amountMinor: 100 };
    await scene.send({ type: 'payment', at: world.now, payment, word: 'disputed', facts: { dispute } });
  } else await chooseAgain(scene);
}

/** Others, who know nothing of the purchase. */
export async function interfere(scene: Scene): Promise<void> {
  const { world, last, gateway, gds, traveller } = scene;
  const draw = world.random();
  const item = world.pick(last.items);
  const payments = last.payments.map(({ id }) => id);
  scene.say('interfere', draw.toFixed(2));
  if (draw < 0.18) await gds.take(item);
  else if (draw < 0.26) await gds.raise(item);
  else if (draw < 0.32) await gds.refuseDocument(item);
  else if (draw < 0.38) await gds.move(item);
  else if (draw < 0.42) await gds.cancel();
  else if (draw < 0.52)
    await scene.send({ type: 'refund', at: world.now, scope: 'item', item: world.pick(last.items).id });
  else if (draw < 0.6) await scene.send({ type: 'refund', at: world.now, scope: 'whole' });
  else if (draw < 0.78) {
    if (payments.length) await gateway.byHand(world.pick(payments), world.chance(0.8) ? 'refund' : 'void');
  } else if (draw < 0.83) await scene.try('leave', () => traveller.leave());
  else if (draw < 0.9) await chooseAgain(scene);
  else if (draw < 0.92 && payments.length)
    await scene.send({ type: 'payment', at: world.now, payment: world.pick(payments), word: 'mismatch' });
}

/** A person looks at the attention list: first by hand at the vendor, then the truth is written down. */
export async function operate(scene: Scene): Promise<void> {
  const { world, last, gateway, gds } = scene;
  const { target } = last.attention.find(({ state }) => state === 'open')!;
  const common = { type: 'operator', at: world.now, target, by: 'operator', note: '' } as const;
  const action = world.pick(['retry', 'reverse', 'solved'] as const);
  scene.say('operator', action, target);
  if (action !== 'solved') return scene.send({ ...common, action });
  const real = async (payment: string) => {
    await gateway.look();
    return gateway.payments().find(({ id }) => id === payment);
  };
  if ((await real(target))?.heldMinor) await gateway.byHand(target, 'void');
  const object = await real(target);
  const item = last.items.find((one) => itemTarget(one) === target);
  const refund = last.refunds.find(({ id }) => id === target);
  await scene.send({
    ...common,
    action,
    tookMinor: object?.capturedMinor ?? 0,
    ...(item && { held: await gds.solve(item) }),
    ...(refund && { made: (await real(refund.payment))!.refunds.some(({ ours }) => ours === refund.id) }),
  });
}
