import { html } from 'hono/html';
import type { Html } from './page.ts';
import type { Trip, TripFlight } from './trip.ts';

/** The airline's page after a booking. It knows nothing of DepartCart but the anchor; the rest is the tag's doing. */
export function confirmationPage(pnr: string, trip: Trip | undefined): Html {
  const traveller = trip?.travellers.find(({ isInfant }) => !isInfant);
  const infant = trip?.travellers.find(({ isInfant }) => isInfant);
  const goal = trip?.flights.at(-1)?.to.city;
  return airlinePage(
    traveller && `${traveller.givenName[0] ?? ''}${traveller.surname[0] ?? ''}`,
    html`<section class="hero">
        <div>
          <p class="eyebrow">Booking reference ${pnr}</p>
          <h1>
            ${goal && traveller ? `You’re going to ${goal}, ${traveller.givenName}.` : 'Your booking is confirmed.'}
          </h1>
          <p>Your tickets are on their way to your inbox. Two small things remain: your seats, and packing.</p>
        </div>
      </section>
      ${trip ? html`<section class="trip" aria-label="Your flights">${trip.flights.map(flightCard)}</section>` : ''}
      <section class="seats ${trip ? '' : 'alone'}" aria-label="Seats"><div id="departcart-seats"></div></section>
      <section class="more">
        <article>
          <h2>Bags</h2>
          <p>23 kg each is included. Add more until 24 hours before you fly.</p>
        </article>
        ${
          infant
            ? html`<article>
                <h2>Travelling with ${infant.givenName}</h2>
                <p>A pushchair and a car seat fly free. Tell us about a bassinet.</p>
              </article>`
            : ''
        }
        <article>
          <h2>Entry rules</h2>
          <p>Passports must be valid for six months after arrival${goal ? ` in ${goal}` : ''}.</p>
        </article>
      </section>`,
  );
}

/** Terms or privacy: the brand's file names these two pages. */
export const airlineText = (heading: string, text: string): Html =>
  airlinePage(
    undefined,
    html`<section class="hero">
        <div><h1>${heading}</h1></div>
      </section>
      <section class="text"><p>${text}</p></section>`,
  );

const airlinePage = (initials: string | undefined, main: Html): Html =>
  html`<body class="airline">
    <header class="top">
      <div>
        <a class="logo" href="/"
          ><svg viewBox="0 0 34 24" width="34" height="24" aria-hidden="true">
            <path
              fill="currentColor"
              d="M1 16.5C9 15 19 10.5 33 2 27.5 11.5 20 18 10.5 22.5L12 17c-4 .8-7.6.7-11-.5z"
            /></svg
          ><b>SkylineAir</b></a
        >
        <nav aria-label="Site"><a href="/confirmation" aria-current="page">My trips</a></nav>
        ${initials ? html`<span class="me" aria-hidden="true">${initials}</span>` : ''}
      </div>
    </header>
    <main>${main}</main>
    <footer>© SkylineAir. A demo airline; nobody flies here.</footer>
  </body>`;

const flightCard = ({ day, from, to, daysLater, duration, number, aircraft, operatedBy }: TripFlight): Html =>
  html`<article>
    <p class="day">${day}</p>
    <div class="leg">
      <div><b>${from.time}</b><span>${from.city} ${from.airport}</span></div>
      <i><span>${duration}</span></i>
      <div>
        <b>${to.time}${daysLater > 0 ? html`<sup>+${daysLater}</sup>` : ''}</b><span>${to.city} ${to.airport}</span>
      </div>
    </div>
    <p class="flight">${number} · ${aircraft}${operatedBy ? ` · flown by ${operatedBy}` : ''}</p>
  </article>`;
