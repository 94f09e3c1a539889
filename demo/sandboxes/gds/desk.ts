import { Hono } from 'hono';
import type { Context } from 'hono';
import { z } from 'zod';
import type { Airline } from '../airline/airline.ts';
import type { Booking } from '../airline/bookings.ts';
import type { SandboxEnv } from '../serve-call.ts';

const wishes = {
  take: z.strictObject({ pnr: z.string(), segment: z.string().optional(), designator: z.string() }),
  move: z.strictObject({ pnr: z.string(), traveller: z.string(), segment: z.string(), designator: z.string() }),
  cancel: z.strictObject({ pnr: z.string() }),
};

/**
 * What other people do to a booking while its traveller is choosing and paying. No part of any vendor's contract. 204 when it is
 * done, 409 when it can't be.
 *
 * - `POST /take { pnr, designator, segment? }`: a stranger takes that seat on the booking's flight, the first one that has it.
 * - `POST /move { pnr, traveller, segment, designator }`: the airline's desk puts a traveller on another seat.
 * - `POST /cancel { pnr }`: the airline cancels the booking's flights.
 */
export function createDesk(airline: () => Airline): Hono<SandboxEnv> {
  const app = new Hono<SandboxEnv>();
  app.post('/take', (context) =>
    answer(context, airline(), wishes.take, (booking, { segment, designator }) =>
      booking.segments
        .filter(({ id }) => segment === undefined || id === segment)
        .some(({ flight }) => airline().take(flight, designator)),
    ),
  );
  app.post('/move', (context) =>
    answer(context, airline(), wishes.move, (booking, { traveller, segment, designator }) => {
      return airline().assign(booking, [{ traveller, segment, designator }]) === undefined;
    }),
  );
  app.post('/cancel', (context) =>
    answer(context, airline(), wishes.cancel, (booking) => {
      airline().cancel(booking);
      return true;
    }),
  );
  return app;
}

async function answer<T extends { pnr: string }>(
  context: Context<SandboxEnv>,
  airline: Airline,
  shape: z.ZodType<T>,
  run: (booking: Booking, wish: T) => boolean,
): Promise<Response> {
  const wish = shape.safeParse(await context.req.json().catch(() => undefined));
  if (!wish.success) return context.json({ error: z.prettifyError(wish.error) }, 400);
  const booking = airline.booking(wish.data.pnr);
  if (!booking) return context.json({ error: 'no such booking' }, 404);
  if (!run(booking, wish.data)) return context.json({ error: 'that can’t be done as things stand' }, 409);
  return context.body(null, 204);
}
